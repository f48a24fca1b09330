import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { listConsentHistory, verifyConsentHistory, writeConsentHistory } from "#app/domain/consent/consent-history.server.ts";
import { endConsents } from "#app/domain/consent/end-consents.server.ts";
import { setConsents } from "#app/domain/consent/set-consents.server.ts";
import { listLooks, loadPrivacy, readSharedData } from "#app/domain/consent/shared-data.server.ts";
import { sealAudit } from "#app/domain/audit/seal-audit.server.ts";
import { readStudent } from "#app/domain/students/student-page.server.ts";
import { consentProposals, consents } from "#db/schema/consent.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { enrolments, memberships, studentProfiles } from "#db/schema/schools.ts";
import { beforeCommit } from "#tests/before-commit.ts";
import { actorOf, assignTutor, listJobs, makeEnrolment, makeFamily, makeTeacher, makeTutor, NOON, send, signedIn, testContext } from "#tests/world.ts";

const ctx = testContext();
async function makeTaught() {
  const family = await makeFamily(ctx);
  const { schoolId, childId: studentId } = family;
  const [teacherId, tutorId] = [await makeTeacher(ctx, schoolId), await makeTutor(ctx, schoolId)];
  const { enrolmentId } = await makeEnrolment(ctx, { schoolId, studentId, teacherId });
  await assignTutor(ctx, { schoolId, tutorId, studentId });
  return { ...family, teacherId, tutorId, enrolmentId };
}
const set = (childId: string, granted: boolean, more: { until?: number; reason?: string } = {}) => ({ childId, cells: [{ dataType: "media" as const, recipient: "teachers" as const }], granted, until: null, reason: null, ...more });

test("CON-4: who can see what now, by name and capacity, without who is kept away or whose part is over", async () => {
  const { childId, guardianId, otherGuardianId, viewerId, adminId, teacherId, tutorId, enrolmentId, schoolId } = await makeTaught();
  const guardian = await actorOf(ctx, guardianId, { steppedUp: true });
  await setConsents(ctx, guardian, set(childId, true));
  const shared = async () => Object.fromEntries((await readSharedData(ctx, guardian, childId)).map((one) => [one.userId, one]));
  const before = await shared();
  expect(Object.keys(before).sort()).toEqual([guardianId, otherGuardianId, viewerId, adminId, teacherId, tutorId].sort());
  expect(before[teacherId]).toMatchObject({ capacity: "teacher", dataTypes: ["profile", "progress", "assessments", "attendance", "activity", "media"] });
  expect(before[viewerId]!.dataTypes).not.toContain("chat_content");
  await ctx.db.update(enrolments).set({ endsAt: NOON }).where(eq(enrolments.id, enrolmentId));
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("rst"), childId, personId: tutorId, schoolId, reason: "Order", setBy: adminId, startsAt: NOON, createdAt: NOON });
  await ctx.db.update(memberships).set({ active: false }).where(eq(memberships.userId, adminId));
  expect(Object.keys(await shared()).sort()).toEqual([guardianId, otherGuardianId, viewerId].sort());
});

test("CON-4: the teacher's look stands in the log with its reason; each kind of data that was shown, and no other; paged", async () => {
  const { childId, guardianId, teacherId, siblingId } = await makeTaught();
  const page = await readStudent(ctx, await actorOf(ctx, teacherId), childId);
  expect(page).toMatchObject({ contact: null, picture: null, notShared: ["media", "contact"] });
  await readStudent(ctx, await actorOf(ctx, guardianId), childId);
  await ctx.answered();
  const guardian = await actorOf(ctx, guardianId);
  const first = await listLooks(ctx, guardian, childId, { limit: 3 });
  const second = await listLooks(ctx, guardian, childId, { limit: 3, cursor: first.nextCursor! });
  const seen = [...first.items, ...second.items].map(({ viewer, dataType, capacity }) => `${viewer} ${capacity} ${dataType}`).sort();
  expect(seen).toEqual(["Guardian guardian contact", "Guardian guardian media", "Guardian guardian profile", "Teacher teacher profile"]);
  expect(second.nextCursor).toBeNull();
  expect((await listLooks(ctx, guardian, siblingId, { limit: 20 })).items).toEqual([]);
  await expect(listLooks(ctx, await actorOf(ctx, teacherId), childId, { limit: 20 })).rejects.toMatchObject({ code: "not_found" });
});

test("CON-2: what changes while somebody is signed in is obeyed by their next request", async () => {
  const { childId, guardianId, teacherId, enrolmentId } = await makeTaught();
  const token = await signedIn({ ...ctx, clock: { now: () => Date.now() } }, teacherId);
  const read = async () => {
    const answer = await send("GET", `/api/v1/students/${childId}`, { token });
    return answer.status === 200 ? ((await answer.json()) as { notShared: string[] }).notShared : answer.status;
  };
  expect(await read()).toEqual(["media", "contact"]);
  await setConsents(ctx, await actorOf(ctx, guardianId), { ...set(childId, false), cells: [{ dataType: "profile", recipient: "teachers" }] });
  expect(await read()).toEqual(["profile", "media", "contact"]);
  await ctx.db.update(enrolments).set({ endsAt: Date.now() }).where(eq(enrolments.id, enrolmentId));
  expect(await read()).toBe(404);
});

test("CON-6: a grant that ran out is written down and told once, however often the sweep runs; nobody's new choice is touched", async () => {
  const { childId, guardianId, otherGuardianId } = await makeTaught();
  const guardian = await actorOf(ctx, guardianId, { steppedUp: true });
  await setConsents(ctx, guardian, set(childId, true, { until: NOON + DAY }));
  await setConsents(ctx, guardian, { ...set(childId, true), cells: [{ dataType: "mood", recipient: "teachers" }] });
  const ended = async () => (await ctx.db.select().from(auditEvents).where(eq(auditEvents.childId, childId))).filter(({ action }) => action === "consent.ended" || action === "consent.expired").map(({ action }) => action).sort();
  ctx.setNow(NOON + DAY - 1);
  await endConsents(ctx);
  expect(await ended()).toEqual([]);
  ctx.setNow(NOON + 20 * DAY);
  await Promise.all([endConsents(ctx), endConsents(ctx)]);
  await endConsents(ctx);
  expect(await ended()).toEqual(["consent.ended", "consent.expired"]);
  const told = await ctx.db.select().from(notifications).where(eq(notifications.childId, childId));
  expect(told.filter(({ type }) => type === "consent.ended").map(({ userId }) => userId).sort()).toEqual([guardianId, otherGuardianId].sort());
  expect(await ctx.db.select({ status: consentProposals.status }).from(consentProposals).where(eq(consentProposals.childId, childId))).toEqual([{ status: "expired" }]);
  expect(await ctx.db.select({ granted: consents.granted }).from(consents).where(eq(consents.childId, childId))).toEqual([{ granted: false }]);
  ctx.setNow(NOON);
});

test("CON-3: the history says who, from where, what was so before; as a file without formulas; and whether it is whole", async () => {
  const { childId, guardianId, viewerId, adminId, teacherId } = await makeTaught();
  const guardian = await actorOf(ctx, guardianId, { steppedUp: true });
  await setConsents(ctx, guardian, set(childId, true, { reason: "=HYPERLINK(1)" }));
  await setConsents(ctx, guardian, set(childId, false));
  const { items } = await listConsentHistory(ctx, await actorOf(ctx, viewerId), childId, { limit: 20 });
  expect(items).toMatchObject([
    { actor: "Guardian", address: "192.0.2.1", userAgent: "Test browser", changes: [{ from: { granted: true }, to: { granted: false } }] },
    { reason: "=HYPERLINK(1)", changes: [{ from: { granted: false }, to: { granted: true } }] },
  ]);
  let file = "";
  for await (const piece of await writeConsentHistory(ctx, guardian, childId)) file += piece;
  expect(file).toContain(",'=HYPERLINK(1),192.0.2.1,Test browser,");
  await sealAudit(ctx);
  expect(await verifyConsentHistory(ctx, guardian, childId)).toMatchObject({ faults: [], unsealed: 0 });
  for (const userId of [adminId, teacherId]) await expect(listConsentHistory(ctx, await actorOf(ctx, userId), childId, { limit: 20 })).rejects.toMatchObject({ code: "not_found" });
  await ctx.db.update(guardianships).set({ active: false }).where(eq(guardianships.guardianId, viewerId));
  await expect(listConsentHistory(ctx, await actorOf(ctx, viewerId), childId, { limit: 20 })).rejects.toMatchObject({ code: "not_found" });
});

test("CON-6: however many consents of a child end on one day, each guardian gets one mail, and one more on another day", async () => {
  const { childId, guardianId, otherGuardianId } = await makeTaught();
  const grant = (dataType: string, recipient: string, until: number) => ctx.db.insert(consents).values({ childId, dataType, recipient, granted: true, until, setBy: guardianId, setAt: NOON } as typeof consents.$inferInsert);
  const at = NOON + 30 * DAY;
  for (const type of ["mood", "media", "contact", "insights", "activity", "profile"]) for (const to of ["tutors", "companion", "outside_services"]) await grant(type, to, at);
  await grant("mood", "teachers", at + 3_600_000);
  await grant("media", "teachers", at + DAY);
  for (const instant of [at, at + 300_000, at + 3_600_000, at + DAY]) {
    ctx.setNow(instant);
    await Promise.all([endConsents(ctx), endConsents(ctx)]);
  }
  ctx.setNow(NOON);
  expect(await ctx.db.select().from(consents).where(and(eq(consents.childId, childId), eq(consents.granted, true)))).toEqual([]);
  const told = (await ctx.db.select().from(notifications).where(eq(notifications.childId, childId))).filter(({ type }) => type === "consent.ended");
  expect(told.map(({ userId, facts }) => [userId, (facts as { count: number }).count]).sort()).toEqual([[guardianId, 19], [guardianId, 1], [otherGuardianId, 19], [otherGuardianId, 1]].sort());
  const ids = new Set(told.map(({ id }) => id));
  const mails = (await listJobs(ctx)).filter(({ kind, payload }) => kind === "deliver-notification" && ids.has((payload as { notificationId: string }).notificationId));
  expect(mails).toHaveLength(4);
});

test("CON-3: a history longer than a file ever was is taken along whole, and that it was is an event", async () => {
  const { childId, guardianId } = await makeTaught();
  const changes = [{ dataType: "mood", recipient: "tutors", from: { granted: false, until: null }, to: { granted: true, until: null } }];
  await ctx.db.run(sql`INSERT INTO audit_events (id, at, actor_id, action, subject_id, child_id, details) SELECT 'audit_x' || ${childId} || printf('%06d', value), ${NOON}, ${guardianId}, 'consent.changed', ${childId}, ${childId}, ${JSON.stringify({ changes })} FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 5201) SELECT value FROM n)`);
  let lines = 0;
  for await (const piece of await writeConsentHistory(ctx, await actorOf(ctx, guardianId), childId)) lines += piece.split("\n").length - 1;
  expect(lines).toBe(1 + 5201);
  expect(await ctx.db.select({ actorId: auditEvents.actorId }).from(auditEvents).where(and(eq(auditEvents.childId, childId), eq(auditEvents.action, "consent.exported")))).toEqual([{ actorId: guardianId }]);
});

test("CON-4: a place in the log that we never gave is refused", async () => {
  const { childId, guardianId } = await makeFamily(ctx);
  const guardian = await actorOf(ctx, guardianId);
  for (const cursor of ["tomorrow", "5", "5."]) for (const read of [listLooks, loadPrivacy]) await expect(read(ctx, guardian, childId, { limit: 3, cursor })).rejects.toMatchObject({ fields: [{ path: "cursor", message: "invalid" }] });
});

test("CON-6: two sweeps at once write down what ran out, and what nobody answered, once", async () => {
  const { childId, guardianId } = await makeFamily(ctx);
  const guardian = await actorOf(ctx, guardianId, { steppedUp: true });
  await setConsents(ctx, guardian, set(childId, true, { until: NOON + DAY }));
  await setConsents(ctx, guardian, { ...set(childId, true), cells: [{ dataType: "mood", recipient: "teachers" }] });
  ctx.setNow(NOON + 15 * DAY);
  await endConsents(beforeCommit(ctx, () => endConsents(ctx)));
  const ended = (await ctx.db.select({ action: auditEvents.action }).from(auditEvents).where(eq(auditEvents.childId, childId))).map(({ action }) => action).filter((action) => action === "consent.ended" || action === "consent.expired");
  expect(ended.sort()).toEqual(["consent.ended", "consent.expired"]);
  ctx.setNow(NOON);
});

test("SCH-3, CON-2: of a student without a number or a goal the page tells neither", async () => {
  const { childId, guardianId, schoolId } = await makeTaught();
  const other = await makeFamily(ctx);
  await ctx.db.insert(studentProfiles).values([{ schoolId, studentId: childId, number: null, goal: "To read alone" }, { schoolId: other.schoolId, studentId: childId, number: "A-17", goal: null }]);
  expect((await readStudent(ctx, await actorOf(ctx, guardianId), childId)).profile).toMatchObject({ numbers: ["A-17"], goals: ["To read alone"] });
});
