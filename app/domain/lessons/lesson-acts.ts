import * as z from "zod";
import { daysAfter } from "./series.ts";
import { CancelLessonInput, ChangeLessonInput } from "./inputs.ts";

/** What the forms of /schedule/{lesson} ask for. */
export const LessonAct = z.discriminatedUnion("act", [ChangeLessonInput.safeExtend({ act: z.literal("change") }), CancelLessonInput.extend({ act: z.literal("cancel") })]);

type Typed = Record<string, string>;
const wholeNumber = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const startOf = ({ date, time }: Typed) => `${date ?? ""}T${time ?? ""}`;
const detailsOf = ({ topic, place, link, usesHours }: Typed) => ({ topic: topic ?? null, place: place ?? null, link: link ?? null, usesHours: usesHours === "yes" });

export const lessonActFrom = (typed: Typed): unknown => (typed.act === "cancel" ? { act: "cancel", ...cancellationFrom(typed) } : { act: typed.act, ...changeFrom(typed) });

/** A form holds every field, also those that were emptied; what the school alone settles is left out of a guardian's. */
function changeFrom(typed: Typed) {
  const { scope, includeMoved, revision, timeZone, minutes } = typed;
  return { localStart: startOf(typed), minutes: wholeNumber(minutes), timeZone, scope, includeMoved: includeMoved === "yes", revision: wholeNumber(revision), ...(typed.details === "yes" ? detailsOf(typed) : {}) };
}
const cancellationFrom = ({ reason, scope, revision, expectedHours }: Typed) => ({ reason: reason ?? null, scope, revision: wholeNumber(revision), expectedHours });

export const createFrom = (typed: Typed): unknown => ({ enrolmentId: typed.enrolmentId, localStart: startOf(typed), minutes: wholeNumber(typed.minutes), timeZone: typed.timeZone, ...detailsOf(typed) });

/** The first lesson's day is one of the weekdays; people say the last day, and ends are exclusive. */
export function seriesFrom(typed: Typed): unknown {
  const { enrolmentId, date = "", time, minutes, timeZone, everyWeeks, lastDay, count } = typed;
  const at = Date.parse(date);
  const first = Number.isNaN(at) ? [] : [((new Date(at).getUTCDay() + 6) % 7) + 1];
  const also = Object.keys(typed).flatMap((name) => /^weekday\.([1-7])$/.exec(name)?.[1] ?? []).map(Number);
  return {
    enrolmentId, localStart: time, minutes: wholeNumber(minutes), timeZone, startsOn: date, everyWeeks: wholeNumber(everyWeeks), weekdays: [...new Set([...first, ...also])],
    endsOn: lastDay !== undefined && !Number.isNaN(Date.parse(lastDay)) ? daysAfter(lastDay, 1) : lastDay, count: wholeNumber(count), ...detailsOf(typed),
  };
}
