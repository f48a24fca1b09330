import { HOUR } from "../clock.ts";

/** How long a family that has not said otherwise is given for an answer. */
const WINDOW_HOURS = 72;

/** Until when a question is answered: within the family's time, and never after a lesson that it is about. */
export const answerUntil = (now: number, windowHours: number | null, ...starts: number[]): number => Math.min(now + (windowHours ?? WINDOW_HOURS) * HOUR, ...starts);

type Status = "pending" | "approved" | "denied" | "expired" | "cancelled";

/** What it is at this instant, whether or not a sweep has written it down. */
export const bookingStatusAt = ({ status, expiresAt }: { status: Status; expiresAt: number }, now: number): Status => (status === "pending" && expiresAt <= now ? "expired" : status);

/** Who is asked when a student books: nobody where the family said so, or where no guardian is left (a student of age). `nobody`: there are guardians, but none with the right. */
export function askedOf(approvalNeeded: boolean, home: { userId: string; schedules: boolean }[]): string[] | "nobody" {
  if (!approvalNeeded || home.length === 0) return [];
  const deciders = home.filter(({ schedules }) => schedules).map(({ userId }) => userId);
  return deciders.length > 0 ? deciders : "nobody";
}
