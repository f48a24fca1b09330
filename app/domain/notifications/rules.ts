import { periodAt, startOfDay } from "../clock.ts";
import { isQuiet, nextDigest, QUIET_AT_FIRST, type DigestTime, type QuietHours } from "./quiet.ts";
import { reaches, type Severity, type Threshold } from "./severity.ts";
import { topicOf, type Channel, type Least, type Topic } from "./topics.ts";

/** `childId` null: for every child, and for what is about none. */
export type Choice = { childId: string | null; topic: Topic; channel: Channel; least: Least };

export type Preferences = {
  timeZone: string;
  quiet: QuietHours | null;
  digest: DigestTime;
  /** At most so many interruptions a week; null: as many as there are. */
  weeklyBudget: number | null;
  /** What the profile says of mail: for whatever has no choice of its own. */
  mail: Threshold;
  choices: Choice[];
};
export const AT_FIRST = { quiet: QUIET_AT_FIRST, digest: { hour: 7, weekday: null }, weeklyBudget: null } as const satisfies Partial<Preferences>;

export type Told = { type: string; severity: Severity; childId: string | null };
/** `within`: the interruptions that this one counts among, and when it goes if others have used them up by then. */
type Decision = { do: "now"; within: { most: number; else: number } | null } | { do: "digest"; at: number } | { do: "never" };

/** What rings at night. Mail lies still until somebody looks. */
const RINGS: readonly Channel[] = ["sms", "push"];

/** What goes by a channel for whoever did not choose: conversations by mail only what is still unread at the next digest, text messages not at all. */
function leastAtFirst(topic: Topic, channel: Channel, mail: Threshold): Least {
  if (channel === "sms") return "none";
  if (channel === "push") return topic === "learning" ? "attention" : "info";
  return topic === "messages" && mail === "info" ? "digest" : mail;
}

export function leastFor({ choices, mail }: Pick<Preferences, "choices" | "mail">, childId: string | null, topic: Topic, channel: Channel): Least {
  const chosen = (child: string | null) => choices.find((one) => one.childId === child && one.topic === topic && one.channel === channel)?.least;
  return (childId === null ? undefined : chosen(childId)) ?? chosen(null) ?? leastAtFirst(topic, channel, mail);
}

/** Whether a notification goes out by this channel now, with the next digest, or never. `sentThisWeek`: others that interrupted this person since their Monday. */
export function decide(told: Told, channel: Channel, preferences: Preferences, now: number, sentThisWeek: number): Decision {
  const { quiet, digest, timeZone, weeklyBudget } = preferences;
  const topic = topicOf(told.type);
  // Mailed whatever was chosen, so that the owner of an account notices when it was not them.
  if (topic === "security" && channel === "email") return { do: "now", within: null };
  const least = leastFor(preferences, told.childId, topic, channel);
  const passes = topic === "security" || told.severity === "urgent";
  if (least !== "digest" && !reaches(told.severity, least)) return { do: "never" };
  const waits = least === "digest" || (weeklyBudget !== null && sentThisWeek >= weeklyBudget) || (RINGS.includes(channel) && isQuiet(now, timeZone, quiet));
  const at = nextDigest(now, digest, timeZone);
  if (waits && !passes) return { do: "digest", at };
  return { do: "now", within: weeklyBudget === null || passes ? null : { most: weeklyBudget, else: at } };
}

/** From when on interruptions count into this week's budget. */
export const weekBegan = (now: number, timeZone: string): number => startOfDay(periodAt(now, "week", timeZone).startsOn, timeZone);
