import { ofEnrolment, selectAbsencesFor, selectBookingRules, selectBusy, selectHoursFor, selectWindows } from "#db/bookings.ts";
import { selectHome, selectPairsOf } from "#db/lesson-pairs.ts";
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
    selectWindows(ctx.db, enrolmentId), selectAbsencesFor(ctx.db, enrolmentId, new Date(now - 2 * DAY).toISOString().slice(0, 10)), selectBusy(ctx.db, enrolmentId, within.startsAt, within.endsAt + DAY), selectHoursFor(ctx.db, childId, ofEnrolment(enrolmentId, "school_id")),
  ]);
  const chosen = pairs.find((pair) => pair.enrolmentId === enrolmentId);
  if (asked.enrolmentId !== undefined && !chosen) throw notFound();
  const minutes = LENGTHS.find((length) => length === asked.minutes) ?? 60;
  const ask = askedOf(rules!.approvalNeeded, home);
  return {
    childId, isSelf: actor.userId === childId, minutes, setsRules: can(actor, "lesson:schedule", childId), approvalNeeded: rules!.approvalNeeded, waits: actor.userId === childId && (ask === "nobody" || ask.length > 0),
    pairs: pairs.map(({ enrolmentId: id, subject, teacher, student }) => ({ id, subject, teacher, student })),
    chosen: chosen && {
      id: chosen.enrolmentId, subject: chosen.subject, teacher: chosen.teacher, minutesFree: Math.max(0, hours!.had - hours!.held),
      times: freeTimes(openSpans(windows, absences, within), busy, minutes, now).map(({ startsAt }) => ({ startsAt, typed: typedOf(startsAt, chosen.timeZone) })),
    },
  };
}
export type BookingPage = Awaited<ReturnType<typeof getBookingPage>>;

/** The wall-clock time in that zone with its offset, as a booking takes it. */
export function typedOf(instant: number, timeZone: string): string {
  const shown = localTime(instant, timeZone);
  return shown.slice(0, 16) + shown.slice(-6);
}

/** The same of one enrolment, whosever of the actor's it is. */
export async function listFreeTimes(ctx: AppContext, actor: Actor, enrolmentId: string, minutes: number) {
  const [pair] = await selectPairsOf(ctx.db, actor.userId, studentsOf(actor), { enrolmentId }, ctx.clock.now());
  if (!pair) throw notFound();
  const page = await getBookingPage(ctx, actor, pair.studentId, { enrolmentId, minutes });
  return { minutes: page.minutes, chosen: page.chosen! };
}
