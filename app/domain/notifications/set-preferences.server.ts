import { commit } from "#db/client.ts";
import { putNotificationPreferences } from "#db/notification-preferences.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { notFound } from "../errors.ts";
import type { NotificationPreferencesInput } from "./preference-inputs.ts";

/** Sets all that the actor chose, in place of what they chose before. Throws not_found for a child who is not their ward. */
export async function setPreferences(ctx: AppContext, actor: Actor, { quiet, digest, weeklyBudget, choices }: NotificationPreferencesInput): Promise<void> {
  if (choices.some(({ childId }) => childId !== null && !wardOf(actor, childId))) throw notFound();
  const settings = { quietFrom: quiet?.from ?? null, quietUntil: quiet?.until ?? null, digestHour: digest.hour, digestWeekday: digest.weekday, weeklyBudget, updatedAt: ctx.clock.now() };
  await commit(ctx.db, [
    ...putNotificationPreferences(ctx.db, actor.userId, settings, choices),
    record(ctx, actor, { action: "notification_preferences.set", subjectId: actor.userId }),
  ]);
}
