import { commit } from "#db/client.ts";
import { insertMethod, selectCoGuardians, selectCustomerUser, userOfCustomer } from "#db/payment-methods.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { wasFirst } from "../races.server.ts";
import { tellCoGuardians } from "./tell-co-guardians.server.ts";

/** Saves the card of a finished set-up for the person whose it is. The webhook and the return page both come here; once counts. */
export async function keepCard(ctx: AppContext, setupRef: string): Promise<void> {
  const card = await ctx.payments.fetchSetupCard(setupRef);
  if (!card) return;
  const { customerRef, ...shown } = card;
  const [[owner], others] = await ctx.db.batch([selectCustomerUser(ctx.db, customerRef), selectCoGuardians(ctx.db, userOfCustomer(customerRef), ctx.clock.now())]);
  if (!owner) return;
  const id = ctx.ids.make("card");
  const told = tellCoGuardians(ctx, owner, others, { id, ...shown }, "added");
  const kept = commit(ctx.db, [
    insertMethod(ctx.db, { id, userId: owner.userId, provider: "stripe", ...shown, createdAt: ctx.clock.now() }),
    record(ctx, owner, { action: "payment_method.added", subjectId: id, details: { brand: card.brand, last4: card.last4 } }),
    ...told.writes,
  ]);
  if (await wasFirst(kept, "UNIQUE payment_methods.provider_ref")) await ctx.jobs.ring(told.jobIds);
}
