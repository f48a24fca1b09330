import * as z from "zod";
import { listPushSubscriptions, PushSubscriptionInput, subscribeToPush, unsubscribeFromPush } from "#app/domain/notifications/push-subscriptions.server.ts";
import type { PushSubscription } from "#db/push-subscriptions.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const Subscription = z.object({ id: z.string(), endpoint: z.string(), userAgent: z.string().nullable(), createdAt: Instant }).meta({ id: "PushSubscription" });
const view = ({ id, endpoint: address, userAgent, createdAt }: PushSubscription) => ({ id, endpoint: address, userAgent, createdAt: isoTime(createdAt) });

const own = { tag: "Notifications", actor: "required", policy: "own" } as const;

export const pushSubscriptions = [
  endpoint({
    ...own, method: "get", path: "/push-subscriptions", summary: "My browsers that are nudged, and the key to subscribe with",
    answers: { 200: pageOf(Subscription).extend({ publicKey: z.string().nullable().meta({ description: "VAPID; null: push is not set up on this server" }) }) },
    handle: async ({ ctx, actor }) => ({ status: 200, body: { publicKey: ctx.push.publicKey, items: (await listPushSubscriptions(ctx, actor)).map(view), nextCursor: null } }),
  }),
  endpoint({
    ...own, method: "post", path: "/push-subscriptions", summary: "Nudge this browser, without any content, when there is something new", body: PushSubscriptionInput, answers: { 201: Subscription }, refusals: [409],
    handle: async ({ ctx, actor, body }) => ({ status: 201, body: view(await subscribeToPush(ctx, actor, body)) }),
  }),
  endpoint({
    ...own, method: "delete", path: "/push-subscriptions/{subscriptionId}", summary: "Nudge that browser no more", params: z.object({ subscriptionId: z.string() }), answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await unsubscribeFromPush(ctx, actor, params.subscriptionId);
      return { status: 204 };
    },
  }),
];
