import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { assignGuardian } from "#app/domain/people/assign-guardian.server.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { memberships } from "#db/schema/schools.ts";
import { actorOf, api, join, makeFamily, makeSchool, makeUser, signedIn, testContext } from "#tests/world.ts";

async function office() {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const { schoolId, adminId } = family;
  const guardianId = await makeUser(ctx, "adult", "Aunt");
  await join(ctx, guardianId, schoolId, "parent");
  const orphanId = await makeUser(ctx, "child", "Orphan");
  await join(ctx, orphanId, schoolId, "student");
  const token = await signedIn(ctx, adminId, { steppedUp: true });
  const assign = (studentIds: string[], more = {}) => api("POST", "/admin/guardian-assignments", { token, body: { guardianId, studentIds, ...more } });
  const outcomes = async (answer: Response) => ((await answer.json()) as { results: { outcome: string; reason: string | null }[] }).results.map(({ outcome, reason }) => reason ?? outcome);
  const held = () => ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, guardianId));
  return { ctx, ...family, aunt: guardianId, orphanId, token, assign, outcomes, held };
}

test("SCH-3: one result for each student, in the order asked; twice changes nothing", async () => {
  const { ctx, childId, siblingId, guardianId, orphanId, aunt, schoolId, assign, outcomes, held } = await office();
  const foreign = (await makeFamily(ctx)).childId;
  const ids = [childId, foreign, orphanId, "user_nobody", childId];
  expect(await outcomes(await assign(ids))).toEqual(["done", "student_unknown", "done", "student_unknown"]);
  expect(await outcomes(await assign([...ids, siblingId]))).toEqual(["already", "student_unknown", "already", "student_unknown", "done"]);
  const rows = await held();
  // A first guardian leads and may do all; one beside a leading guardian may look and talk.
  expect(rows.find((row) => row.childId === orphanId)).toMatchObject({ isPrimary: true, canApprovePurchases: true });
  expect(rows.find((row) => row.childId === childId)).toMatchObject({ isPrimary: false, canApprovePurchases: false, canViewProgress: true, contactPriority: 4 });
  expect(rows).toHaveLength(3);
  const told = await ctx.db.select().from(notifications).where(and(eq(notifications.type, "guardianship.changed"), eq(notifications.childId, childId)));
  expect(told.map(({ userId }) => userId)).toContain(guardianId);
  const acts = await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.action, "guardianship.created"), eq(auditEvents.schoolId, schoolId)));
  expect(acts.map(({ childId: of }) => of).sort()).toEqual([childId, orphanId, siblingId].sort());
  expect(JSON.stringify(acts)).toContain(aunt);
});

test("SCH-3: all or nothing, where it is asked", async () => {
  const { childId, assign, held } = await office();
  const answer = await assign([childId, "user_nobody"], { allOrNothing: true });
  expect([answer.status, await answer.json()]).toMatchObject([409, { results: [{ outcome: "done" }, { outcome: "refused" }] }]);
  expect(await held()).toEqual([]);
});

test("FAM-11, SCH-3: who is kept from a child does not become its guardian", async () => {
  const { ctx, childId, schoolId, adminId, aunt, assign, outcomes } = await office();
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("rest"), childId, personId: aunt, schoolId, reason: "Court", setBy: adminId, startsAt: ctx.clock.now(), createdAt: ctx.clock.now() });
  expect(await outcomes(await assign([childId]))).toEqual(["guardian_restricted"]);
});

test("SCH-3: only a guardian of the school, by its administration, after confirming who one is", async () => {
  const { ctx, childId, adminId, aunt, guardianId, token } = await office();
  const ask = (as: string, guardian: string) => api("POST", "/admin/guardian-assignments", { token: as, body: { guardianId: guardian, studentIds: [childId] } });
  expect((await ask(token, guardianId)).status).toBe(404);
  expect((await ask(await signedIn(ctx, adminId), aunt)).status).toBe(403);
  expect((await ask(await signedIn(ctx, (await makeSchool(ctx)).adminId, { steppedUp: true }), aunt)).status).toBe(404);
  expect((await api("POST", "/admin/guardian-assignments", { token, body: { guardianId: aunt, studentIds: [] } })).status).toBe(400);
});

test("SCH-3: five hundred students in three round trips, and two administrators at once assign each once", async () => {
  const { ctx, schoolId, adminId, aunt } = await office();
  const studentIds = Array.from({ length: 500 }, () => ctx.ids.make("user"));
  const now = ctx.clock.now();
  for (let at = 0; at < 500; at += 10) {
    const some = studentIds.slice(at, at + 10);
    await ctx.db.batch([
      ctx.db.insert(users).values(some.map((id) => ({ id, kind: "child" as const, name: "Pupil", username: id.toLowerCase(), createdAt: now }))),
      ctx.db.insert(memberships).values(some.map((userId) => ({ id: ctx.ids.make("mem"), userId, schoolId, role: "student" as const, createdAt: now }))),
    ]);
  }
  const actor = await actorOf(ctx, adminId, { steppedUp: true });
  ctx.meter.roundTrips = 0;
  const ask = () => assignGuardian(ctx, actor, schoolId, { guardianId: aunt, studentIds, relationship: "guardian", allOrNothing: false });
  const count = (results: { outcome: string }[], outcome: string) => results.filter((each) => each.outcome === outcome).length;
  expect(count(await ask(), "done")).toBe(500);
  expect(ctx.meter.roundTrips).toBeLessThanOrEqual(2);
  await ctx.db.delete(guardianships).where(inArray(guardianships.childId, studentIds.slice(0, 50)));
  const [one, two] = await Promise.all([ask(), ask()]);
  expect([count(one, "done") + count(two, "done"), count(one, "refused") + count(two, "refused")]).toEqual([50, 0]);
  expect(await ctx.db.$count(guardianships, eq(guardianships.guardianId, aunt))).toBe(500);
});
