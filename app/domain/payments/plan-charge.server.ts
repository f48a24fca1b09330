import type { Write } from "#db/client.ts";
import { insertPayment } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import { planJob } from "../jobs.server.ts";
import { nextCheck } from "./rules.ts";

export type Payable = { requestId: string; studentId: string; familyId: string; schoolId: string; amount: number; currency: string };

/**
 * The payment of an approved purchase, to stand in the approval's batch. With a card it is charged by a job; without one it waits
 * for a guardian to pay by Checkout.
 */
export function planCharge(ctx: AppContext, payable: Payable, card: { methodId: string; userId: string } | null): { paymentId: string; writes: Write[]; jobIds: string[] } {
  const now = ctx.clock.now();
  const paymentId = ctx.ids.make("pay");
  const job = card && planJob(ctx, "start-charge", { paymentId });
  return {
    paymentId,
    writes: [
      insertPayment(ctx.db, { id: paymentId, ...payable, payerId: card?.userId ?? null, methodId: card?.methodId ?? null, provider: "stripe", status: "pending", createdAt: now, updatedAt: now, checkAt: nextCheck(now, now) }),
      ...(job ? [job.write] : []),
    ],
    jobIds: job ? [job.id] : [],
  };
}
