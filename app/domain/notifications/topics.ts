import { THRESHOLDS } from "./severity.ts";
import type { NotificationType } from "./types.ts";

/** Ways out of Kinboard. The inbox has everything in any case. */
export const CHANNELS = ["email", "sms", "push"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What somebody chooses for a topic and channel: how weighty it must be, or (e-mail only) that it waits for the digest. */
export const LEAST = [...THRESHOLDS, "digest"] as const;
export type Least = (typeof LEAST)[number];

/** What can be told, in the few words in which people choose. */
export const TOPICS = ["money", "lessons", "learning", "messages", "family", "security"] as const;
export type Topic = (typeof TOPICS)[number];
/** Those that are about one child. */
export const CHILD_TOPICS = ["money", "lessons", "learning", "messages", "family"] as const satisfies readonly Topic[];

type Kind = NotificationType extends `${infer K}.${string}` ? K : never;
const TOPIC_OF: Record<Kind, Topic> = {
  purchase: "money", payment: "money", payment_method: "money", budget: "money",
  lesson: "lessons", booking: "lessons", attendance: "lessons",
  achievement: "learning", goal: "learning", observation: "learning", assessment: "learning", note: "learning", assignment: "learning", submission: "learning", feedback: "learning", study_plan: "learning",
  message: "messages", moderation: "messages", support: "messages",
  school: "family", family: "family", guardianship: "family", consent: "family", restriction: "family",
  recovery: "security", security: "security",
};

/** By the word before the dot; what an older release wrote and this one forgot is the family's. */
export const topicOf = (type: string): Topic => TOPIC_OF[type.split(".")[0] as Kind] ?? "family";
