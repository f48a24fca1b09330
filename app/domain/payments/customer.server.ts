import type { Write } from "#db/client.ts";
import { insertCustomer } from "#db/payment-methods.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError } from "../errors.ts";
import { ProviderUnreachable } from "./payment-provider.ts";

/** Under which name the provider knows this guardian (`selectCustomer`); made known on first use, with the row for the caller's next batch. Of two at once both get the same. */
export async function customerOf(ctx: AppContext, actor: Pick<Actor, "userId" | "name" | "email">, known: { customerRef: string } | undefined): Promise<{ customerRef: string; writes: Write[] }> {
  if (known) return { ...known, writes: [] };
  const customerRef = await ctx.payments.createCustomer(actor);
  return { customerRef, writes: [insertCustomer(ctx.db, { userId: actor.userId, provider: "stripe", customerRef })] };
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
