import { commit } from "#db/client.ts";
import { deletePushSubscription, putPushSubscription, selectPushSubscriptions, trimPushSubscriptions, type PushSubscription } from "#db/push-subscriptions.ts";
import * as z from "zod";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { isPushEndpoint } from "./push-endpoint.ts";

/** What a browser gives; the keys for payloads are not needed, for there is none. */
export const PushSubscriptionInput = z.object({ endpoint: z.string("missing").min(1, "missing").max(1000, "too_long") }).meta({ id: "PushSubscribe" });

/** Browsers of one person; the oldest is forgotten. */
const MOST = 10;

export const listPushSubscriptions = (ctx: AppContext, actor: Actor): Promise<PushSubscription[]> => selectPushSubscriptions(ctx.db, actor.userId);

/** Nudges this browser from now on; the same browser again changes nothing but whose it is. */
export async function subscribeToPush(ctx: AppContext, actor: Actor, { endpoint }: z.infer<typeof PushSubscriptionInput>): Promise<PushSubscription> {
  if (ctx.push.publicKey === null) throw new DomainError("conflict", "push_not_set_up");
  if (!isPushEndpoint(endpoint, ctx.settings.vendorsUrl)) throw new DomainError("invalid_input", "invalid_input", { fields: [{ path: "endpoint", message: "push_endpoint_unusable" }] });
  const made = { id: ctx.ids.make("psub"), userId: actor.userId, endpoint, userAgent: ctx.visit.userAgent?.slice(0, 200) ?? null, createdAt: ctx.clock.now() };
  await commit(ctx.db, [putPushSubscription(ctx.db, made), trimPushSubscriptions(ctx.db, actor.userId, MOST), record(ctx, actor, { action: "push.subscribed", subjectId: actor.userId })]);
  return (await selectPushSubscriptions(ctx.db, actor.userId)).find((one) => one.endpoint === endpoint)!;
}

export async function unsubscribeFromPush(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  if (!(await selectPushSubscriptions(ctx.db, actor.userId)).some((one) => one.id === id)) throw notFound();
  await commit(ctx.db, [deletePushSubscription(ctx.db, actor.userId, id), record(ctx, actor, { action: "push.unsubscribed", subjectId: actor.userId })]);
}
