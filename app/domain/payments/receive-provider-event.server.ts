import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { insertProviderEvent } from "#db/provider-events.ts";
import type { AppContext } from "../../context.ts";
import { planJob } from "../jobs.server.ts";

/** Takes a webhook in. `refused`: the signature is bad or too old. `stored`: once, with the job that follows it. */
export async function receiveProviderEvent(ctx: AppContext, rawBody: string, signature: string | null): Promise<"stored" | "known" | "not_followed" | "refused"> {
  const event = await ctx.payments.readWebhook(rawBody, signature);
  if (!event) return "refused";
  if (event.about === null || event.objectRef === null) return "not_followed";
  const { eventId, type, about, objectRef } = event;
  const job = planJob(ctx, "follow-provider-event", { provider: "stripe", eventId });
  try {
    await commit(ctx.db, [insertProviderEvent(ctx.db, { provider: "stripe", eventId, type, about, objectRef, receivedAt: ctx.clock.now() }), job.write]);
  } catch (error) {
    if (broke(error, "UNIQUE provider_events.provider")) return "known";
    throw error;
  }
  await ctx.jobs.ring([job.id]);
  return "stored";
}
