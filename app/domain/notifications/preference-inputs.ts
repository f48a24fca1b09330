import * as z from "zod";
import { isQuietTime } from "./quiet.ts";
import { CHANNELS, LEAST, TOPICS } from "./topics.ts";

const Time = z.string("missing").regex(/^([01]\d|2[0-3]):[0-5]\d$/, "wrong_form");
const whole = (least: number, most: number) => z.int("wrong_kind").min(least, "out_of_range").max(most, "out_of_range");

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** Something must be left of the day. */
const LONGEST = 22 * 60;

const Choice = z.object({
  childId: z.string().max(60, "too_long").nullable().meta({ description: "null: every child, and what is about none" }),
  topic: z.enum(TOPICS, "not_a_choice"), channel: z.enum(CHANNELS, "not_a_choice"), least: z.enum(LEAST, "not_a_choice").meta({ description: "`digest` with e-mail only" }),
}).refine(({ channel, least }) => least !== "digest" || channel === "email", { path: ["least"], message: "not_a_choice" });

export const PreferenceFields = z.object({
  quiet: z.object({ from: Time, until: Time }).refine(({ from, until }) => from !== until && (minutesOf(until) - minutesOf(from) + 1440) % 1440 <= LONGEST, { path: ["until"], message: "quiet_too_long" }).nullable(),
  digest: z.object({ hour: whole(0, 23), weekday: whole(1, 7).nullable().meta({ description: "1 is Monday; null: each day" }) }),
  weeklyBudget: whole(0, 1000).nullable().meta({ description: "Interruptions a week; the rest waits for the digest" }),
  choices: z.array(Choice).max(400, "too_long"),
});

/** What no field alone can tell. */
export function coherent({ quiet, digest, choices }: z.infer<typeof PreferenceFields>, issue: z.RefinementCtx): void {
  const refuse = (message: string, ...path: string[]) => issue.addIssue({ code: "custom", path, message });
  if (quiet && isQuietTime(`${String(digest.hour).padStart(2, "0")}:00`, quiet)) refuse("digest_in_quiet_hours", "digest", "hour");
  if (new Set(choices.map(({ childId, topic, channel }) => `${childId} ${topic} ${channel}`)).size < choices.length) refuse("chosen_twice", "choices");
}

export const NotificationPreferencesInput = PreferenceFields.superRefine(coherent).meta({ id: "SetNotificationPreferences" });
export type NotificationPreferencesInput = z.infer<typeof NotificationPreferencesInput>;
