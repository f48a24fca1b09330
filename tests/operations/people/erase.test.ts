import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { pseudonymOf } from "#app/domain/audit/chain.ts";
import { sealAudit } from "#app/domain/audit/seal-audit.server.ts";
import { verifyAuditChain } from "#app/domain/audit/verify-audit-chain.server.ts";
import { erasePerson, getErasable } from "#app/domain/people/erase-person.server.ts";
import { personColumns } from "#db/person-columns.ts";
import { beforeCommit, failing, LOST } from "#tests/before-commit.ts";
import { actorOf, join, makeFamily, makeGuardianship, makeSchool, makeUser, runJobs, testContext, unique } from "#tests/world.ts";
import { dump, everythingAbout } from "./everything-about.ts";

const { DB } = env as unknown as { DB: D1Database };
const run = (sql: string, ...bound: unknown[]) => DB.prepare(sql).bind(...bound).run();

async function atSchool(kind: "adult" | "child", name = unique("Wanjiru").replace("-", " ")) {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const id = await makeUser(ctx, kind, name);
  await join(ctx, id, school.schoolId, kind === "child" ? "student" : "teacher");
  await run("UPDATE users SET home_school_id = ?2, phone = ?3 WHERE id = ?1", id, school.schoolId, `+2547${Math.random().toString().slice(2, 10)}`);
  const email = await DB.prepare("SELECT email FROM users WHERE id = ?").bind(id).first<string | null>("email");
  return { ctx, ...school, id, name, email, admin: await actorOf(ctx, school.adminId, { steppedUp: true }) };
}

test.each(["adult", "child"] as const)("SCH-4: erasing a person (%s) leaves no name, no address and no row of theirs in any table, and the chain still holds", async (kind) => {
  const { ctx, id, name, email, admin, schoolId, adminId } = await atSchool(kind);
  await everythingAbout({ id, name, email }, { schoolId, others: [adminId, await makeUser(ctx, "adult")] });
  await sealAudit(ctx);
  const before = await dump();
  await erasePerson(ctx, admin, id, { name: ` ${name.toUpperCase()} ` });
  const after = await dump();

  const telling = Object.entries(after).flatMap(([table, rows]) => rows.filter((row) => row.includes(name) || (email !== null && row.includes(email))).map((row) => `${table}: ${row}`));
  const business = new Set(Object.entries(personColumns).flatMap(([table, { words = {} }]) => (Object.values(words).some((whose) => ["school", "lapses"].includes(whose)) ? [table] : [])));
  expect(telling.filter((row) => !business.has(row.split(":")[0]!))).toEqual([]);

  for (const [table, { people = {} }] of Object.entries(personColumns)) {
    for (const [column, { erase }] of Object.entries(people)) {
      const kept = after[table]!.filter((row) => (JSON.parse(row) as Record<string, unknown>)[column] === id).length;
      expect([table, column, kept > 0], `${table}.${column}`).toEqual([table, column, erase === "keep"]);
    }
  }
  expect(after.ledger_entries).toEqual(before.ledger_entries);
  expect(after.payments).toEqual(before.payments);
  expect(after.users!.find((row) => row.includes(id))).toContain('"name":"—","email":null,"email_verified_at":null,"username":null');
  const audit = after.audit_events!.filter((row) => row.includes(id));
  expect(audit).toEqual([]);
  await sealAudit(ctx);
  expect(await verifyAuditChain(ctx, "all")).toMatchObject({ faults: [], unsealed: 0 });
  expect(await verifyAuditChain(ctx, { schoolId })).toMatchObject({ faults: [], erased: 1 });
  expect((await DB.prepare("SELECT count(*) AS n FROM audit_events WHERE action = 'person.erased' AND subject_id = ? AND actor_id = ?").bind(await pseudonymOf(id), adminId).first("n"))).toBe(1);
});

test("SCH-4: no act is left half done: an account that gained something meanwhile is looked at again, and sign-in stops at once", async () => {
  const { ctx, id, name, admin, schoolId } = await atSchool("adult");
  const theirs = await actorOf(ctx, id);
  expect(theirs.userId).toBe(id);
  await Promise.all([erasePerson(ctx, admin, id, { name }), run("INSERT INTO tutor_assignments (school_id, tutor_id, student_id, starts_at) VALUES (?1, ?2, ?2, 1)", schoolId, id), run("INSERT INTO user_profiles (user_id, billing_address, notification_defaults, updated_at) SELECT id, 'Road 1', '{}', 1 FROM users WHERE id = ? AND status = 'active'", id)]);
  expect(await DB.prepare("SELECT count(*) AS n FROM sessions WHERE user_id = ?").bind(id).first("n")).toBe(0);
  await expect(getErasable(ctx, admin, id)).rejects.toThrow("not_found");
});

test("SCH-4: the typed name must be theirs, and the administrator must have proven who they are", async () => {
  const { ctx, id, admin, name, adminId } = await atSchool("child");
  await expect(erasePerson(ctx, admin, id, { name: "Somebody" })).rejects.toMatchObject({ fields: [{ path: "name", message: "erase_name_differs" }] });
  await expect(erasePerson(ctx, await actorOf(ctx, adminId), id, { name })).rejects.toThrow("step_up_required");
  expect(await DB.prepare("SELECT status FROM users WHERE id = ?").bind(id).first("status")).toBe("active");
});

test("SCH-4: another school's person, one who made their own account and one who is unknown are not found; others have no power", async () => {
  const [here, there] = [await atSchool("adult"), await atSchool("adult")];
  const self = await makeUser(here.ctx, "adult");
  await join(here.ctx, self, here.schoolId, "parent");
  for (const id of [there.id, self, "user_nobody"]) await expect(erasePerson(here.ctx, here.admin, id, { name: "x" })).rejects.toThrow("not_found");
  await expect(erasePerson(here.ctx, await actorOf(here.ctx, here.id, { steppedUp: true }), here.id, { name: here.name })).rejects.toThrow("forbidden");
});

test("SCH-4: the last guardian, the primary one, the last owner, oneself, a member of another school and a payer in the middle of it are not erased", async () => {
  const { ctx, id, name, admin, schoolId, adminId } = await atSchool("adult");
  const refused = async (reason: string) => expect(erasePerson(ctx, admin, id, { name }), reason).rejects.toMatchObject({ code: "conflict", reason });
  const child = await makeUser(ctx, "child");
  await join(ctx, child, schoolId, "student");
  const guardianship = await makeGuardianship(ctx, id, child, { isPrimary: true });
  await refused("erase_last_guardian");
  const contact = await makeGuardianship(ctx, await makeUser(ctx, "adult"), child, { contactAs: "emergency" });
  await makeGuardianship(ctx, await makeUser(ctx, "adult"), child, { delegatedBy: id, endsAt: ctx.clock.now() + 1e9 });
  await refused("erase_last_guardian");
  // Whoever is but a contact takes no guardian away.
  await run("UPDATE guardianships SET contact_as = 'pick_up', is_primary = 0 WHERE id = ?", guardianship);
  expect(await getErasable(ctx, admin, id)).toMatchObject({ obstacle: null });
  await run("UPDATE guardianships SET contact_as = NULL, is_primary = 1 WHERE id = ?", guardianship);
  await run("DELETE FROM guardianships WHERE id = ?", contact);
  await makeGuardianship(ctx, adminId, child);
  await refused("erase_primary_guardian");
  await run("UPDATE guardianships SET is_primary = 0 WHERE id = ?", guardianship);
  const other = await makeSchool(ctx);
  await join(ctx, id, other.schoolId, "teacher");
  await refused("erase_elsewhere");
  await run("UPDATE memberships SET active = 0 WHERE user_id = ? AND school_id = ?", id, other.schoolId);
  await join(ctx, id, schoolId, "school_owner");
  await refused("erase_last_owner");
  await join(ctx, await makeUser(ctx, "adult"), schoolId, "school_owner");
  await refused("erase_owner");
  await run("UPDATE memberships SET active = 0 WHERE user_id = ? AND role = 'school_owner'", id);
  const family = await makeFamily(ctx);
  await run(`INSERT INTO purchase_requests (id, student_id, family_id, school_id, plan_id, requested_by, plan_name, amount, currency, band, status, created_at, expires_at, remind_at) VALUES ('pur_open', ?, ?, ?, ?, ?, 'Plan', 1, 'KES', 'single', 'approved', 1, 2, 2)`, family.childId, family.familyId, family.schoolId, family.planId, family.childId);
  await run(`INSERT INTO payments (id, request_id, student_id, family_id, school_id, payer_id, provider, amount, currency, status, created_at, updated_at) VALUES ('pay_open', 'pur_open', ?, ?, ?, ?, 'stripe', 1, 'KES', 'processing', 1, 1)`, family.childId, family.familyId, family.schoolId, id);
  await refused("erase_payment_open");
  await run("UPDATE payments SET status = 'succeeded' WHERE id = 'pay_open'");
  await erasePerson(ctx, admin, id, { name });
  await run("UPDATE users SET home_school_id = ?2 WHERE id = ?1", adminId, schoolId);
  await expect(erasePerson(ctx, admin, adminId, { name: admin.name })).rejects.toMatchObject({ reason: "erase_self" });
});

test("SCH-4, FAM-7: rights that an erased person lent end, and never become the borrower's own", async () => {
  const { ctx, id, name, admin, schoolId } = await atSchool("adult");
  const [child, aunt] = [await makeUser(ctx, "child"), await makeUser(ctx, "adult")];
  await join(ctx, child, schoolId, "student");
  await makeGuardianship(ctx, await makeUser(ctx, "adult"), child, { isPrimary: true });
  await makeGuardianship(ctx, id, child);
  await makeGuardianship(ctx, aunt, child, { delegatedBy: id, endsAt: ctx.clock.now() + 1e9 });
  await erasePerson(ctx, admin, id, { name });
  expect((await actorOf(ctx, aunt)).wards).toEqual([]);
});

/** Things that become known of somebody, each in a table of its own. */
const gained = (id: string, schoolId: string) => (time: number) => [
  () => run("INSERT INTO user_profiles (user_id, billing_address, notification_defaults, updated_at) VALUES (?, 'Road 1', '{}', 1)", id),
  () => run("INSERT INTO tutor_assignments (school_id, tutor_id, student_id, starts_at) VALUES (?1, ?2, ?2, 1)", schoolId, id),
  () => run("INSERT INTO email_changes (user_id, email, expires_at, created_at) VALUES (?, 'new@example.test', 2, 1)", id),
][time]!();

test("SCH-4: what is written about somebody between the look and the act is erased too; where it never ends, nobody is erased, nor by a database that fails", async () => {
  const { ctx, id, name, admin, schoolId } = await atSchool("adult");
  await expect(erasePerson(failing(ctx), admin, id, { name })).rejects.toBe(LOST);
  expect(await DB.prepare("SELECT status FROM users WHERE id = ?").bind(id).first("status")).toBe("active");
  await erasePerson(beforeCommit(ctx, gained(id, schoolId), 2), admin, id, { name });
  expect(await DB.prepare("SELECT status, (SELECT count(*) FROM user_profiles WHERE user_id = ?1) + (SELECT count(*) FROM tutor_assignments WHERE tutor_id = ?1) AS left FROM users WHERE id = ?1").bind(id).first()).toEqual({ status: "erased", left: 0 });
  const other = await atSchool("adult");
  await expect(erasePerson(beforeCommit(other.ctx, gained(other.id, other.schoolId), 3), other.admin, other.id, { name: other.name })).rejects.toThrow("NOT NULL users.status");
  expect(await DB.prepare("SELECT status FROM users WHERE id = ?").bind(other.id).first("status")).toBe("active");
});

test("SCH-4, FAM-12: the picture of who is erased goes with them", async () => {
  const { ctx, id, name, admin } = await atSchool("adult");
  const key = `avatars/${id}/pic`;
  await ctx.files.put(key, new Uint8Array([1]), "image/webp");
  await run("UPDATE users SET avatar_key = ?2 WHERE id = ?1", id, key);
  await erasePerson(ctx, admin, id, { name });
  expect(await ctx.files.get(key)).not.toBeNull();
  await runJobs(ctx);
  expect(await ctx.files.get(key)).toBeNull();
});
