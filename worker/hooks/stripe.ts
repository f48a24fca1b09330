import type { Context } from "hono";
import { receiveProviderEvent } from "#app/domain/payments/receive-provider-event.server.ts";
import { problem } from "../http/problem.ts";
import type { KinboardHono } from "../http/types.ts";

/** Any 2xx tells Stripe not to repeat it. */
export async function stripeHook(c: Context<KinboardHono>): Promise<Response> {
  const outcome = await receiveProviderEvent(c.get("ctx"), await c.req.text(), c.req.header("Stripe-Signature") ?? null);
  return outcome === "refused" ? problem(400, "invalid_signature") : c.json({ received: true });
}
