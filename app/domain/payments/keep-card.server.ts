import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { findCustomerUser, insertMethod } from "#db/payment-methods.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { tellCoGuardians } from "./tell-co-guardians.server.ts";

/** Saves the card of a finished set-up for the person whose it is. The webhook and the return page both come here; once counts. */
export async function keepCard(ctx: AppContext, setupRef: string): Promise<void> {
  const card = await ctx.payments.fetchSetupCard(setupRef);
  const owner = card && (await findCustomerUser(ctx.db, card.customerRef));
  if (!card || !owner) return;
  const { customerRef: _customerRef, ...shown } = card;
  const id = ctx.ids.make("card");
  const told = await tellCoGuardians(ctx, owner, { id, ...shown }, "added");
  try {
    await commit(ctx.db, [
      insertMethod(ctx.db, { id, userId: owner.userId, provider: "stripe", ...shown, createdAt: ctx.clock.now() }),
      record(ctx, owner, { action: "payment_method.added", subjectId: id, details: { brand: card.brand, last4: card.last4 } }),
      ...told.writes,
    ]);
  } catch (error) {
    if (broke(error, "UNIQUE payment_methods.provider_ref")) return;
    throw error;
  }
  await ctx.jobs.ring(told.jobIds);
}
