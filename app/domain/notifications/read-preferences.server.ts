import { selectNotificationChoices, selectNotificationSettings, type SettingsRow } from "#db/notification-preferences.ts";
import type { AppContext } from "../../context.ts";
import { AT_FIRST, type Choice, type Preferences } from "./rules.ts";
import type { Threshold } from "./severity.ts";

/** What somebody chose; the rest is as it is for whoever never chose. */
export const preferencesOf = (row: SettingsRow, choices: Choice[]): Preferences => ({
  timeZone: row.timeZone,
  quiet: quietOf(row),
  digest: row.digestHour === null ? AT_FIRST.digest : { hour: row.digestHour, weekday: row.digestWeekday },
  weeklyBudget: row.weeklyBudget,
  mail: (row.mail?.email ?? "info") as Threshold,
  choices,
});

/** `digestHour` is in every row: without one nothing was chosen. */
export const quietOf = ({ digestHour, quietFrom, quietUntil }: Pick<SettingsRow, "digestHour" | "quietFrom" | "quietUntil">) =>
  digestHour === null ? AT_FIRST.quiet : quietFrom !== null && quietUntil !== null ? { from: quietFrom, until: quietUntil } : null;

export async function readPreferences(ctx: AppContext, userId: string): Promise<Preferences> {
  const [[row], choices] = await ctx.db.batch([selectNotificationSettings(ctx.db, userId), selectNotificationChoices(ctx.db, userId)]);
  return preferencesOf(row!, choices);
}
