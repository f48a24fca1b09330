import * as z from "zod";
import { NotificationFilterInput } from "#app/domain/notifications/inputs.ts";
import { countByType, listNotifications, type Told } from "#app/domain/notifications/list-notifications.server.ts";
import { readAll, readNotification } from "#app/domain/notifications/read-notification.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const Notification = z.object({
  id: z.string(), type: z.string(), severity: z.enum(["info", "attention", "urgent"]), title: z.string(),
  path: z.string().meta({ description: "The page of that very item" }),
  childId: z.string().nullable(), createdAt: Instant, readAt: Instant.nullable(),
}).meta({ id: "Notification" });

const view = ({ id, type, severity, title, path, childId, createdAt, readAt }: Told): z.infer<typeof Notification> =>
  ({ id, type, severity, title, path, childId, createdAt: isoTime(createdAt), readAt: isoTimeOrNull(readAt) });

const Counts = z.object({ total: z.int(), unread: z.int(), byType: z.array(z.object({ type: z.string(), total: z.int(), unread: z.int() })) }).meta({ id: "NotificationCounts" });

export const notifications = [
  endpoint({
    method: "get", path: "/notifications", tag: "Notifications", summary: "My inbox, newest first", actor: "required", policy: "own", query: NotificationFilterInput.extend(Paging.shape), answers: { 200: pageOf(Notification) },
    handle: async ({ ctx, actor, query: { limit, cursor, ...filter } }) => {
      const { items, nextCursor } = await listNotifications(ctx, actor, filter, { limit, cursor });
      return { status: 200, body: { items: items.map(view), nextCursor } };
    },
  }),
  endpoint({
    method: "get", path: "/notifications/counts", tag: "Notifications", summary: "How many of each type, and how many unread", actor: "required", policy: "own", answers: { 200: Counts },
    handle: async ({ ctx, actor }) => ({ status: 200, body: await countByType(ctx, actor) }),
  }),
  endpoint({
    method: "post", path: "/notifications/read-all", tag: "Notifications", summary: "Mark all, or all of a type or child, as read", actor: "required", policy: "own",
    body: NotificationFilterInput.pick({ type: true, childId: true }), answers: { 200: z.object({ read: z.int() }) },
    handle: async ({ ctx, actor, body }) => ({ status: 200, body: { read: await readAll(ctx, actor, body) } }),
  }),
  endpoint({
    method: "post", path: "/notifications/{notificationId}/read", tag: "Notifications", summary: "Mark one as read", actor: "required", policy: "own", params: z.object({ notificationId: z.string() }), answers: { 200: Notification },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await readNotification(ctx, actor, params.notificationId)) }),
  }),
];
