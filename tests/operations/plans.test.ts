import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEvents } from "#db/schema/operation.ts";
import { memberships } from "#db/schema/schools.ts";
import { api, makeFamily, makePlan, makeSchool, signedIn, testContext } from "#tests/world.ts";

type PlanView = { id: string; name: string; kind: string; price: { amount: number; currency: string }; hours?: number; active: boolean };
const list = async (answer: Response) => ((await answer.json()) as { items: PlanView[] }).items;
const KES = (amount: number) => ({ amount, currency: "KES" });

test("PUR-1: the plans of the schools in which the student is active, and of no other", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  await makeSchool(ctx);
  const token = await signedIn(ctx, family.guardianId);
  const [plan, ...rest] = await list(await api("GET", `/plans?studentId=${family.childId}`, { token }));
  expect(plan).toMatchObject({ id: family.planId, kind: "hours", price: KES(150_000), hours: 10 });
  expect(rest).toEqual([]);
  expect(await list(await api("GET", `/plans?studentId=${family.childId}`, { token: await signedIn(ctx, family.childId) }))).toHaveLength(1);
  await ctx.db.update(memberships).set({ active: false }).where(and(eq(memberships.userId, family.childId), eq(memberships.role, "student")));
  expect(await list(await api("GET", `/plans?studentId=${family.childId}`, { token }))).toEqual([]);
});

test("PUR-1: the plans of a foreign child are not found", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeFamily(ctx)];
  expect((await api("GET", `/plans?studentId=${family.childId}`, { token: await signedIn(ctx, other.guardianId) })).status).toBe(404);
  expect((await api("GET", "/plans", { token: await signedIn(ctx, other.guardianId) })).status).toBe(400);
});

test("PUR-1: an administrator offers, changes and withdraws a plan, and it is on record", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const token = await signedIn(ctx, family.adminId);
  const created = await api("POST", `/schools/${family.schoolId}/plans`, { token, body: { name: "Trial lesson", kind: "hours", price: KES(50_000), hours: 1.5 } });
  expect(created.status).toBe(201);
  const plan = (await created.json()) as PlanView;
  expect(plan).toMatchObject({ hours: 1.5, price: KES(50_000), active: true });
  expect(await (await api("PATCH", `/plans/${plan.id}`, { token, body: { price: KES(60_000) } })).json()).toMatchObject({ name: "Trial lesson", price: KES(60_000) });
  await api("PATCH", `/plans/${plan.id}`, { token, body: { active: false } });
  const offered = await list(await api("GET", `/plans?studentId=${family.childId}`, { token: await signedIn(ctx, family.guardianId) }));
  expect(offered.map((item) => item.id)).toEqual([family.planId]);
  const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, plan.id));
  expect(events.map((event) => event.action).sort()).toEqual(["plan.changed", "plan.changed", "plan.created"]);
  expect(events.every((event) => event.schoolId === family.schoolId && event.actorId === family.adminId)).toBe(true);
});

test("PUR-1: a repeated create under one Idempotency-Key offers one plan", async () => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const token = await signedIn(ctx, school.adminId);
  const body = { name: "Once", kind: "one_off", price: KES(1000) };
  const asked = () => api("POST", `/schools/${school.schoolId}/plans`, { token, body, headers: { "Idempotency-Key": "same-key" } });
  const plans = await Promise.all([asked(), asked(), asked()].map(async (answer) => ((await (await answer).json()) as PlanView).id));
  expect(new Set(plans).size).toBe(1);
});

test("PUR-1: a plan of another school is not found, and an ordinary member may not administer", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeSchool(ctx)];
  const stranger = await signedIn(ctx, other.adminId);
  expect((await api("PATCH", `/plans/${family.planId}`, { token: stranger, body: { name: "Mine" } })).status).toBe(404);
  expect((await api("POST", `/schools/${family.schoolId}/plans`, { token: stranger, body: { name: "Mine", kind: "one_off", price: KES(1) } })).status).toBe(404);
  const child = await signedIn(ctx, family.childId);
  expect((await api("PATCH", `/plans/${family.planId}`, { token: child, body: { name: "Mine" } })).status).toBe(404);
  expect((await api("POST", `/schools/${family.schoolId}/plans`, { token: child, body: { name: "Mine", kind: "one_off", price: KES(1) } })).status).toBe(403);
});

test.each([
  ["price", { price: KES(0) }],
  ["price.amount", { price: KES(-5) }],
  ["price.amount", { price: KES(1.5) }],
  ["price.currency", { price: { amount: 100, currency: "USD" } }],
  ["price.currency", { price: { amount: 100, currency: "XXQ" } }],
  ["hours", { hours: undefined }],
  ["hours", { hours: 0.3 }],
  ["hours", { kind: "one_off" }],
  ["name", { name: "  " }],
])("PUR-1: a plan with a bad %s is refused at that field", async (path, wrong) => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const good = { name: "Plan", kind: "hours", price: KES(1000), hours: 2 };
  const answer = await api("POST", `/schools/${school.schoolId}/plans`, { token: await signedIn(ctx, school.adminId), body: { ...good, ...wrong } });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { errors: { path: string }[] }).errors.map((error) => error.path)).toContain(path);
});

test("PUR-1: the last plan stays after a withdrawn one is offered again", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const planId = await makePlan(ctx, family.schoolId, 700, null);
  const token = await signedIn(ctx, family.adminId);
  for (const active of [false, true]) await api("PATCH", `/plans/${planId}`, { token, body: { active } });
  expect((await list(await api("GET", `/plans?studentId=${family.childId}`, { token: await signedIn(ctx, family.guardianId) }))).map((item) => item.id)).toContain(planId);
});

test.each([
  ["price.currency", { price: { amount: 100, currency: "USD" } }, 400],
  ["hours", { hours: 2 }, 400],
  ["hours", { hours: 0 }, 400],
  [undefined, {}, 200],
])("PUR-1: a plan keeps its currency and its kind; where nothing is said of it nothing is changed (%s)", async (path, change, status) => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const planId = await makePlan(ctx, school.schoolId, 700, null);
  const answer = await api("PATCH", `/plans/${planId}`, { token: await signedIn(ctx, school.adminId), body: change });
  const body = (await answer.json()) as { errors?: { path: string }[]; price?: object };
  expect([answer.status, body.errors?.[0]?.path, body.price]).toEqual([status, path, status === 200 ? KES(700) : undefined]);
  expect(await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, planId))).toEqual([]);
});

test("PUR-1: the hours of a package are changed", async () => {
  const ctx = testContext(Date.now());
  const { planId, adminId } = await makeSchool(ctx);
  expect(await (await api("PATCH", `/plans/${planId}`, { token: await signedIn(ctx, adminId), body: { hours: 2.25 } })).json()).toMatchObject({ hours: 2.25 });
  expect(await ctx.db.select({ details: auditEvents.details }).from(auditEvents).where(eq(auditEvents.subjectId, planId))).toEqual([{ details: { old: { minutes: 600 }, new: { minutes: 135 } } }]);
});
