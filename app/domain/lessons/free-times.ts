import { dayAfter, DAY, localDate, MINUTE } from "../clock.ts";
import { nearestInstantOf } from "./local-time.ts";
import { AHEAD, overlap, type Times } from "./rules.ts";
import { weekdayOf } from "./series.ts";

/** 1 = Monday … 7 = Sunday, by the clock of the zone. An end of `00:00` is midnight after. */
export type Window = { weekday: number; localStart: string; localEnd: string; timeZone: string };
/** Local dates, the end exclusive. */
type Absence = { startsOn: string; endsOn: string };

export const LENGTHS = [30, 45, 60, 90] as const;
export const DAYS_AHEAD = 14;
/** What is offered can still be booked after so long a look at the page. */
const WHILE_ONE_CHOOSES = 10 * MINUTE;
const STEP = 30 * MINUTE;

/** When a teacher can be booked within that time: the windows of each day but for absences, those that touch put together. */
export function openSpans(windows: Window[], absences: Absence[], { startsAt, endsAt }: Times): Times[] {
  const spans = windows.flatMap((window) => {
    const found: Times[] = [];
    const last = localDate(endsAt, window.timeZone);
    for (let date = localDate(startsAt - DAY, window.timeZone); date <= last; date = dayAfter(date)) {
      if (weekdayOf(date) !== window.weekday || absences.some((absence) => absence.startsOn <= date && date < absence.endsOn)) continue;
      const from = nearestInstantOf(`${date}T${window.localStart}`, window.timeZone);
      const until = nearestInstantOf(`${window.localEnd === "00:00" ? dayAfter(date) : date}T${window.localEnd}`, window.timeZone);
      if (typeof from === "number" && typeof until === "number" && from < until && until > startsAt && from < endsAt) found.push({ startsAt: from, endsAt: until });
    }
    return found;
  });
  return joined(spans);
}

function joined(spans: Times[]): Times[] {
  const whole: Times[] = [];
  for (const span of [...spans].sort((one, other) => one.startsAt - other.startsAt)) {
    const last = whole.at(-1);
    if (last && span.startsAt <= last.endsAt) last.endsAt = Math.max(last.endsAt, span.endsAt);
    else whole.push({ ...span });
  }
  return whole;
}

export const isOffered = (lesson: Times, spans: Times[]): boolean => spans.some((span) => span.startsAt <= lesson.startsAt && lesson.endsAt <= span.endsAt);

/** When a lesson of that length could begin, every half hour of what is open, clear of everything that is there already. */
export function freeTimes(spans: Times[], busy: Times[], minutes: number, now: number): Times[] {
  const free: Times[] = [];
  for (const span of spans) {
    for (let startsAt = span.startsAt; startsAt + minutes * MINUTE <= span.endsAt; startsAt += STEP) {
      const lesson = { startsAt, endsAt: startsAt + minutes * MINUTE };
      if (startsAt >= now + AHEAD + WHILE_ONE_CHOOSES && !busy.some((taken) => overlap(taken, lesson))) free.push(lesson);
    }
  }
  return free;
}
