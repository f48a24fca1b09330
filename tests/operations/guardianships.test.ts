import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { budgetControls, decisionRules } from "#db/schema/budgets.ts";
import { familyMembers, guardianships } from "#db/schema/families.ts";
import { notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { getChild } from "#app/domain/families/get-child.server.ts";
import { loadChild } from "#app/domain/families/child-page.server.ts";
import { loadGuardianship } from "#app/domain/families/guardianship-page.server.ts";
import { DAY } from "#app/domain/clock.ts";
import { actorOf, ALL_RIGHTS, api, makeFamily, makeGuardianship, makeUser, signedIn, testContext, VIEW_ONLY, type Family, type TestContext } from "#tests/world.ts";

type View = { id: string; guardianId: string; isPrimary: boolean; rights: typeof ALL_RIGHTS };

async function household() {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  return { ctx, family, primary: await signedIn(ctx, family.guardianId, { steppedUp: true }), other: await signedIn(ctx, family.otherGuardianId, { steppedUp: true }) };
}
const idOf = async (ctx: TestContext, guardianId: string, childId: string) =>
  (await ctx.db.select().from(guardianships).where(and(eq(guardianships.guardianId, guardianId), eq(guardianships.childId, childId))))[0]!.id;
const row = async (ctx: TestContext, id: string) => (await ctx.db.select().from(guardianships).where(eq(guardianships.id, id)))[0]!;
const revision = async (ctx: TestContext, childId: string) => (await ctx.db.select().from(decisionRules).where(eq(decisionRules.childId, childId)))[0]?.revision ?? 0;
const primaries = async (ctx: TestContext, childId: string) =>
  (await ctx.db.select().from(guardianships).where(and(eq(guardianships.childId, childId), eq(guardianships.isPrimary, true), eq(guardianships.active, true)))).map((each) => each.guardianId);
const control = (ctx: TestContext, family: Family, guardianId: string) =>
  ctx.db.insert(budgetControls).values({ id: ctx.ids.make("bud"), childId: family.childId, guardianId, currency: "KES", weeklyLimit: 1000, createdAt: 0, updatedAt: 0 });

test("FAM-6: a child's guardians are told to its guardians and itself, the primary first", async () => {
  const { ctx, family, primary } = await household();
  const { items } = (await (await api("GET", `/guardianships?childId=${family.childId}`, { token: primary })).json()) as { items: View[] };
  expect(items.map((item) => item.guardianId)).toEqual([family.guardianId, family.otherGuardianId, family.viewerId]);
  expect(items[2]!.rights).toEqual(VIEW_ONLY);
  expect((await api("GET", `/guardianships?childId=${family.childId}`, { token: await signedIn(ctx, family.childId) })).status).toBe(200);
  const stranger = await signedIn(ctx, (await makeFamily(ctx)).guardianId);
  expect((await api("GET", `/guardianships?childId=${family.childId}`, { token: stranger })).status).toBe(404);
  expect((await api("GET", `/guardianships/${items[0]!.id}`, { token: stranger })).status).toBe(404);
});

test("FAM-6: changing rights takes a step-up, counts as a change of rules, tells the person and is history", async () => {
  const { ctx, family, primary } = await household();
  const id = await idOf(ctx, family.viewerId, family.childId);
  const rights = { ...VIEW_ONLY, canApprovePurchases: true };
  const unproven = await api("PATCH", `/guardianships/${id}`, { token: await signedIn(ctx, family.guardianId), body: { rights } });
  expect([unproven.status, await unproven.json()]).toMatchObject([403, { code: "step_up_required" }]);
  const before = await revision(ctx, family.childId);
  expect(await (await api("PATCH", `/guardianships/${id}`, { token: primary, body: { rights } })).json()).toMatchObject({ rights });
  expect(await revision(ctx, family.childId)).toBe(before + 1);
  expect(await ctx.db.select().from(notifications).where(eq(notifications.userId, family.viewerId))).toMatchObject([{ type: "guardianship.changed", childId: family.childId }]);
  const history = (await (await api("GET", `/guardianships/${id}/history`, { token: primary })).json()) as { items: object[] };
  expect(history.items).toMatchObject([{ action: "guardianship.changed", by: { id: family.guardianId }, details: { old: { canApprovePurchases: false }, new: { canApprovePurchases: true } } }]);
  // The same again changes nothing and tells nobody.
  await api("PATCH", `/guardianships/${id}`, { token: primary, body: { rights } });
  expect(await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).toHaveLength(1);
});

test("FAM-6: relationship and contact priority need no step-up", async () => {
  const { ctx, family } = await household();
  const id = await idOf(ctx, family.viewerId, family.childId);
  const token = await signedIn(ctx, family.guardianId);
  expect(await (await api("PATCH", `/guardianships/${id}`, { token, body: { relationship: "grandparent", contactPriority: 5 } })).json()).toMatchObject({ relationship: "grandparent", contactPriority: 5 });
  expect((await api("PATCH", `/guardianships/${id}`, { token, body: { contactPriority: 0 } })).status).toBe(400);
});

test("FAM-6: who is not primary changes nobody, and a foreign guardianship is not found", async () => {
  const { ctx, family, other } = await household();
  const id = await idOf(ctx, family.viewerId, family.childId);
  const doors = (token: string) => Promise.all([
    api("PATCH", `/guardianships/${id}`, { token, body: { rights: ALL_RIGHTS } }), api("DELETE", `/guardianships/${id}`, { token }), api("PUT", `/guardianships/${id}/primary`, { token }),
    api("POST", "/guardianships", { token, body: { childId: family.childId, guardianId: family.viewerId, relationship: "other" } }),
  ]);
  expect((await doors(other)).map((answer) => answer.status)).toEqual([403, 403, 403, 403]);
  const stranger = await signedIn(ctx, (await makeFamily(ctx)).guardianId, { steppedUp: true });
  expect((await doors(stranger)).map((answer) => answer.status)).toEqual([404, 404, 404, 404]);
  expect(await row(ctx, id)).toMatchObject({ ...VIEW_ONLY, active: true, isPrimary: false });
});

test("FAM-6: the right to approve taken away retires the budget rule of that guardian", async () => {
  const { ctx, family, primary } = await household();
  await control(ctx, family, family.otherGuardianId);
  await api("PATCH", `/guardianships/${await idOf(ctx, family.otherGuardianId, family.childId)}`, { token: primary, body: { rights: VIEW_ONLY } });
  expect(await ctx.db.select().from(budgetControls).where(eq(budgetControls.guardianId, family.otherGuardianId))).toMatchObject([{ active: false }]);
});

test("FAM-6: ending takes the rights and the budget rule at once, and stays on record", async () => {
  const { ctx, family, primary } = await household();
  await control(ctx, family, family.otherGuardianId);
  const id = await idOf(ctx, family.otherGuardianId, family.childId);
  expect((await api("DELETE", `/guardianships/${id}`, { token: primary })).status).toBe(204);
  expect(await row(ctx, id)).toMatchObject({ active: false });
  expect((await row(ctx, id)).endsAt).not.toBeNull();
  expect(await ctx.db.select().from(budgetControls).where(eq(budgetControls.guardianId, family.otherGuardianId))).toMatchObject([{ active: false }]);
  expect(await revision(ctx, family.childId)).toBe(1);
  const gone = await signedIn(ctx, family.otherGuardianId);
  expect((await api("GET", `/children/${family.childId}`, { token: gone })).status).toBe(404);
  expect((await api("GET", `/children/${family.siblingId}`, { token: gone })).status).toBe(200);
  expect(((await (await api("GET", `/guardianships/${id}/history`, { token: primary })).json()) as { items: object[] }).items).toMatchObject([{ action: "guardianship.ended" }]);
});

test("FAM-6: the primary guardian hands over before leaving", async () => {
  const { ctx, family, primary } = await household();
  const [own, next] = [await idOf(ctx, family.guardianId, family.childId), await idOf(ctx, family.otherGuardianId, family.childId)];
  expect(await (await api("DELETE", `/guardianships/${own}`, { token: primary })).json()).toMatchObject({ code: "conflict", detail: "Make somebody else the primary guardian first." });
  expect((await api("PUT", `/guardianships/${next}/primary`, { token: primary })).status).toBe(200);
  expect(await primaries(ctx, family.childId)).toEqual([family.otherGuardianId]);
  expect((await api("DELETE", `/guardianships/${own}`, { token: primary })).status).toBe(204);
});

test("FAM-6: one primary for each child, also when it is handed to two at once", async () => {
  const { ctx, family, primary } = await household();
  const targets = [await idOf(ctx, family.otherGuardianId, family.childId), await idOf(ctx, family.viewerId, family.childId)];
  const answers = await Promise.all(targets.map((id) => api("PUT", `/guardianships/${id}/primary`, { token: primary })));
  expect(answers.map((answer) => answer.status).filter((status) => status === 200)).toHaveLength(1);
  expect(await primaries(ctx, family.childId)).toHaveLength(1);
  expect(await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.childId, family.childId), eq(auditEvents.action, "guardianship.made_primary")))).toHaveLength(1);
});

test("FAM-6: the last guardian cannot be left, also when all others go at once", async () => {
  const ctx = testContext(Date.now());
  const child = await makeUser(ctx, "child");
  // No primary: what is left when an administrator took one away.
  const adults = await Promise.all([1, 2, 3, 4].map(() => makeUser(ctx, "adult")));
  const ids = await Promise.all(adults.map((adult) => makeGuardianship(ctx, adult, child)));
  const tokens = await Promise.all(adults.map((adult) => signedIn(ctx, adult, { steppedUp: true })));
  const answers = await Promise.all(ids.map((id, at) => api("DELETE", `/guardianships/${id}`, { token: tokens[at]! })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([204, 204, 204, 409]);
  expect(await ctx.db.select().from(guardianships).where(and(eq(guardianships.childId, child), eq(guardianships.active, true)))).toHaveLength(1);
  expect(await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.childId, child), eq(auditEvents.action, "guardianship.ended")))).toHaveLength(3);
});

test("FAM-6: an adult of the family is made a guardian of one child, and of that child only", async () => {
  const { ctx, family, primary } = await household();
  const aunt = await makeUser(ctx, "adult");
  const body = { childId: family.childId, guardianId: aunt, relationship: "other", rights: VIEW_ONLY };
  expect((await api("POST", "/guardianships", { token: primary, body })).status).toBe(404);
  await ctx.db.insert(familyMembers).values({ familyId: family.familyId, userId: aunt, role: "guardian", joinedAt: Date.now() });
  const answers = await Promise.all([1, 2].map(() => api("POST", "/guardianships", { token: primary, body })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
  const token = await signedIn(ctx, aunt);
  expect((await api("GET", `/children/${family.childId}`, { token })).status).toBe(200);
  expect((await api("GET", `/children/${family.siblingId}`, { token })).status).toBe(404);
});

test("FAM-6: a primary guardian who handed over a moment ago changes nothing any more", async () => {
  const { ctx, family, primary } = await household();
  const [next, viewer] = [await idOf(ctx, family.otherGuardianId, family.childId), await idOf(ctx, family.viewerId, family.childId)];
  const answers = await Promise.all([
    api("PUT", `/guardianships/${next}/primary`, { token: primary }),
    ...Array.from({ length: 6 }, (_, at) => api("PATCH", `/guardianships/${viewer}`, { token: primary, body: { contactPriority: at + 4 } })),
  ]);
  expect(answers[0]!.status).toBe(200);
  const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.childId, family.childId)).orderBy(auditEvents.at, auditEvents.id);
  expect(answers.slice(1).every((answer) => [200, 403, 409].includes(answer.status))).toBe(true);
  expect(events.filter((event) => event.action === "guardianship.changed")).toHaveLength(answers.slice(1).filter((answer) => answer.status === 200).length);
});

test("FAM-6: the page of a guardianship says what its reader may do about it, and how it came to be so", async () => {
  const { ctx, family, primary } = await household();
  const id = await idOf(ctx, family.viewerId, family.childId);
  const endsAt = Date.now() + 7 * DAY;
  await api("PATCH", `/guardianships/${id}`, { token: primary, body: { rights: { ...VIEW_ONLY, canScheduleLessons: true }, endsAt: new Date(endsAt).toISOString() } });
  const page = async (userId: string) => loadGuardianship(ctx, await actorOf(ctx, userId), id);
  const nothing = { change: false, end: false, makePrimary: false, lend: false, viewAs: false };
  expect(await page(family.guardianId)).toMatchObject({ preset: null, over: false, comes: false, isMine: false, may: { ...nothing, change: true, end: true, viewAs: true } });
  expect((await page(family.guardianId)).history).toMatchObject([{ action: "guardianship.changed", by: "Guardian", changed: expect.arrayContaining(["canScheduleLessons", "endsAt"]) as unknown }]);
  expect((await page(family.viewerId)).may).toEqual({ ...nothing, end: true, lend: true });
  expect((await page(family.otherGuardianId)).may).toEqual(nothing);
  expect((await page(family.otherGuardianId)).candidates.map((adult) => adult.id)).not.toContain(family.viewerId);
  ctx.setNow(endsAt);
  const late = await loadGuardianship(ctx, await actorOf(ctx, family.guardianId), id);
  expect(late).toMatchObject({ over: true, may: nothing });
  await api("DELETE", `/guardianships/${id}`, { token: primary });
  expect((await page(family.guardianId)).history.map(({ changed }) => changed.length > 0)).toEqual(expect.arrayContaining([true, false]));
  await expect(loadGuardianship(ctx, await actorOf(ctx, (await makeFamily(ctx)).guardianId), id)).rejects.toMatchObject({ code: "not_found" });
});

test("FAM-6: whose child is no longer theirs when the page is read finds nothing", async () => {
  const { ctx, family } = await household();
  const guardian = await actorOf(ctx, family.viewerId);
  await ctx.db.update(guardianships).set({ active: false }).where(eq(guardianships.guardianId, family.viewerId));
  for (const read of [getChild, loadChild]) await expect(read(ctx, guardian, family.childId)).rejects.toMatchObject({ code: "not_found" });
});
