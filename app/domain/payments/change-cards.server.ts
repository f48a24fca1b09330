import { commit } from "#db/client.ts";
import { clearDefault, getMethodRef, removeMethod, selectCoGuardians, selectCustomer, selectFamilyCurrency, selectMethod, setDefault } from "#db/payment-methods.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { planJob } from "../jobs.server.ts";
import { requireStepUp } from "../policy.ts";
import { customerOf, reaching } from "./customer.server.ts";
import { keepCard } from "./keep-card.server.ts";
import { tellCoGuardians } from "./tell-co-guardians.server.ts";

/** Opens the provider's page where the guardian enters a card. Throws step_up_required, provider_unavailable. */
export async function openCardSetup(ctx: AppContext, actor: Actor): Promise<{ checkoutRef: string; url: string }> {
  requireGuardian(actor);
  requireStepUp(actor, ctx.clock.now());
  const [[known], [family]] = await ctx.db.batch([selectCustomer(ctx.db, actor.userId), selectFamilyCurrency(ctx.db, actor.userId)]);
  const { customerRef, writes } = await reaching(customerOf(ctx, actor, known));
  if (writes.length > 0) await commit(ctx.db, writes);
  const { checkoutRef, url } = await reaching(ctx.payments.openCardSetup({ customerRef, currency: family?.currency ?? "KES", returnTo: `${ctx.settings.origin}/finance/methods` }));
  if (!url) throw new DomainError("provider_unavailable");
  return { checkoutRef, url };
}

/** The guardian is back from that page: if the card is there, it is kept now rather than when the webhook comes. */
export async function finishCardSetup(ctx: AppContext, actor: Actor, checkoutRef: string): Promise<void> {
  const checkout = await reaching(ctx.payments.fetchCheckout(checkoutRef));
  const [known] = await selectCustomer(ctx.db, actor.userId);
  if (!known || checkout.customerRef !== known.customerRef) throw notFound();
  if (checkout.setupRef) await reaching(keepCard(ctx, checkout.setupRef));
}

/** This card pays from now on. */
export async function makeDefault(ctx: AppContext, actor: Actor, methodId: string): Promise<void> {
  const { card, others } = await ownCard(ctx, actor, methodId);
  if (card.isDefault) return;
  const told = tellCoGuardians(ctx, actor, others, card, "default");
  await commit(ctx.db, [
    clearDefault(ctx.db, actor.userId),
    setDefault(ctx.db, actor.userId, methodId),
    record(ctx, actor, { action: "payment_method.made_default", subjectId: methodId, details: { brand: card.brand, last4: card.last4 } }),
    ...told.writes,
  ]);
  await ctx.jobs.ring(told.jobIds);
}

/** The card is gone here at once; the provider is told by a job. No other card takes its place unasked. */
export async function removeCard(ctx: AppContext, actor: Actor, methodId: string): Promise<void> {
  const { card, others } = await ownCard(ctx, actor, methodId);
  const told = tellCoGuardians(ctx, actor, others, card, "removed");
  const job = planJob(ctx, "detach-card", { methodId });
  await commit(ctx.db, [
    removeMethod(ctx.db, actor.userId, methodId, ctx.clock.now()),
    record(ctx, actor, { action: "payment_method.removed", subjectId: methodId, details: { brand: card.brand, last4: card.last4 } }),
    job.write,
    ...told.writes,
  ]);
  await ctx.jobs.ring([job.id, ...told.jobIds]);
}

export async function detachCard(ctx: AppContext, methodId: string): Promise<void> {
  const ref = await getMethodRef(ctx.db, methodId);
  if (ref) await ctx.payments.removeCard(ref);
}

/** The actor's own card, and whom a change of it concerns besides. */
async function ownCard(ctx: AppContext, actor: Actor, methodId: string) {
  const [[card], others] = await ctx.db.batch([selectMethod(ctx.db, actor.userId, methodId), selectCoGuardians(ctx.db, actor.userId, ctx.clock.now())]);
  if (!card) throw notFound();
  requireStepUp(actor, ctx.clock.now());
  return { card, others };
}

/** Cards belong to those who decide for a child. */
export function requireGuardian(actor: Actor): void {
  if (!actor.wards.some((ward) => ward.canApprovePurchases)) throw new DomainError("forbidden");
}
