import { expect, test } from "vitest";
import { requestRefund } from "#app/domain/payments/request-refund.server.ts";
import { verifyLedger } from "#app/domain/payments/verify-ledger.server.ts";
import { actorOf, runJobs } from "#tests/world.ts";
import { bought, payingHome, type PayingHome } from "./paying-family.ts";

const verify = async (at: PayingHome) => verifyLedger(at.ctx, await actorOf(at.ctx, at.adminId));
const faults = async (at: PayingHome) => (await verify(at)).problems.map(({ code, subject }) => `${code} ${subject}`);
const tamper = (at: PayingHome, sql: string, ...values: unknown[]) => at.ctx.db.$client.prepare(sql).bind(...values).run();

test("PAY-11: books with payments, a failure and a refund agree with themselves", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  await bought(at, 70_000);
  await requestRefund(at.ctx, await actorOf(at.ctx, at.adminId, { steppedUp: true }), paymentId, { amount: { amount: 10_000, currency: "KES" }, reason: "A part" });
  await runJobs(at.ctx);
  expect(await verify(at)).toEqual({
    balanced: true, entries: 9, problems: [],
    trial: [{ unit: "KES", debits: 460_000, credits: 460_000 }, { unit: "minutes", debits: 1240, credits: 1240 }],
  });
});

test("PAY-11: a tampered balance is found and named", async () => {
  const at = await payingHome();
  await bought(at);
  await tamper(at, "UPDATE ledger_balances SET balance = balance + 1 WHERE account = ? AND unit = 'minutes'", `student:${at.childId}`);
  const { balanced, problems } = await verify(at);
  expect(balanced).toBe(false);
  expect(problems).toContainEqual({ code: "balance_cache", subject: `student:${at.childId} minutes`, expected: 600, found: 601 });
  await tamper(at, "UPDATE ledger_balances SET balance = balance - 1 WHERE account = ? AND unit = 'minutes'", `student:${at.childId}`);
  expect(await faults(at)).toEqual([]);
});

test("PAY-11: a tampered budget period is found and named", async () => {
  const at = await payingHome();
  await bought(at);
  await tamper(at, "UPDATE budget_periods SET spent = spent - 5, reserved = 7 WHERE child_id = ? AND kind = 'week'", at.childId);
  expect(await faults(at)).toEqual([`period_reserved ${at.childId} week 2026-11-23`, `period_spent ${at.childId} week 2026-11-23`]);
});

test("PAY-11: a payment said to be paid without entries, and entries of an unpaid one, are found", async () => {
  const at = await payingHome();
  const paid = await bought(at);
  const waiting = await payingHome(null);
  const open = await bought(waiting);
  await tamper(at, "UPDATE payments SET status = 'failed' WHERE id = ?", paid.paymentId);
  await tamper(at, "UPDATE payments SET status = 'succeeded' WHERE id = ?", open.paymentId);
  expect((await faults(at)).map((fault) => fault.split(" ")[0])).toEqual(["posted_unpaid", "posted_unpaid", "posted_unpaid", "reservation_without_payment"]);
  expect(await faults(waiting)).toContain(`payment_not_posted ${open.paymentId}`);
  expect(await faults(waiting)).toContain(`payment_without_reservation ${open.paymentId}`);
});

test("PAY-11: a refund that left no entries and a status that says more than went back are found", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  await tamper(at, "UPDATE payments SET status = 'refunded' WHERE id = ?", paymentId);
  expect(await faults(at)).toEqual([`refund_status ${paymentId}`]);
});

test("PAY-11: the ledger is append-only", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  await expect(tamper(at, "UPDATE ledger_entries SET amount = 1 WHERE payment_id = ?", paymentId)).rejects.toThrow("ledger_is_append_only");
  await expect(tamper(at, "DELETE FROM ledger_entries WHERE payment_id = ?", paymentId)).rejects.toThrow("ledger_is_append_only");
});

test("PAY-11: an administrator verifies the own school and sees nothing of another", async () => {
  const [at, elsewhere] = [await payingHome(), await payingHome()];
  await bought(at);
  await tamper(at, "UPDATE budget_periods SET spent = spent + 1 WHERE child_id = ?", at.childId);
  expect(await verify(elsewhere)).toEqual({ balanced: true, entries: 0, trial: [], problems: [] });
  await expect(verifyLedger(at.ctx, at.guardian)).rejects.toMatchObject({ code: "forbidden" });
});
