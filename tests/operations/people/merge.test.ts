import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { mergePeople, previewMerge, UNDO_WINDOW } from "#app/domain/people/merge-people.server.ts";
import { loadMergePage } from "#app/domain/people/merge-page.server.ts";
import { undoMerge } from "#app/domain/people/undo-merge.server.ts";
import { getPaymentPage, listPayments } from "#app/domain/payments/payment-page.server.ts";
import { startPayment } from "#app/domain/payments/start-payment.server.ts";
import { cancelPurchase } from "#app/domain/purchases/cancel-purchase.server.ts";
import { getPurchasePage } from "#app/domain/purchases/purchase-page.server.ts";
import { renewPurchase } from "#app/domain/purchases/renew-purchase.server.ts";
import { verifyLedger } from "#app/domain/payments/verify-ledger.server.ts";
import { postPayment, selectBalances, selectStudentEntries } from "#db/ledger.ts";
import { personColumns } from "#db/person-columns.ts";
import { beforeCommit, failing, LOST } from "#tests/before-commit.ts";
import { actorOf, join, makeFamily, makeGuardianship, makeSchool, makeUser, testContext, unique, VIEW_ONLY } from "#tests/world.ts";
import { dump, everythingAbout } from "./everything-about.ts";

const { DB } = env as unknown as { DB: D1Database };
const run = (sql: string, ...bound: unknown[]) => DB.prepare(sql).bind(...bound).run();
const count = async (sql: string, ...bound: unknown[]) => (await DB.prepare(`SELECT count(*) AS n FROM ${sql}`).bind(...bound).first<number>("n"))!;

async function twins(kind: "adult" | "child") {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const ids = [await makeUser(ctx, kind), await makeUser(ctx, kind)] as const;
  for (const id of ids) {
    await join(ctx, id, school.schoolId, kind === "child" ? "student" : "parent");
    await run("UPDATE users SET home_school_id = ?2 WHERE id = ?1", id, school.schoolId);
  }
  const pair = { schoolId: school.schoolId, keptId: ids[0], goneId: ids[1] };
  return { ctx, ...school, pair, admin: await actorOf(ctx, school.adminId, { steppedUp: true }) };
}
/** Merging is recorded; sessions end for good, and so do those of the test's own people; who was to be told is told; what was to be carried over in rooms is, by jobs that do nothing once it is undone. */
async function dumped(): Promise<Record<string, string[]>> {
  const { audit_events: _events, audit_seals: _seals, merges: _merges, sessions: _sessions, stirred: _stirred, jobs = [], ...rest } = await dump();
  return { ...rest, jobs: jobs.filter((row) => !row.includes('"carry-read-pointers"')) };
}

test.each(["adult", "child"] as const)("SCH-8: merging (%s) moves every row of every table that moves, and undoing it puts every row of every table back", async (kind) => {
  const { ctx, pair, admin, adminId, schoolId } = await twins(kind);
  const others: [string, string] = [adminId, await makeUser(ctx, "adult")];
  for (const id of [pair.goneId, pair.keptId]) await everythingAbout({ id, name: unique("Person"), email: null }, { schoolId, others });
  await run("UPDATE purchase_requests SET status = 'pending' WHERE student_id = ?", pair.goneId);
  await run("UPDATE users SET phone = '+254700000001', birth_date = '2015-01-01' WHERE id = ?", pair.goneId);
  const before = await dumped();
  const { id: mergeId } = await mergePeople(ctx, admin, pair);

  const merged = await dump();
  for (const [table, { people = {}, keys = [] }] of Object.entries(personColumns)) {
    for (const [column, { merge, only }] of Object.entries(people)) {
      if (merge !== "move" || only || keys.some((key) => key.columns.includes(column))) continue;
      expect(merged[table]!.filter((row) => (JSON.parse(row) as Record<string, unknown>)[column] === pair.goneId), `${table}.${column}`).toEqual([]);
    }
  }
  expect(merged.purchase_requests!.filter((row) => row.includes(`"student_id":"${pair.goneId}"`))).toEqual([]);
  expect(await DB.prepare("SELECT status, phone, birth_date FROM users WHERE id IN (?, ?) ORDER BY status").bind(pair.keptId, pair.goneId).all().then(({ results }) => results)).toMatchObject([{ status: "active", phone: "+254700000001", birth_date: "2015-01-01" }, { status: "deactivated" }]);
  expect(await count("sessions WHERE user_id = ?", pair.goneId)).toBe(0);
  expect(merged.ledger_entries).toEqual(before.ledger_entries);

  await undoMerge(ctx, admin, mergeId);
  expect(await dumped()).toEqual(before);
  await expect(undoMerge(ctx, admin, mergeId)).rejects.toMatchObject({ reason: "merge_undone_or_merged" });
});

test("SCH-8: two guardians of one child become one with the rights of both, primary if either was; and back again", async () => {
  const { ctx, pair, admin, schoolId } = await twins("adult");
  const [shared, alone, led] = [await makeUser(ctx, "child"), await makeUser(ctx, "child"), await makeUser(ctx, "child")];
  for (const child of [shared, alone, led]) await join(ctx, child, schoolId, "student");
  const other = await makeUser(ctx, "adult");
  await makeGuardianship(ctx, pair.keptId, shared, { ...VIEW_ONLY, canViewProgress: false, canTalkWithTeachers: true });
  await makeGuardianship(ctx, pair.goneId, shared, { ...VIEW_ONLY, isPrimary: true });
  await makeGuardianship(ctx, pair.goneId, alone, { isPrimary: true });
  await makeGuardianship(ctx, other, led, { isPrimary: true });
  await makeGuardianship(ctx, pair.goneId, led);
  const before = await dumped();
  const { id: mergeId } = await mergePeople(ctx, admin, pair);
  const kept = await actorOf(ctx, pair.keptId);
  expect(kept.wards.find((ward) => ward.childId === shared)).toMatchObject({ isPrimary: true, canViewProgress: true, canTalkWithTeachers: true, canApprovePurchases: false });
  expect(kept.wards.find((ward) => ward.childId === alone)).toMatchObject({ isPrimary: true, canApprovePurchases: true });
  expect(kept.wards.find((ward) => ward.childId === led)).toMatchObject({ isPrimary: false });
  expect(await count("guardianships WHERE guardian_id = ? AND active = 1", pair.goneId)).toBe(0);
  await undoMerge(ctx, admin, mergeId);
  expect(await dumped()).toEqual(before);
});

test("SCH-8: of two children with the same guardians each is guarded once; a cell that either family closed is closed", async () => {
  const { ctx, pair, admin } = await twins("child");
  const [one, other] = [await makeUser(ctx, "adult"), await makeUser(ctx, "adult")];
  await makeGuardianship(ctx, one, pair.keptId, { isPrimary: true });
  await makeGuardianship(ctx, one, pair.goneId);
  await makeGuardianship(ctx, other, pair.goneId, { isPrimary: true });
  const consent = (child: string, type: string, granted: number) => run("INSERT INTO consents (child_id, data_type, recipient, granted, set_at) VALUES (?, ?, 'teachers', ?, 1)", child, type, granted);
  await consent(pair.keptId, "media", 1);
  await consent(pair.goneId, "media", 0);
  await consent(pair.goneId, "mood", 1);
  const before = await dumped();
  const { id: mergeId } = await mergePeople(ctx, admin, pair);
  expect((await DB.prepare("SELECT guardian_id AS id, is_primary AS leads FROM guardianships WHERE child_id = ? AND active = 1 ORDER BY is_primary DESC").bind(pair.keptId).all()).results).toEqual([{ id: one, leads: 1 }, { id: other, leads: 0 }]);
  expect((await DB.prepare("SELECT data_type AS type, granted FROM consents WHERE child_id = ? ORDER BY 1").bind(pair.keptId).all()).results).toEqual([{ type: "media", granted: 0 }, { type: "mood", granted: 1 }]);
  await undoMerge(ctx, admin, mergeId);
  expect(await dumped()).toEqual(before);
});

test("SCH-8: the preview says what would move and what both have, and writes nothing", async () => {
  const { ctx, pair, admin } = await twins("child");
  const family = await makeFamily(ctx);
  for (const id of [pair.keptId, pair.goneId]) await run("INSERT INTO family_members (family_id, user_id, role, joined_at) VALUES (?, ?, 'student', 1)", family.familyId, id);
  await makeGuardianship(ctx, family.guardianId, pair.goneId);
  const before = await dump();
  expect(await previewMerge(ctx, admin, pair)).toMatchObject({ obstacle: null, moving: [{ table: "guardianships", count: 1 }], colliding: [{ table: "family_members", count: 1 }, { table: "memberships", count: 1 }] });
  expect(await dump()).toEqual(before);
  await mergePeople(ctx, admin, pair);
  expect(await count("family_members WHERE family_id = ? AND user_id IN (?, ?)", family.familyId, pair.keptId, pair.goneId)).toBe(1);
});

test("SCH-8: never an adult with a child, a guardian with a ward, oneself, an owner, an account of others, or in the middle of a payment", async () => {
  const { ctx, pair, admin, schoolId, adminId } = await twins("adult");
  const refused = async (more: object, reason: string) => expect(mergePeople(ctx, admin, { ...pair, ...more }), reason).rejects.toMatchObject({ code: "conflict", reason });
  const child = await makeUser(ctx, "child");
  await join(ctx, child, schoolId, "student");
  await refused({ goneId: child }, "merge_kinds");
  await refused({ goneId: pair.keptId }, "merge_itself");
  await refused({ goneId: adminId }, "merge_yourself");
  const outsider = await makeUser(ctx, "adult");
  await join(ctx, outsider, schoolId, "parent");
  await refused({ goneId: outsider }, "merge_strange");
  await makeGuardianship(ctx, pair.keptId, pair.goneId);
  await refused({}, "merge_related");
  await run("DELETE FROM guardianships WHERE guardian_id = ?", pair.keptId);
  const owner = await makeUser(ctx, "adult");
  await join(ctx, owner, schoolId, "school_owner");
  await refused({ keptId: owner }, "merge_owner");
  const there = await twins("adult");
  for (const strange of [there.pair.goneId, "user_nobody", await makeUser(ctx, "adult")]) await expect(mergePeople(ctx, admin, { ...pair, goneId: strange })).rejects.toThrow("not_found");
  await expect(mergePeople(ctx, admin, there.pair)).rejects.toThrow("not_found");
  await expect(mergePeople(ctx, await actorOf(ctx, adminId), pair)).rejects.toThrow("step_up_required");
});

test("SCH-8: undoing ends with its window, and not before a later merge is undone; another school's merge is not found", async () => {
  const { ctx, pair, admin, schoolId } = await twins("child");
  const third = await makeUser(ctx, "child");
  await join(ctx, third, schoolId, "student");
  const { id: first } = await mergePeople(ctx, admin, pair);
  const { id: second } = await mergePeople(ctx, admin, { schoolId, keptId: third, goneId: pair.keptId });
  await expect(undoMerge(ctx, admin, first)).rejects.toMatchObject({ reason: "merge_undone_or_merged" });
  await undoMerge(ctx, admin, second);
  await expect(undoMerge(ctx, (await twins("adult")).admin, first)).rejects.toThrow("not_found");
  const later = { ...admin, session: { ...admin.session, steppedUpUntil: Number.MAX_SAFE_INTEGER } };
  ctx.setNow(ctx.clock.now() + UNDO_WINDOW);
  await expect(undoMerge(ctx, later, first)).rejects.toMatchObject({ reason: "merge_undo_late" });
  ctx.setNow(ctx.clock.now() - 1);
  await undoMerge(ctx, later, first);
  expect(await actorOf(ctx, pair.goneId)).toMatchObject({ userId: pair.goneId });
});

test("SCH-8: merging twice at the same instant merges once", async () => {
  const { ctx, pair, admin } = await twins("child");
  const answers = await Promise.allSettled([1, 2, 3].map(() => mergePeople(ctx, admin, pair)));
  expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
  expect(await count("merges WHERE gone_id = ?", pair.goneId)).toBe(1);
});

test("SCH-8, PAY-11: money stays where it was booked and is read together: no entry is written, the trial balance stays zero", async () => {
  const { ctx, pair, admin, schoolId } = await twins("child");
  const family = await makeFamily(ctx);
  const paid = async (studentId: string, amount: number) => {
    const id = unique("paid");
    await run("INSERT INTO purchase_requests (id, student_id, family_id, school_id, plan_id, requested_by, plan_name, amount, currency, band, status, created_at, expires_at, remind_at) VALUES (?1, ?2, ?3, ?4, ?5, ?2, 'Plan', ?6, 'KES', 'single', 'approved', 1, 2, 2)", id, studentId, family.familyId, schoolId, family.planId, amount);
    await run("INSERT INTO payments (id, request_id, student_id, family_id, school_id, provider, amount, currency, status, created_at, updated_at) VALUES (?1, ?1, ?2, ?3, ?4, 'stripe', ?5, 'KES', 'succeeded', 1, 1)", id, studentId, family.familyId, schoolId, amount);
    await ctx.db.batch(postPayment(ctx.db, () => ctx.ids.make("entry"), { paymentId: id, schoolId, studentId, amount, currency: "KES", minutes: amount, at: 1 }) as never);
  };
  await paid(pair.keptId, 300);
  await paid(pair.goneId, 500);
  const balances = async (id: string) => Object.fromEntries((await selectBalances(ctx.db, id)).map(({ unit, balance }) => [unit, balance]));
  const [{ ledger_entries: entries, ledger_balances: cached }, books] = [await dump(), await verifyLedger(ctx, admin)];
  const { id: mergeId } = await mergePeople(ctx, admin, pair);
  expect(await balances(pair.keptId)).toEqual({ KES: 0, minutes: 800 });
  expect(await selectStudentEntries(ctx.db, pair.keptId, { limit: 20 })).toHaveLength(6);
  expect(await dump()).toMatchObject({ ledger_entries: entries, ledger_balances: cached });
  expect(await verifyLedger(ctx, admin)).toEqual(books);
  expect(books.trial.every(({ debits, credits }) => debits === credits)).toBe(true);
  await undoMerge(ctx, admin, mergeId);
  expect(await balances(pair.keptId)).toEqual({ KES: 0, minutes: 300 });
});

test("SCH-8, PUR-8, PAY-9: what the former account bought and paid is read by the kept child's guardians, by nobody else, acted on by nobody, and not after undoing", async () => {
  const { ctx, pair, admin, schoolId } = await twins("child");
  const family = await makeFamily(ctx);
  const [mother, before] = [await makeUser(ctx, "adult", "Mother"), await makeUser(ctx, "adult", "Before")];
  const sibling = await makeUser(ctx, "child");
  for (const id of [pair.keptId, pair.goneId, sibling]) await run("INSERT INTO family_members (family_id, user_id, role, joined_at) VALUES (?, ?, 'student', 1)", family.familyId, id);
  await makeGuardianship(ctx, mother, pair.keptId, { isPrimary: true });
  await makeGuardianship(ctx, before, sibling, { isPrimary: true });
  await run("INSERT INTO purchase_requests (id, student_id, family_id, school_id, plan_id, requested_by, plan_name, amount, currency, band, status, created_at, expires_at, remind_at) VALUES ('pur_old', ?1, ?2, ?3, ?4, ?1, 'Old plan', 500, 'KES', 'single', 'approved', 1, 2, 2)", pair.goneId, family.familyId, schoolId, family.planId);
  await run("INSERT INTO payments (id, request_id, student_id, family_id, school_id, provider, amount, currency, status, created_at, updated_at) VALUES ('pay_old', 'pur_old', ?1, ?2, ?3, 'stripe', 500, 'KES', 'failed', 1, 1)", pair.goneId, family.familyId, schoolId);
  const reads = async (userId: string) => {
    const actor = await actorOf(ctx, userId);
    const one = await Promise.allSettled([getPurchasePage(ctx, actor, "pur_old"), getPaymentPage(ctx, actor, "pay_old")]);
    return [...one.map(({ status }) => status === "fulfilled"), (await listPayments(ctx, actor, { limit: 20 })).items.some(({ id }) => id === "pay_old"), (await listPayments(ctx, actor, { limit: 20, studentId: pair.keptId })).items.length];
  };
  const [all, nothing] = [[true, true, true, 1], [false, false, false, 0]];
  expect([await reads(mother), await reads(before)]).toEqual([nothing, nothing]);
  const { id: mergeId } = await mergePeople(ctx, admin, pair);
  expect([await reads(mother), await reads(pair.keptId)]).toEqual([all, all]);
  expect([await reads(before), await reads(sibling), await reads(family.guardianId)]).toEqual([nothing, nothing, nothing]);
  const actor = await actorOf(ctx, mother, { steppedUp: true });
  expect(await getPaymentPage(ctx, actor, "pay_old")).toMatchObject({ mayPay: false });
  for (const act of [...(["card", "checkout"] as const).map((way) => () => startPayment(ctx, actor, "pur_old", { with: way })), () => renewPurchase(ctx, actor, "pur_old"), () => cancelPurchase(ctx, actor, "pur_old")]) await expect(act()).rejects.toMatchObject({ code: "not_found" });
  await undoMerge(ctx, admin, mergeId);
  expect(await reads(mother)).toEqual(nothing);
});

/** Things that become known of somebody, each in a table of its own. */
const gained = (id: string, schoolId: string, tutorId: string) => (time: number) => [
  () => run("INSERT INTO user_profiles (user_id, billing_address, notification_defaults, updated_at) VALUES (?, 'Road 1', '{}', 1)", id),
  () => run("INSERT INTO tutor_assignments (school_id, tutor_id, student_id, starts_at) VALUES (?1, ?3, ?2, 1)", schoolId, id, tutorId),
  () => run("INSERT INTO student_profiles (school_id, student_id, goal) VALUES (?1, ?2, 'Reads')", schoolId, id),
][time]!();

test("SCH-8: what one of the two gains between the look and the act is merged too; where it never ends nothing is, nor by a database that fails", async () => {
  const { ctx, pair, admin, schoolId, adminId } = await twins("child");
  await expect(mergePeople(failing(ctx), admin, pair)).rejects.toBe(LOST);
  await expect(mergePeople(beforeCommit(ctx, gained(pair.goneId, schoolId, adminId), 3), admin, pair)).rejects.toThrow("NOT NULL merges.created_at");
  expect(await count("merges WHERE gone_id = ?", pair.goneId)).toBe(0);
  const other = await twins("child");
  const { id } = await mergePeople(beforeCommit(other.ctx, gained(other.pair.goneId, other.schoolId, other.adminId), 2), other.admin, other.pair);
  expect(await count("tutor_assignments WHERE student_id = ?", other.pair.keptId)).toBe(1);
  await expect(undoMerge(failing(other.ctx), other.admin, id)).rejects.toBe(LOST);
  await undoMerge(other.ctx, other.admin, id);
  expect(await count("tutor_assignments WHERE student_id = ?", other.pair.goneId)).toBe(1);
});

test("SCH-8: a merge is not undone over what the former account was given since", async () => {
  const { ctx, pair, admin } = await twins("child");
  const { familyId } = await makeFamily(ctx);
  const home = (id: string) => run("INSERT INTO family_members (family_id, user_id, role, joined_at) VALUES (?, ?, 'student', 1)", familyId, id);
  await home(pair.goneId);
  const { id } = await mergePeople(ctx, admin, pair);
  await home(pair.goneId);
  await expect(undoMerge(ctx, admin, id)).rejects.toMatchObject({ code: "conflict", reason: "merge_undo_collides" });
  expect(await count("family_members WHERE family_id = ? AND user_id IN (?, ?)", familyId, pair.keptId, pair.goneId)).toBe(2);
});

test("SCH-8: what the kept account lacks is no row that moves: the preview does not count it", async () => {
  const { ctx, pair, admin } = await twins("adult");
  await run("UPDATE users SET phone = '+254700000002' WHERE id = ?", pair.goneId);
  expect((await previewMerge(ctx, admin, pair)).moving).toEqual([]);
  await mergePeople(ctx, admin, pair);
  expect(await DB.prepare("SELECT phone FROM users WHERE id = ?").bind(pair.keptId).first("phone")).toBe("+254700000002");
});

test("SCH-8: the page finds others of the same kind by name, shows what merging with the chosen one would do, and what was merged before", async () => {
  const { ctx, pair, admin, schoolId } = await twins("child");
  const rename = (id: string, name: string) => run("UPDATE users SET name = ? WHERE id = ?", name, id);
  await rename(pair.keptId, "Zawadi One");
  await rename(pair.goneId, "Zawadi Two");
  const teacher = await makeUser(ctx, "adult", "Zawadi Teacher");
  await join(ctx, teacher, schoolId, "teacher");
  await join(ctx, teacher, schoolId, "parent");
  const tutor = await makeUser(ctx, "adult", "Zawadi Tutor");
  await join(ctx, tutor, schoolId, "tutor");
  const signIn = (id: string, column: "email" | "username") => DB.prepare(`SELECT ${column} FROM users WHERE id = ?`).bind(id).first<string>(column);
  expect(await loadMergePage(ctx, admin, schoolId, pair.keptId, {})).toEqual({ chosen: false, person: { id: pair.keptId, name: "Zawadi One" }, merged: [], candidates: null });
  expect(await loadMergePage(ctx, admin, schoolId, pair.keptId, { q: "zawa" })).toMatchObject({ candidates: [{ id: pair.goneId, name: "Zawadi Two", signIn: await signIn(pair.goneId, "username"), level: "grade-6" }] });
  expect(await loadMergePage(ctx, admin, schoolId, tutor, { q: "zawa" })).toMatchObject({ candidates: [{ id: teacher, signIn: await signIn(teacher, "email") }] });
  expect(await loadMergePage(ctx, admin, schoolId, pair.keptId, { q: "zawa", with: pair.goneId })).toMatchObject({ chosen: true, kept: { id: pair.keptId }, gone: { id: pair.goneId }, obstacle: null });
  const { id } = await mergePeople(ctx, admin, pair);
  expect(await loadMergePage(ctx, admin, schoolId, pair.keptId, {})).toMatchObject({ merged: [{ id, goneId: pair.goneId, goneName: "Zawadi Two" }] });
  for (const gone of [pair.goneId, "user_nobody"]) await expect(loadMergePage(ctx, admin, schoolId, gone, {})).rejects.toThrow("not_found");
});
