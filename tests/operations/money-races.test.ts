import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { startPayment } from "#app/domain/payments/start-payment.server.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { reservations } from "#db/schema/purchases.ts";
import { askFor, setRule, weekOf } from "#tests/operations/purchases/family-budget.ts";
import { beforeCommit } from "#tests/before-commit.ts";
import { choose } from "#tests/vendors/client.ts";
import { bought, payingHome } from "./payments/paying-family.ts";

test("Q-9: a limit that is lowered while somebody approves counts", async () => {
  const at = await payingHome();
  const requestId = await askFor(at, 2000);
  const ctx = beforeCommit(at.ctx, () => setRule(at, at.other, { week: 1000 }));
  await expect(approvePurchase(ctx, at.guardian, requestId, { allowOverLimit: false })).rejects.toMatchObject({ code: "over_limit" });
  expect(await weekOf(at)).toMatchObject({ limit: 1000, reserved: 0 });
});

test("Q-9: a limit that is lowered while somebody pays anew counts", async () => {
  const at = await payingHome();
  await choose(at.customer, { payment: "decline" });
  const { requestId } = await bought(at, 2000);
  const ctx = beforeCommit(at.ctx, () => setRule(at, at.other, { week: 1000 }));
  await expect(startPayment(ctx, at.guardian, requestId, { with: "card" })).rejects.toMatchObject({ code: "over_limit" });
  expect(await weekOf(at)).toMatchObject({ limit: 1000, reserved: 0 });
  await startPayment(at.ctx, at.guardian, requestId, { with: "card", allowOverLimit: true });
  expect(await at.ctx.db.select({ status: reservations.status, overLimit: reservations.overLimit }).from(reservations).where(eq(reservations.requestId, requestId)).orderBy(reservations.id))
    .toEqual([{ status: "released", overLimit: false }, { status: "held", overLimit: true }]);
});
