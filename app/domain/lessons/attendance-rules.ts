import { DAY, HOUR } from "../clock.ts";

export const ATTENDANCE = ["present", "late", "absent", "excused"] as const;
export type AttendanceStatus = (typeof ATTENDANCE)[number];

/** How long the family has to say that what is written is wrong. */
export const TO_CONFIRM = 48 * HOUR;
/** A lesson of which nobody wrote anything by then uses up nothing. */
export const UNTOLD = 14 * DAY;

type Outcome = { confirmUntil: number; answer: "confirmed" | "disputed" | null; resolution: "stands" | "corrected" | null; settledAt: number | null };

/** Why attendance cannot be written, or written anew. */
export function attendanceProblem(lesson: { status: string; startsAt: number }, outcome: Outcome | null, now: number): "lesson_not_held" | "lesson_not_begun" | "attendance_answered" | "attendance_settled" | null {
  if (lesson.status !== "scheduled") return "lesson_not_held";
  if (now < lesson.startsAt) return "lesson_not_begun";
  if (!outcome) return null;
  return outcome.settledAt !== null ? "attendance_settled" : outcome.answer !== null ? "attendance_answered" : null;
}

/** Why the family cannot say anything to it any more. */
export function answerProblem(outcome: Outcome | null, now: number): "attendance_missing" | "attendance_answered" | "attendance_settled" | null {
  if (!outcome) return "attendance_missing";
  if (outcome.answer !== null) return "attendance_answered";
  return outcome.settledAt !== null || outcome.confirmUntil <= now ? "attendance_settled" : null;
}

/** What becomes of the hours: who was there, late or not, or stayed away without excuse, uses them up; who was excused does not, nor who was right in a dispute. */
export function hoursAfter({ usesHours, status, resolution }: { usesHours: boolean; status: AttendanceStatus; resolution: Outcome["resolution"] }): "consumed" | "released" | null {
  if (!usesHours) return null;
  return status === "excused" || resolution === "corrected" ? "released" : "consumed";
}
