import { expect, test } from "vitest";
import { expectDocumented } from "#tests/documented.ts";
import { payAt } from "#tests/vendors/client.ts";
import { bought, hear, payingHome, type PayingHome } from "#tests/operations/payments/paying-family.ts";
import { api, makeFamily, signedIn } from "#tests/world.ts";

/** These walk through the front door by the real clock. */
async function nowHome(card: string | null = "pm_card_visa"): Promise<PayingHome> {
  const at = await payingHome(card);
  at.ctx.setNow(Date.now());
  return at;
}

async function ask(at: PayingHome, who: string, method: string, path: string, more: { body?: unknown; headers?: Record<string, string>; steppedUp?: boolean } = {}) {
  const { steppedUp, ...rest } = more;
  const answer = await api(method, path, { token: await signedIn(at.ctx, who, { steppedUp: steppedUp ?? false }), ...rest });
  await expectDocumented(method, path, answer);
  return { status: answer.status, body: (answer.status === 204 ? null : await answer.json()) as Record<string, unknown> & { items: unknown[]; entries: unknown[] } };
}

test("PAY-6: the account says hours, money and how they came to be, to the child and the guardians alone", async () => {
  const at = await nowHome();
  await bought(at);
  const path = `/students/${at.childId}/account`;
  for (const who of [at.guardianId, at.viewerId, at.childId]) {
    expect(await ask(at, who, "GET", path)).toMatchObject({ status: 200, body: { hours: 10, balance: { amount: 0, currency: "KES" }, nextCursor: null } });
  }
  const { body } = await ask(at, at.guardianId, "GET", path);
  expect(body.entries).toMatchObject([{ kind: "hours", amount: 600, unit: "minutes" }, { kind: "purchase", amount: -150_000 }, { kind: "payment", amount: 150_000, unit: "KES" }]);
  const first = await ask(at, at.guardianId, "GET", `${path}?limit=2`);
  expect(first.body.entries).toHaveLength(2);
  expect((await ask(at, at.guardianId, "GET", `${path}?limit=2&cursor=${String(first.body.nextCursor)}`)).body.entries).toHaveLength(1);
  const stranger = await makeFamily(at.ctx);
  for (const who of [stranger.guardianId, at.adminId, at.siblingId]) expect((await ask(at, who, "GET", path)).status).toBe(404);
});

test("PAY-9: payments are listed to guardians and to the school, and to nobody else", async () => {
  const at = await nowHome();
  const { paymentId } = await bought(at);
  for (const who of [at.guardianId, at.viewerId, at.childId, at.adminId]) {
    expect((await ask(at, who, "GET", "/payments")).body.items).toMatchObject([{ id: paymentId, status: "succeeded", amount: { amount: 150_000, currency: "KES" } }]);
    expect((await ask(at, who, "GET", `/payments/${paymentId}`)).body).toMatchObject({ refunds: [], refunded: { amount: 0, currency: "KES" }, checkoutUrl: null });
  }
  const stranger = await makeFamily(at.ctx);
  expect((await ask(at, stranger.guardianId, "GET", "/payments")).body.items).toEqual([]);
  expect((await ask(at, stranger.guardianId, "GET", `/payments/${paymentId}`)).status).toBe(404);
});

test("PAY-1: a payment is opened at Checkout; the same Idempotency-Key opens it once", async () => {
  const at = await nowHome(null);
  const { requestId, paymentId } = await bought(at);
  const more = { body: { requestId }, headers: { "Idempotency-Key": "pay-once" } };
  const first = await ask(at, at.guardianId, "POST", "/payments", more);
  expect(first).toMatchObject({ status: 201, body: { id: paymentId, status: "pending", checkoutUrl: expect.stringContaining("/c/pay/cs_test_") } });
  expect(await ask(at, at.guardianId, "POST", "/payments", more)).toEqual(first);
  expect(await ask(at, at.guardianId, "POST", "/payments", { ...more, body: { requestId, with: "card" } })).toMatchObject({ status: 409, body: { code: "conflict" } });
  expect((await ask(at, at.viewerId, "POST", "/payments", { body: { requestId } })).status).toBe(403);
  expect((await ask(at, at.adminId, "POST", "/payments", { body: { requestId } })).status).toBe(404);
  await payAt(String(first.body.checkoutUrl), "4242424242424242");
  await hear(at);
  expect(await ask(at, at.guardianId, "POST", "/payments", { body: { requestId } })).toMatchObject({ status: 409, body: { code: "conflict" } });
});

test("PAY-10: a refund by the API: step-up, bad amounts at their field, once by key", async () => {
  const at = await nowHome();
  const { paymentId } = await bought(at);
  const path = `/payments/${paymentId}/refunds`;
  const body = { reason: "Course cancelled", amount: { amount: 50_000, currency: "KES" } };
  expect(await ask(at, at.adminId, "POST", path, { body })).toMatchObject({ status: 403, body: { code: "step_up_required" } });
  expect(await ask(at, at.guardianId, "POST", path, { body, steppedUp: true })).toMatchObject({ status: 403, body: { code: "forbidden" } });
  for (const amount of [0, -1, 1.5, 150_001]) {
    expect(await ask(at, at.adminId, "POST", path, { body: { ...body, amount: { amount, currency: "KES" } }, steppedUp: true })).toMatchObject({ status: 400, body: { errors: [{ path: expect.stringMatching(/^amount/) }] } });
  }
  expect((await ask(at, at.adminId, "POST", path, { body: { reason: " " }, steppedUp: true })).body).toMatchObject({ errors: [{ path: "reason" }] });
  const more = { body, steppedUp: true, headers: { "Idempotency-Key": "refund-once" } };
  const first = await ask(at, at.adminId, "POST", path, more);
  expect(first).toMatchObject({ status: 201, body: { amount: body.amount, paymentId } });
  const again = await ask(at, at.adminId, "POST", path, more);
  expect([again.status, again.body.id ?? again.body.code]).toEqual([201, first.body.id]);
});

test("PAY-11: the ledger is verified for the school's administrator alone", async () => {
  const at = await nowHome();
  await bought(at);
  expect(await ask(at, at.adminId, "GET", "/admin/ledger/verification")).toMatchObject({ status: 200, body: { balanced: true, entries: 3, problems: [] } });
  expect((await ask(at, at.guardianId, "GET", "/admin/ledger/verification")).status).toBe(403);
});

test("PAY-5: cards are listed, chosen and removed by their owner with step-up; co-guardians are told", async () => {
  const at = await nowHome();
  const { body } = await ask(at, at.guardianId, "GET", "/payment-methods");
  const [card] = body.items as { id: string; isDefault: boolean }[];
  expect(card).toMatchObject({ last4: "4242", isDefault: true });
  expect((await ask(at, at.otherGuardianId, "GET", "/payment-methods")).body.items).toEqual([]);
  expect((await ask(at, at.childId, "GET", "/payment-methods")).status).toBe(403);
  expect((await ask(at, at.otherGuardianId, "DELETE", `/payment-methods/${card!.id}`, { steppedUp: true })).status).toBe(404);
  expect((await ask(at, at.guardianId, "DELETE", `/payment-methods/${card!.id}`)).body).toMatchObject({ code: "step_up_required" });
  expect((await ask(at, at.guardianId, "DELETE", `/payment-methods/${card!.id}`, { steppedUp: true })).status).toBe(204);
  expect((await ask(at, at.guardianId, "GET", "/payment-methods")).body.items).toEqual([]);
});

test("PAY-1: a card is saved at the provider's page and kept by webhook, once", async () => {
  const at = await nowHome(null);
  expect((await ask(at, at.guardianId, "POST", "/payment-methods")).body).toMatchObject({ code: "step_up_required" });
  const { body } = await ask(at, at.guardianId, "POST", "/payment-methods", { steppedUp: true });
  await payAt(String(body.checkoutUrl), "5555555555554444");
  await hear(at);
  expect((await ask(at, at.guardianId, "GET", "/payment-methods")).body.items).toMatchObject([{ brand: "mastercard", last4: "4444", isDefault: true }]);
});
