import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { purchaseRequests } from "#db/schema/purchases.ts";
import { makePlan, makeSchool } from "#tests/world.ts";
import { ask, kes, payingFamily, read, untilPaid, type PayingFamily } from "./paying-family.ts";

/** What bad input gets: the status, and the field it is about. */
type Problem = { code: string; errors?: { path: string; message: string }[] };

let at: PayingFamily;
let stranger: PayingFamily;
beforeAll(async () => {
  [at, stranger] = [await payingFamily(), await payingFamily()];
  await Promise.all([at.guardian.stepUp(), at.other.stepUp(), stranger.guardian.stepUp(), at.admin.stepUp()]);
});

const refused = async (asked: Promise<Response>, status: number, code: string, path?: string) => {
  const problem = await read<Problem>(asked, status);
  expect(problem.code).toBe(code);
  if (path) expect(problem.errors?.map((error) => error.path)).toContain(path);
  return problem;
};

const badAmounts: [what: string, money: unknown, path: string][] = [
  ["negative", kes(-1), "amount"],
  ["fractional", kes(10.5), "amount"],
  ["overflowing", kes(1e15), "amount"],
  ["beyond what a number holds", kes(2 ** 53), "amount"],
  ["a text", { amount: "100", currency: "KES" }, "amount"],
  ["missing", { currency: "KES" }, "amount"],
  ["of no currency", { amount: 100, currency: "XQX" }, "currency"],
  ["a bare number", 100, ""],
];

describe.each(badAmounts)("an amount that is %s", (_what, money, part) => {
  const below = (field: string) => (part ? `${field}.${part}` : field);
  test.each(["weeklyLimit", "monthlyLimit", "autoApproveUpTo", "approvalThreshold"])("BUD-1: is refused at %s", async (field) => {
    await refused(at.guardian.post("/budget-controls", { childId: at.childId, [field]: money }), 400, "invalid_input", below(field));
  });
  test("BUD-2, PLAN, PAY-11: is refused at a preview, a price and a refund", async () => {
    await refused(at.guardian.post(`/children/${at.childId}/budget/preview`, { amount: money }), 400, "invalid_input", below("amount"));
    await refused(at.admin.post(`/schools/${at.schoolId}/plans`, { name: "Ten hours", kind: "hours", hours: 10, price: money }), 400, "invalid_input", below("price"));
    await refused(at.admin.post("/payments/pay_none/refunds", { amount: money, reason: "Moved away" }), 400, "invalid_input", below("amount"));
  });
});

test("BUD-1: a limit of 0 is a limit; a price or a preview of 0 is none", async () => {
  expect(await read(stranger.guardian.post("/budget-controls", { childId: stranger.childId, weeklyLimit: kes(0) }), 201)).toMatchObject({ weeklyLimit: kes(0) });
  await refused(at.guardian.post(`/children/${at.childId}/budget/preview`, { amount: kes(0) }), 400, "invalid_input", "amount");
  await refused(at.admin.post(`/schools/${at.schoolId}/plans`, { name: "Nothing", kind: "one_off", price: kes(0) }), 400, "invalid_input", "price");
});

test("BUD-1: another currency than the family's is refused at its field", async () => {
  for (const field of ["weeklyLimit", "monthlyLimit", "autoApproveUpTo", "approvalThreshold"])
    await refused(at.guardian.post("/budget-controls", { childId: at.childId, [field]: { amount: 100, currency: "USD" } }), 400, "invalid_input", field);
  await refused(at.guardian.post(`/children/${at.childId}/budget/preview`, { amount: { amount: 100, currency: "USD" } }), 400, "invalid_input", "amount");
});

test("BUD-1: A above T is refused, together or one after the other", async () => {
  await refused(at.guardian.post("/budget-controls", { childId: at.childId, autoApproveUpTo: kes(200), approvalThreshold: kes(100) }), 400, "invalid_input", "autoApproveUpTo");
  const { id } = await read<{ id: string }>(at.guardian.post("/budget-controls", { childId: at.childId, autoApproveUpTo: kes(100), approvalThreshold: kes(100) }), 201);
  await refused(at.guardian.patch(`/budget-controls/${id}`, { autoApproveUpTo: kes(101) }), 400, "invalid_input", "autoApproveUpTo");
  await refused(at.guardian.patch(`/budget-controls/${id}`, { approvalThreshold: kes(99) }), 400, "invalid_input", "autoApproveUpTo");
  await refused(at.other.patch(`/budget-controls/${id}`, { weeklyLimit: kes(1) }), 403, "forbidden");
});

test("PUR-2: a plan of another school, or none at all, is refused at its field", async () => {
  const elsewhere = await makeSchool(at.ctx);
  for (const planId of [elsewhere.planId, "plan_none", "", "x".repeat(61)]) await refused(at.child.post(`/students/${at.childId}/purchase-requests`, { planId }), 400, "invalid_input", "planId");
});

test("PUR-3: a child cannot approve the own request, nor a viewer or a school's administrator", async () => {
  const { id } = await ask(at.child, at.childId, at.planId);
  await at.child.stepUp();
  await refused(at.child.post(`/purchase-requests/${id}/approval`), 403, "forbidden");
  await refused(at.viewer.post(`/purchase-requests/${id}/approval`), 403, "forbidden");
  await refused(at.admin.post(`/purchase-requests/${id}/approval`), 404, "not_found");
  expect(await read(at.guardian.get(`/purchase-requests/${id}`))).toMatchObject({ status: "pending", decisions: [] });
});

test("PUR-6: after expiry nobody approves or denies; it can be renewed", async () => {
  const { id } = await ask(at.child, at.childId, at.planId);
  await at.ctx.db.update(purchaseRequests).set({ expiresAt: Date.now() - 1 }).where(eq(purchaseRequests.id, id));
  expect(await refused(at.guardian.post(`/purchase-requests/${id}/approval`), 409, "conflict")).toMatchObject({ state: "expired" });
  expect(await refused(at.guardian.post(`/purchase-requests/${id}/denial`, { reason: "No" }), 409, "conflict")).toMatchObject({ state: "expired" });
  expect(await read(at.child.post(`/purchase-requests/${id}/renewal`), 201)).toMatchObject({ status: "pending", renewalOf: id });
  await refused(at.child.post(`/purchase-requests/${id}/renewal`), 409, "conflict");
});

test("PUR-3: of two guardians at once one decides, and the other hears who did", async () => {
  for (let round = 0; round < 5; round++) {
    const { id } = await ask(at.child, at.childId, await makePlan(at.ctx, at.schoolId, 1000));
    const answers = await Promise.all([at.guardian.post(`/purchase-requests/${id}/approval`), at.other.post(`/purchase-requests/${id}/denial`, { reason: "No" })]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const winner = answers[0]!.status === 200 ? at.guardianId : at.otherGuardianId;
    expect(await answers.find((answer) => answer.status === 409)!.json()).toMatchObject({ code: "conflict", status: 409, decidedBy: winner });
  }
});

test("PAY-11: a refund of nothing, of too much or in another currency is refused at the amount", async () => {
  const { id } = await ask(at.child, at.childId, at.planId);
  await read(at.guardian.post(`/purchase-requests/${id}/approval`));
  const { payment } = await untilPaid(at, id);
  const refund = (amount: unknown) => at.admin.post(`/payments/${payment!.id}/refunds`, { amount, reason: "Moved away" });
  await refused(refund(kes(0)), 400, "invalid_input", "amount");
  await refused(refund(kes(150_001)), 400, "invalid_input", "amount");
  await refused(refund({ amount: 100, currency: "USD" }), 400, "invalid_input", "amount");
  await refused(at.guardian.post(`/payments/${payment!.id}/refunds`, { reason: "I want it back" }), 403, "forbidden");
});

test("Q-13: another family's ids are answered exactly like ids that never were", async () => {
  const request = await ask(stranger.child, stranger.childId, stranger.planId);
  await read(stranger.guardian.post(`/purchase-requests/${request.id}/approval`, { allowOverLimit: true }));
  const control = await read<{ id: string }>(stranger.guardian.post("/budget-controls", { childId: stranger.childId }), 201);
  const { payment } = await read<{ payment: { id: string } }>(stranger.guardian.get(`/purchase-requests/${request.id}`));
  const doors = (child: string, asked: string, rule: string, paid: string): [string, string, unknown?][] => [
    ["get", `/children/${child}/budget`], ["post", `/children/${child}/budget/preview`, { amount: kes(1) }], ["put", `/children/${child}/decision-policy`, { policy: "any" }],
    ["post", "/budget-controls", { childId: child }], ["patch", `/budget-controls/${rule}`, { weeklyLimit: null }],
    ["get", `/plans?studentId=${child}`], ["post", `/students/${child}/purchase-requests`, { planId: at.planId }], ["get", `/students/${child}/account`],
    ["get", `/purchase-requests/${asked}`], ["post", `/purchase-requests/${asked}/approval`], ["post", `/purchase-requests/${asked}/denial`, { reason: "No" }],
    ["post", `/purchase-requests/${asked}/renewal`], ["post", `/purchase-requests/${asked}/cancellation`],
    ["get", `/payments/${paid}`], ["post", "/payments", { requestId: asked }], ["post", `/payments/${paid}/refunds`, { reason: "Mine" }],
  ];
  const knock = async ([method, path, body]: [string, string, unknown?], by: PayingFamily["guardian"]) => (method === "get" ? by.get(path) : method === "put" ? by.put(path, body) : method === "patch" ? by.patch(path, body) : by.post(path, body ?? {}));
  const theirs = doors(stranger.childId, request.id, control.id, payment.id);
  const nobodys = doors("user_none", "pur_none", "bud_none", "pay_none");
  for (const by of [at.guardian, at.child, at.admin]) {
    for (const [index, door] of theirs.entries()) {
      const [answer, unknown] = [await knock(door, by), await knock(nobodys[index]!, by)];
      expect([door[0], door[1], answer.status, await answer.json()]).toEqual([door[0], door[1], 404, await unknown.json()]);
      expect(unknown.status).toBe(404);
    }
  }
  for (const list of ["/purchase-requests?limit=100", "/payments?limit=100", "/children"]) expect(JSON.stringify(await read(at.guardian.get(list)))).not.toContain(stranger.childId);
});

test("what is no JSON, no object or too large is refused before anything is read from it", async () => {
  const path = `/students/${at.childId}/purchase-requests`;
  for (const body of [null, [], "text", 5]) await refused(at.child.post(path, body), 400, "invalid_input");
  await refused(at.child.post(path, { planId: at.planId, message: "x".repeat(501) }), 400, "invalid_input", "message");
  await refused(at.child.post(path, { planId: "x".repeat(1024 * 1024) }), 413, "too_large");
});
