import { expect, test } from "vitest";
import { setBudgetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { actorOf, makeFamily, testContext, type Family, type TestContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

async function asked(ctx: TestContext, family: Family, message?: string): Promise<string> {
  return requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId, message });
}

async function world(weeklyLimit: number | null = null) {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  if (weeklyLimit !== null) {
    const currency = "KES";
    await setBudgetControl(ctx, await actorOf(ctx, family.guardianId), { childId: family.childId, weeklyLimit: { amount: weeklyLimit, currency }, monthlyLimit: null, autoApproveUpTo: null, approvalThreshold: null, rollover: "none" });
  }
  return { ctx, family };
}

test("PUR-3, DASH-1: the consequence is said before the approval, and what was done after it", async () => {
  const { ctx, family } = await world(500_000);
  const id = await asked(ctx, family, "For the <b>test</b>");
  const guardian = await visitor(ctx, family.guardianId, { steppedUp: true });
  expect(await (await guardian.open("/home")).text()).toContain(`href="/approvals/${id}"`);
  const page = await (await guardian.open(`/approvals/${id}`)).text();
  expect(page).toContain("KES\u00a03,500 of this week");
  expect(page).toContain("For the &lt;b&gt;test&lt;/b&gt;");
  expect(page).not.toContain("allowOverLimit");
  const done = await guardian.post(`/approvals/${id}`, { act: "approve", note: "Well done" });
  expect([done.status, done.headers.get("Location")]).toEqual([303, `/approvals/${id}?just=approved`]);
  const after = await (await guardian.open(`/approvals/${id}?just=approved`)).text();
  expect(after).toContain("You approved it.");
  expect(after).toContain("“Well done”");
  expect(after).not.toContain('value="approve"');
});

test("PUR-3, AUTH-8: without a recent step-up the form waits and nothing typed is lost", async () => {
  const { ctx, family } = await world();
  const id = await asked(ctx, family);
  const answer = await (await visitor(ctx, family.guardianId)).post(`/approvals/${id}`, { act: "approve", note: "Typed once" });
  expect(answer.status).toBe(403);
  const page = await answer.text();
  expect(page).toContain('action="/step-up"');
  expect(page).toContain('value="Typed once"');
  expect(page).toContain("<title>Confirm that it is you");
  // The frame stays: where one was is one tap away.
  expect(page).toContain('<a href="/approvals"');
});

test("PUR-3: over the limit takes the box that says so, which is there only then", async () => {
  const { ctx, family } = await world(100_000);
  const id = await asked(ctx, family);
  const guardian = await visitor(ctx, family.guardianId, { steppedUp: true });
  expect(await (await guardian.open(`/approvals/${id}`)).text()).toContain('name="allowOverLimit"');
  const refused = await guardian.post(`/approvals/${id}`, { act: "approve", note: "Kept" });
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain(">Kept</textarea>");
  expect((await guardian.post(`/approvals/${id}`, { act: "approve", allowOverLimit: "yes" })).status).toBe(303);
  expect(await (await guardian.open(`/approvals/${id}`)).text()).toContain("was passed by KES\u00a0500");
});

test("PUR-3: saying no asks why, at the field, and takes no step-up", async () => {
  const { ctx, family } = await world();
  const id = await asked(ctx, family);
  const guardian = await visitor(ctx, family.guardianId);
  const bare = await guardian.post(`/approvals/${id}`, { act: "deny" });
  expect(bare.status).toBe(400);
  expect(await bare.text()).toMatch(/<details open="">.*id="reason-problem"/s);
  expect((await guardian.post(`/approvals/${id}`, { act: "deny", reason: "After the holidays" })).headers.get("Location")).toBe(`/approvals/${id}?just=denied`);
  expect(await (await guardian.open("/approvals?show=denied")).text()).toContain(id);
  expect(await (await guardian.open("/approvals")).text()).not.toContain(id);
});

test("PUR-3: a decision that came second says who was first", async () => {
  const { ctx, family } = await world();
  const id = await asked(ctx, family);
  await (await visitor(ctx, family.otherGuardianId)).post(`/approvals/${id}`, { act: "deny", reason: "No" });
  const late = await (await visitor(ctx, family.guardianId, { steppedUp: true })).post(`/approvals/${id}`, { act: "approve" });
  expect(late.status).toBe(409);
  expect(await late.text()).toMatch(/Other guardian[^<]* has decided meanwhile/i);
});

test("PUR-3: who may only view sees why there is nothing to press; another family's guardian sees nothing", async () => {
  const { ctx, family } = await world();
  const id = await asked(ctx, family);
  const viewer = await visitor(ctx, family.viewerId, { steppedUp: true });
  const page = await (await viewer.open(`/approvals/${id}`)).text();
  expect(page).toContain("You may see this, but not decide.");
  expect(page).not.toContain('name="act"');
  expect((await viewer.post(`/approvals/${id}`, { act: "approve" })).status).toBe(403);
  const stranger = await visitor(ctx, (await makeFamily(ctx)).guardianId, { steppedUp: true });
  expect([(await stranger.open(`/approvals/${id}`)).status, (await stranger.post(`/approvals/${id}`, { act: "approve" })).status]).toEqual([404, 404]);
});

test("PUR-3: a child is led to their own page of the request", async () => {
  const { ctx, family } = await world();
  const id = await asked(ctx, family);
  const child = await visitor(ctx, family.childId);
  expect((await child.open(`/approvals/${id}`)).headers.get("Location")).toBe(`/requests/${id}`);
  expect((await child.open("/approvals")).headers.get("Location")).toBe("/requests");
});
