import { eq, inArray, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEvents } from "#db/schema/operation.ts";
import { providerEvents } from "#db/schema/payments.ts";
import { deliveries, signed } from "#tests/vendors/client.ts";
import { makePlan } from "#tests/world.ts";
import { ask, deliver, kes, payingFamily, read, untilPaid, type Asked, type PayingFamily } from "./paying-family.ts";

type Budget = { periods: { kind: string; limit: unknown; reserved: { amount: number }; spent: { amount: number }; left: { amount: number } | null }[] };
type Account = { hours: number; balance: { amount: number }; entries: { kind: string; amount: number; unit: string; paymentId: string }[] };
type Payments = { items: { id: string; status: string; amount: { amount: number } }[] };
type Verification = { balanced: boolean; entries: number; problems: unknown[] };

const auditOf = (at: PayingFamily, ids: string[]) => at.ctx.db.select().from(auditEvents).where(inArray(auditEvents.subjectId, ids)).orderBy(auditEvents.id);
const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** Budget, account, payments, ledger and audit log, as the API and the log tell them, agree to the cent. */
async function expectAgreement(at: PayingFamily, prices: number[], hours: number): Promise<void> {
  const paid = sum(prices);
  const { periods } = await read<Budget>(at.guardian.get(`/children/${at.childId}/budget`));
  for (const period of periods) expect(period).toMatchObject({ reserved: kes(0), spent: kes(paid) });

  const account = await read<Account>(at.child.get(`/students/${at.childId}/account?limit=100`));
  expect(account).toMatchObject({ hours, balance: kes(0) });
  const moved = (kind: string) => account.entries.filter((entry) => entry.kind === kind).map((entry) => entry.amount);
  expect(moved("payment").sort()).toEqual([...prices].sort());
  expect(sum(moved("purchase"))).toBe(-paid);
  expect(sum(moved("hours"))).toBe(hours * 60);

  const { items } = await read<Payments>(at.guardian.get(`/payments?studentId=${at.childId}&limit=100`));
  expect(items.map(({ status, amount }) => [status, amount.amount]).sort()).toEqual(prices.map((price) => ["succeeded", price]).sort());

  expect(await read<Verification>(at.admin.get("/admin/ledger/verification"))).toMatchObject({ balanced: true, entries: prices.length * 3, problems: [] });

  const audited = (await auditOf(at, items.map((payment) => payment.id))).filter((event) => event.action === "payment.succeeded");
  expect(audited.map((event) => event.details.amount).sort()).toEqual([...prices].sort());

  const charges = await deliveries(at.customer, "payment_intent.succeeded");
  expect(charges.map(({ payload }) => (JSON.parse(payload) as { data: { object: { amount: number } } }).data.object.amount).sort()).toEqual([...prices].sort());
}

test("PUR-2, PUR-3, PUR-4, PAY-1: three purchases of different size, decided by the rule, a guardian and the policy, are charged once each and all books agree", async () => {
  const at = await payingFamily();
  const [small, medium, large] = [await makePlan(at.ctx, at.schoolId, 50_000, 60), await makePlan(at.ctx, at.schoolId, 150_000, 600), await makePlan(at.ctx, at.schoolId, 400_000, 1200)];
  await read(at.guardian.post("/budget-controls", { childId: at.childId, weeklyLimit: kes(1_000_000), monthlyLimit: null, autoApproveUpTo: kes(100_000), approvalThreshold: kes(300_000), rollover: "none" }), 201);
  await read(at.guardian.put(`/children/${at.childId}/decision-policy`, { policy: "all" }));
  const offered = await read<{ items: { id: string }[] }>(at.child.get(`/plans?studentId=${at.childId}`));
  expect(offered.items.map((plan) => plan.id)).toEqual(expect.arrayContaining([small, medium, large]));

  const first = await ask(at.child, at.childId, small);
  expect(first).toMatchObject({ status: "approved", band: "automatic", decisions: [{ by: "rule", outcome: "approved" }], payment: { status: expect.stringMatching(/^(pending|processing|succeeded)$/) } });

  const second = await ask(at.child, at.childId, medium);
  expect(second).toMatchObject({ status: "pending", band: "single", decisions: [], payment: null });
  expect(await read(at.guardian.post(`/purchase-requests/${second.id}/approval`), 403)).toMatchObject({ code: "step_up_required" });
  await at.guardian.stepUp();
  expect(await read(at.guardian.post(`/purchase-requests/${second.id}/approval`, { note: "Well done" }))).toMatchObject({ status: "approved", decisions: [{ by: at.guardianId, outcome: "approved", note: "Well done" }] });

  const third = await ask(at.child, at.childId, large);
  expect(third).toMatchObject({ status: "pending", band: "policy" });
  expect(await read(at.guardian.post(`/purchase-requests/${third.id}/approval`))).toMatchObject({ status: "pending", payment: null, decisions: [{ by: at.guardianId }] });
  expect(await read(at.other.post(`/purchase-requests/${third.id}/approval`), 403)).toMatchObject({ code: "step_up_required" });
  await at.other.stepUp();
  expect(await read(at.other.post(`/purchase-requests/${third.id}/approval`))).toMatchObject({ status: "approved", decisions: [{ by: at.guardianId }, { by: at.otherGuardianId }] });

  for (const { id } of [first, second, third]) await untilPaid(at, id);
  const sent = await deliveries(at.customer);
  for (const { payload, signature } of [...sent, ...[...sent].reverse(), ...sent]) expect((await deliver(payload, signature)).status).toBe(200);
  for (const { id } of [first, second, third]) await untilPaid(at, id);

  await expectAgreement(at, [50_000, 150_000, 400_000], 31);
  const acts = async (id: string) => (await auditOf(at, [id])).map(({ action, actorId }) => [action, actorId]);
  expect(await acts(first.id)).toEqual(expect.arrayContaining([["purchase.asked", at.childId], ["purchase.approved", null]]));
  expect(await acts(second.id)).toEqual([["purchase.asked", at.childId], ["purchase.approved", at.guardianId]]);
  expect(await acts(third.id)).toEqual([["purchase.asked", at.childId], ["purchase.approval_given", at.guardianId], ["purchase.approved", at.otherGuardianId]]);
});

test("PAY-1: forged, stale, unknown and oversized webhooks change nothing", async () => {
  const at = await payingFamily();
  const id = `evt_${crypto.randomUUID()}`;
  const event = (type: string) => ({ id, object: "event", api_version: "2026-10-28.endive", created: 1, type, data: { object: { id: "pi_none", object: "payment_intent" } } });
  const stored = () => at.ctx.db.select().from(providerEvents).where(eq(providerEvents.eventId, id));
  const told = async (made: Promise<{ payload: string; signature: string }>) => made.then(({ payload, signature }) => deliver(payload, signature));

  expect((await told(signed(event("payment_intent.succeeded"), { secret: "whsec_of_somebody_else" }))).status).toBe(400);
  expect((await told(signed(event("payment_intent.succeeded"), { at: Date.now() - 3_600_000 }))).status).toBe(400);
  const { payload, signature } = await signed(event("payment_intent.succeeded"));
  expect((await deliver(payload.replace("pi_none", "pi_other"), signature)).status).toBe(400);
  expect((await deliver(payload, "")).status).toBe(400);
  expect((await told(signed(event("customer.subscription.updated")))).status).toBe(200);
  expect(await stored()).toEqual([]);

  const big = await signed({ ...event("payment_intent.succeeded"), padding: "x".repeat(1024 * 1024) });
  expect((await deliver(big.payload, big.signature)).status).toBe(413);
  expect(await stored()).toEqual([]);
});

test("Q-9: forty parallel approvals by two guardians over ten slots of budget: exactly ten succeed, and the ledger balances after the charges", async () => {
  const at = await payingFamily();
  const planId = await makePlan(at.ctx, at.schoolId, 10_000, 60);
  await read(at.guardian.post("/budget-controls", { childId: at.childId, weeklyLimit: kes(100_000), monthlyLimit: null, autoApproveUpTo: null, approvalThreshold: null, rollover: "none" }), 201);
  await Promise.all([at.guardian.stepUp(), at.other.stepUp()]);
  const asked: Asked[] = [];
  for (let count = 0; count < 20; count++) asked.push(await ask(at.child, at.childId, planId));

  const answers = await Promise.all(asked.flatMap(({ id }) => [at.guardian, at.other].map((by) => by.post(`/purchase-requests/${id}/approval`))));
  const statuses = answers.map((answer) => answer.status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  for (const answer of answers.filter(({ status }) => status !== 200)) expect(await answer.json()).toMatchObject({ status: 409, code: expect.stringMatching(/^(conflict|over_limit)$/) });

  const { items } = await read<{ items: Asked[] }>(at.guardian.get("/purchase-requests?status=approved&limit=100"));
  expect(items).toHaveLength(10);
  for (const { id } of items) await untilPaid(at, id);
  await expectAgreement(at, Array<number>(10).fill(10_000), 10);
  const left = (await read<Budget>(at.guardian.get(`/children/${at.childId}/budget`))).periods.find((period) => period.kind === "week")!.left;
  expect(left).toEqual(kes(0));
  expect(await at.ctx.db.select().from(auditEvents).where(like(auditEvents.action, "%.charge_returned"))).toEqual([]);
});
