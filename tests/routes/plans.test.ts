import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { plans } from "#db/schema/schools.ts";
import { makeFamily, makeSchool, testContext, unique } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

test("PUR-1, EDGE-1: an administrator offers, changes and withdraws a plan by plain forms", async () => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const person = await visitor(ctx, school.adminId);
  expect(await (await person.open("/admin")).text()).toContain('href="/admin/plans"');
  const name = unique("Lesson");
  const form = { name, kind: "hours", price: "1,250.50", currency: "KES", hours: "1,5" };
  const at = `/admin/plans?school=${school.schoolId}`;
  const wrong = await person.post(at, { ...form, price: "much" });
  expect([wrong.status, (await wrong.text()).includes('value="much"')]).toEqual([400, true]);
  expect((await person.post(at, form)).headers.get("Location")).toBe("/admin/plans?done=created");
  const [plan] = await ctx.db.select().from(plans).where(eq(plans.name, name));
  expect(plan).toMatchObject({ price: 125_050, minutes: 90, currency: "KES", active: true });
  expect(await (await person.open(`/admin/plans?change=${plan!.id}`)).text()).toContain('value="1250.50"');
  await person.post(`/admin/plans?change=${plan!.id}`, { name, price: "1300", currency: "KES", hours: "2" });
  await person.post(`/admin/plans?change=${plan!.id}`, { active: "no" });
  expect((await ctx.db.select().from(plans).where(eq(plans.name, name)))[0]).toMatchObject({ price: 130_000, minutes: 120, active: false });
});

test("PUR-1: the plans page is the administrator's, and only of their own school", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeSchool(ctx)];
  expect((await (await visitor(ctx, family.guardianId)).open("/admin/plans")).status).toBe(403);
  const person = await visitor(ctx, other.adminId);
  const page = await person.open("/admin/plans");
  expect(page.headers.get("Server-Timing")).toContain("2 trips");
  expect(await page.text()).not.toContain(family.planId);
  expect((await person.post(`/admin/plans?change=${family.planId}`, { active: "no" })).status).toBe(404);
  expect((await person.post(`/admin/plans?school=${family.schoolId}`, { name: "Mine", kind: "one_off", price: "1", currency: "KES" })).status).toBe(404);
});
