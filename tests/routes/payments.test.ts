import { expect, test } from "vitest";
import { payAt } from "#tests/vendors/client.ts";
import { visitor } from "#tests/visit.ts";
import { bought, hear, payingHome, payment, type PayingHome } from "#tests/operations/payments/paying-family.ts";
import { runJobs } from "#tests/world.ts";

async function nowHome(card: string | null = "pm_card_visa"): Promise<PayingHome> {
  const at = await payingHome(card);
  at.ctx.setNow(Date.now());
  return at;
}

const trips = (answer: Response) => Number(/(\d+) trips/.exec(answer.headers.get("Server-Timing") ?? "")?.[1]);

test("PAY-1: without a script a guardian goes from the pay page to Checkout and back to the truth", async () => {
  const at = await nowHome(null);
  const { requestId, paymentId } = await bought(at);
  const guardian = await visitor(at.ctx, at.guardianId);
  expect(await (await guardian.open("/finance")).text()).toContain(`/finance/pay/${paymentId}`);
  const page = await guardian.open(`/finance/pay/${paymentId}`);
  expect(await page.text()).toContain("Pay on the payment page");
  expect(trips(page)).toBeLessThanOrEqual(2);

  const gone = await guardian.post(`/finance/pay/${paymentId}`, { requestId, with: "checkout" });
  expect(gone.status).toBe(303);
  // Who asks, the payment, the claim, then the provider's answer (docs/decisions/011).
  expect(trips(gone)).toBe(4);
  const waiting = await guardian.open(`/finance/pay/${paymentId}?returned=1`);
  expect(waiting.headers.get("Refresh")).toBe(`4; url=/finance/pay/${paymentId}?returned=2`);
  expect((await guardian.open(`/finance/pay/${paymentId}?returned=4`)).headers.get("Refresh")).toBeNull();

  const { location } = await payAt(gone.headers.get("Location")!, "4242424242424242");
  const back = await guardian.open(location!.replace("http://localhost", ""));
  expect(back.headers.get("Refresh")).toBeNull();
  expect(await back.text()).toContain("It is paid, and added to the account.");
});

test("PAY-1: a failed payment says why, and is tried anew after a step-up", async () => {
  const at = await nowHome("pm_card_chargeDeclinedInsufficientFunds");
  const { requestId, paymentId } = await bought(at);
  const path = `/finance/pay/${paymentId}`;
  expect(await (await (await visitor(at.ctx, at.guardianId)).open(path)).text()).toContain("The card has not enough money.");
  const asked = await (await visitor(at.ctx, at.guardianId)).post(path, { requestId, with: "card" });
  expect(asked.status).toBe(403);
  expect(await asked.text()).toContain('name="with" value="card"');
  const tried = await (await visitor(at.ctx, at.guardianId, { steppedUp: true })).post(path, { requestId, with: "card" });
  expect(tried.status).toBe(303);
  expect(tried.headers.get("Location")).toMatch(/^\/finance\/pay\/pay_/);
  expect(tried.headers.get("Location")).not.toBe(path);
  expect(trips(tried)).toBe(3);
});

test("PAY-5: cards are saved, chosen and removed on their page", async () => {
  const at = await nowHome();
  const guardian = await visitor(at.ctx, at.guardianId, { steppedUp: true });
  const gone = await guardian.post("/finance/methods", { act: "add" });
  expect(gone.status).toBe(303);
  const { location } = await payAt(gone.headers.get("Location")!, "5555555555554444");
  const back = await guardian.open(location!.replace("http://localhost", ""));
  expect(back.headers.get("Location")).toBe("/finance/methods?just=added");
  await hear(at);
  const page = await guardian.open("/finance/methods?just=added");
  expect(trips(page)).toBeLessThanOrEqual(2);
  const html = await page.text();
  expect(html.match(/Mastercard ··4444/g)).toHaveLength(1);
  const stranger = await visitor(at.ctx, at.otherGuardianId);
  expect((await stranger.open(location!.replace("http://localhost", ""))).status).toBe(404);
  const methodId = /name="methodId" value="([^"]+)"/.exec(html)![1]!;
  expect((await guardian.post("/finance/methods", { act: "default", methodId })).headers.get("Location")).toBe("/finance/methods?just=default");
  expect((await guardian.post("/finance/methods", { act: "remove", methodId })).headers.get("Location")).toBe("/finance/methods?just=removed");
  expect(await (await guardian.open("/finance/methods")).text()).toContain("None of these cards pays by itself now");
});

test("PAY-6: the account page, kinder for the child, in two round trips", async () => {
  const at = await nowHome();
  await bought(at);
  const path = `/children/${at.childId}/account`;
  const forGuardian = await (await visitor(at.ctx, at.guardianId)).open(path);
  expect(trips(forGuardian)).toBeLessThanOrEqual(2);
  expect(await forGuardian.text()).toContain("10 hours left");
  expect(await (await (await visitor(at.ctx, at.childId)).open(path)).text()).toContain("Your family paid");
  expect((await (await visitor(at.ctx, at.siblingId)).open(path)).status).toBe(404);
});

test("PAY-9: the history lists what was paid", async () => {
  const at = await nowHome();
  const { paymentId } = await bought(at);
  const page = await (await visitor(at.ctx, at.guardianId)).open("/finance/history");
  expect(trips(page)).toBeLessThanOrEqual(2);
  expect(await page.text()).toContain(`/finance/pay/${paymentId}`);
});

test("PAY-10, PAY-11: the administrator sees the books and gives back, every field kept when it is wrong", async () => {
  const at = await nowHome();
  const { paymentId } = await bought(at);
  const admin = await visitor(at.ctx, at.adminId, { steppedUp: true });
  const books = await admin.open("/admin/payments?books");
  expect(trips(books)).toBeLessThanOrEqual(2);
  expect(await books.text()).toContain("The books agree: 3 entries");
  expect(await (await admin.open("/admin/payments")).text()).toContain(`?payment=${paymentId}`);
  const path = `/admin/payments?payment=${paymentId}`;
  const form = { paymentId, currency: "KES", amount: "2000", reason: "Course cancelled" };
  const wrong = await admin.post(path, form);
  expect(wrong.status).toBe(400);
  const html = await wrong.text();
  expect(html).toContain("This is more than is left of the payment.");
  expect(html).toContain('value="2000"');
  expect((await admin.post(path, { ...form, amount: "500" })).headers.get("Location")).toBe(`${path}&asked`);
  at.ctx.setNow(Date.now());
  await runJobs(at.ctx);
  expect(await (await admin.open(path)).text()).toContain("KES\u00a0500");
  expect((await payment(at, paymentId)).refunds).toMatchObject([{ status: "succeeded", amount: 50_000 }]);
  expect((await (await visitor(at.ctx, at.guardianId)).open("/admin/payments")).status).toBe(403);
});
