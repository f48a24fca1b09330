import { ofEnrolment, selectAbsencesFor, selectBookingRules, selectBusy, selectHoursFor, selectWindows } from "#db/bookings.ts";
import { selectHome, selectPairsOf } from "#db/lesson-pairs.ts";
import type { SQL } from "drizzle-orm";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DAY, localTime } from "../clock.ts";
import { notFound } from "../errors.ts";
import { can, authorize } from "../policy.ts";
import { studentsOf } from "./book-lesson.server.ts";
import { askedOf } from "./booking-rules.ts";
import { DAYS_AHEAD, freeTimes, LENGTHS, openSpans } from "./free-times.ts";

/** With whom the child can have lessons and, of the one that is chosen, when: the teacher's windows but for absences and what either has then. */
export async function getBookingPage(ctx: AppContext, actor: Actor, childId: string | null, asked: { enrolmentId?: string | undefined; minutes?: number | undefined }) {
  if (childId === null) throw notFound();
  authorize(actor, "lesson:ask", childId);
  const now = ctx.clock.now();
  const enrolmentId = asked.enrolmentId ?? "";
  const within = { startsAt: now, endsAt: now + DAYS_AHEAD * DAY };
  const [pairs, [rules], home, windows, absences, busy, [hours]] = await ctx.db.batch([
    selectPairsOf(ctx.db, actor.userId, [childId], { limit: 50 }, now), selectBookingRules(ctx.db, childId), selectHome(ctx.db, childId, now),
    ...selectOpenings(ctx, enrolmentId, within), selectHoursFor(ctx.db, childId, ofEnrolment(enrolmentId, "school_id")),
  ]);
  const chosen = pairs.find((pair) => pair.enrolmentId === enrolmentId);
  if (asked.enrolmentId !== undefined && !chosen) throw notFound();
  const minutes = lengthOf(asked.minutes);
  const ask = askedOf(rules!.approvalNeeded, home);
  return {
    childId, isSelf: actor.userId === childId, minutes, setsRules: can(actor, "lesson:schedule", childId), approvalNeeded: rules!.approvalNeeded, waits: actor.userId === childId && (ask === "nobody" || ask.length > 0),
    pairs: pairs.map(({ enrolmentId: id, subject, teacher, student }) => ({ id, subject, teacher, student })),
    chosen: chosen && {
      id: chosen.enrolmentId, subject: chosen.subject, teacher: chosen.teacher, minutesFree: Math.max(0, hours!.had - hours!.held),
      times: timesIn(freeTimes(openSpans(windows, absences, within), busy, minutes, now), chosen.timeZone),
    },
  };
}
export type BookingPage = Awaited<ReturnType<typeof getBookingPage>>;

/** The wall-clock time in that zone with its offset, as a booking takes it. */
function typedOf(instant: number, timeZone: string): string {
  const shown = localTime(instant, timeZone);
  return shown.slice(0, 16) + shown.slice(-6);
}

/** The free times of one enrolment, whosever of the actor's it is: one round trip. */
export async function listFreeTimes(ctx: AppContext, actor: Actor, enrolmentId: string, asked: number) {
  const now = ctx.clock.now();
  const within = { startsAt: now, endsAt: now + DAYS_AHEAD * DAY };
  const [[pair], windows, absences, busy, [hours]] = await ctx.db.batch([
    selectPairsOf(ctx.db, actor.userId, studentsOf(actor), { enrolmentId }, now),
    ...selectOpenings(ctx, enrolmentId, within), selectHoursFor(ctx.db, ofEnrolment(enrolmentId, "student_id"), ofEnrolment(enrolmentId, "school_id")),
  ]);
  if (!pair) throw notFound();
  authorize(actor, "lesson:ask", pair.studentId);
  const minutes = lengthOf(asked);
  return { minutes, minutesFree: Math.max(0, hours!.had - hours!.held), times: timesIn(freeTimes(openSpans(windows, absences, within), busy, minutes, now), pair.timeZone) };
}

const lengthOf = (asked: number | undefined) => LENGTHS.find((length) => length === asked) ?? 60;
export const timesIn = (times: { startsAt: number }[], timeZone: string) => times.map(({ startsAt }) => ({ startsAt, typed: typedOf(startsAt, timeZone) }));
/** What the free times of an enrolment rest on: windows, absences, what teacher and student have already. Statements for the caller's batch. */
export const selectOpenings = ({ db }: AppContext, enrolmentId: string | SQL, { startsAt, endsAt }: { startsAt: number; endsAt: number }) =>
  [selectWindows(db, enrolmentId), selectAbsencesFor(db, enrolmentId, new Date(startsAt - 2 * DAY).toISOString().slice(0, 10)), selectBusy(db, enrolmentId, startsAt, endsAt + DAY)] as const;
