import { HOUR, MINUTE } from "../clock.ts";

export const SHORTEST = 15 * MINUTE;
export const LONGEST = 8 * HOUR;
/** A lesson is set or moved at least so long before it starts. */
export const AHEAD = 15 * MINUTE;
/** Until so long before the start, that instant included, a lesson can be called off without anybody losing by it. */
export const NOTICE = 2 * HOUR;

/** The end is exclusive. */
export type Times = { startsAt: number; endsAt: number };

/** Problems of the catalogue, each the name of the rule that is broken. */
type TimesProblem = "lesson_ends_before_start" | "lesson_too_short" | "lesson_too_long" | "lesson_in_past" | "lesson_too_soon";
export type LateProblem = "lesson_cancelled" | "lesson_not_agreed" | "lesson_started" | "too_late_to_cancel";

export function timesProblem({ startsAt, endsAt }: Times, now: number): TimesProblem | null {
  if (endsAt <= startsAt) return "lesson_ends_before_start";
  if (endsAt - startsAt < SHORTEST) return "lesson_too_short";
  if (endsAt - startsAt > LONGEST) return "lesson_too_long";
  if (startsAt < now) return "lesson_in_past";
  return startsAt < now + AHEAD ? "lesson_too_soon" : null;
}

export const overlap = (one: Times, other: Times): boolean => one.startsAt < other.endsAt && other.startsAt < one.endsAt;

export const minutesOf = ({ startsAt, endsAt }: Times): number => (endsAt - startsAt) / MINUTE;

/** Only a pair that is enrolled now and when the lesson starts can have one. */
export const isEnrolled = (enrolment: { startsAt: number; endsAt: number | null }, startsAt: number, now: number): boolean =>
  enrolment.startsAt <= now && (enrolment.endsAt === null || (now < enrolment.endsAt && startsAt < enrolment.endsAt));

/** In what a person may act on a lesson: their own as teacher, as guardian with the right to schedule, as administration of its school; `asks`: as the student who asked for it and has no answer yet. */
export type Standing = { teaches: boolean; schedules: boolean; administers: boolean; asks: boolean };
export type Side = "teacher" | "family" | "administration";

/** Who acts in several capacities acts for the family first: what the school may waive is not for a parent to waive. */
export const sideOf = ({ schedules, administers, asks }: Standing): Side => (schedules || asks ? "family" : administers ? "administration" : "teacher");

type Status = "asked" | "scheduled" | "denied" | "expired" | "cancelled";
type Lesson = { status: Status; startsAt: number; usesHours: boolean };

const notStanding: Record<Status, LateProblem | null> = { asked: "lesson_not_agreed", scheduled: null, denied: "lesson_cancelled", expired: "lesson_cancelled", cancelled: "lesson_cancelled" };

/** Why it cannot be changed any more. */
export const changeProblem = (lesson: Lesson, now: number): LateProblem | null => notStanding[lesson.status] ?? (now < lesson.startsAt ? null : "lesson_started");

/** Why this side cannot cancel it. What was only asked for can be taken back like the rest. */
export function cancelProblem(side: Side, lesson: Lesson, now: number): LateProblem | null {
  if (lesson.status !== "asked" && notStanding[lesson.status]) return notStanding[lesson.status];
  if (lesson.startsAt <= now) return "lesson_started";
  return side === "teacher" && isShortNotice(lesson, now) ? "too_late_to_cancel" : null;
}

/** What becomes of the lesson's hours if this side cancels it now; null: it uses none. */
export function hoursWhenCancelled(side: Side, lesson: Lesson, now: number): "consumed" | "released" | null {
  if (!lesson.usesHours) return null;
  return side === "family" && lesson.status === "scheduled" && isShortNotice(lesson, now) ? "consumed" : "released";
}

const isShortNotice = ({ startsAt }: { startsAt: number }, now: number) => now > startsAt - NOTICE;
