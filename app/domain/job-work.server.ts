import * as z from "zod";
import type { AppContext } from "../context.ts";
import { announceBudget } from "./budgets/announce-budget.server.ts";
import { mailNotification } from "./notifications/mail-notification.server.ts";

/** What each kind of job does: parse, then one domain operation. */
export const jobWork: Record<string, (ctx: AppContext, payload: unknown) => Promise<unknown>> = {
  "announce-budget": (ctx, payload) => announceBudget(ctx, z.object({ childId: z.string() }).parse(payload).childId),
  "mail-notification": (ctx, payload) => mailNotification(ctx, z.object({ notificationId: z.string() }).parse(payload)),
};
