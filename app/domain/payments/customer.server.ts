import { findCustomerRef, insertCustomer } from "#db/payment-methods.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError } from "../errors.ts";
import { ProviderUnreachable } from "./payment-provider.ts";

/** Under which name the provider knows this guardian; made known on first use. */
export async function customerOf(ctx: AppContext, actor: Pick<Actor, "userId" | "name" | "email">): Promise<string> {
  const known = await findCustomerRef(ctx.db, actor.userId);
  if (known) return known;
  const customerRef = await ctx.payments.createCustomer(actor);
  await insertCustomer(ctx.db, { userId: actor.userId, provider: "stripe", customerRef });
  return (await findCustomerRef(ctx.db, actor.userId)) ?? customerRef;
}

/** For acts that a person waits for: an unreachable provider is said, not thrown as a fault of ours. */
export async function reaching<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ProviderUnreachable) throw new DomainError("provider_unavailable");
    throw error;
  }
}
