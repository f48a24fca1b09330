import { DAY, HOUR } from "#app/domain/clock.ts";
import { addDays } from "#app/domain/learning/days.ts";
import { datesOf, momentOn } from "#app/domain/lessons/series.ts";
import type { Moment } from "#app/domain/lessons/times.ts";
import { insertMany } from "#db/bulk.ts";
import { commit } from "#db/client.ts";
import { away, ill, outcomes, timetable, windows } from "#db/demo/lessons.ts";
import { subjects } from "#db/demo/teaching.ts";
import { takeSlots } from "#db/lesson-slots.ts";
import { insertLessonChanges, insertLessons, type NewLessonChange } from "#db/lesson-writes.ts";
import * as tables from "#db/schema/index.ts";
import { ZONE, type Days } from "./days.ts";
import { hoursOf, insertHeld, type Held } from "./held-lessons.ts";
import { meetingOf, NOT_CANCELLED, type LessonPlan } from "./lesson-plan.ts";
import { planQuestions } from "./lesson-questions.ts";
import { id, type Ids } from "./load-schools.ts";
import type { LivingWorld } from "./living.ts";

/** Lessons of the last thirty days and the next two weeks. */
const [PAST, AHEAD] = [30, 14];

type Weekly = (typeof timetable)[number];
type Outcome = (typeof outcomes)[number];
type Meeting = ReturnType<typeof meetingOf>;

/** Rows in the shapes that the operations write, who take half a minute for so many; that nobody is in two places is decided by the same CHECKs. */
export async function insertDemoLessons(world: LivingWorld, ids: Ids, days: Days): Promise<void> {
  const { db } = world.ctx;
  const { plan, series, bookings } = planDemoLessons(ids, days);
  await commit(db, [
    ...insertMany(db, tables.lessonSeries, series), ...insertLessons(db, plan.lessons), ...plan.slots.flatMap((slot) => takeSlots(db, [slot])), ...insertMany(db, tables.bookings, bookings), ...insertLessonChanges(db, plan.changes),
  ]);
  await insertHeld(world, ids, days, plan.held);
  await insertOffers(world, ids, days);
}

export function planDemoLessons(ids: Ids, days: Days) {
  const plan: LessonPlan = { lessons: [], slots: [], changes: [], held: [] };
  const series = timetable.map((weekly) => planSeries(ids, days, weekly, plan));
  const bookings = planQuestions(ids, days, plan);
  return { plan, series, bookings };
}

function planSeries(ids: Ids, days: Days, weekly: Weekly, plan: LessonPlan): typeof tables.lessonSeries.$inferInsert {
  const begins = -(weekly.paid ?? PAST);
  const meeting = meetingOf(ids, weekly.child, weekly.subject, weekly.paid !== undefined);
  const made = { createdBy: meeting.teacherId, createdAt: days.at(begins - 1, "20:00") };
  const hour = { localStart: weekly.at, minutes: weekly.minutes };
  const pattern = { everyWeeks: 1, weekdays: [weekly.weekday], startsOn: days.date(begins), endsOn: days.date(AHEAD + 1) };
  const id = days.make("ser", made.createdAt);
  const occasions = (datesOf(pattern) ?? []).map((date) => ({ date, moment: momentOn(date, { ...hour, timeZone: ZONE }) as Moment }));
  const past = occasions.filter(({ moment }) => moment.endsAt <= days.now).length;
  for (const [nth, { date, moment }] of occasions.entries()) {
    const outcome = outcomes.find(({ child, subject, back }) => child === weekly.child && subject === weekly.subject && back === past - nth);
    planLesson(ids, days, { weekly, meeting, seriesId: id, seriesDate: date, ...made }, timesOf(moment), outcome, nth, plan);
  }
  return { id, ...meeting, ...pattern, ...hour, ...made };
}

type Frame = { weekly: Weekly; meeting: Meeting; seriesId: string; seriesDate: string; createdBy: string; createdAt: number };
type Times = Pick<Moment, "localStart" | "localEnd" | "startsAt" | "endsAt">;
const timesOf = ({ localStart, localEnd, startsAt, endsAt }: Moment): Times => ({ localStart, localEnd, startsAt, endsAt });

function planLesson(ids: Ids, days: Days, { weekly, meeting, ...made }: Frame, given: Times, outcome: Outcome | undefined, nth: number, plan: LessonPlan): void {
  const lessonId = days.make("les", made.createdAt);
  const change = (what: NewLessonChange["what"], byId: string, at: number, facts: NewLessonChange["facts"]) => plan.changes.push({ id: days.make("lch", at), lessonId, what, byId, facts, at });
  const lesson = { ...NOT_CANCELLED, id: lessonId, ...meeting, ...made, topic: weekly.topics[nth % weekly.topics.length]! };
  change("created", meeting.teacherId, made.createdAt, { startsAt: given.startsAt, endsAt: given.endsAt, timeZone: ZONE });
  if (outcome?.cancelledBy) {
    const [by, as] = outcome.cancelledBy === "teacher" ? ([meeting.teacherId, "teacher"] as const) : ([id(ids, outcome.cancelledBy), "family"] as const);
    const at = given.startsAt - 26 * HOUR;
    const hours = meeting.usesHours ? ("released" as const) : null;
    plan.lessons.push({ ...lesson, ...given, status: "cancelled", cancelledBy: by, cancelledAs: as, cancelReason: outcome.reason ?? null, hours, hoursAt: hours && at });
    change("cancelled", by, at, { startsAt: given.startsAt, as, hours });
    return;
  }
  const times = outcome?.moved ? timesOf(momentOn(addDays(made.seriesDate, outcome.moved.days), { localStart: outcome.moved.to, minutes: weekly.minutes, timeZone: ZONE }) as Moment) : given;
  if (outcome?.moved) change("moved", meeting.teacherId, given.startsAt - DAY, { from: given.startsAt, fromEnd: given.endsAt, fromZone: ZONE, startsAt: times.startsAt, endsAt: times.endsAt, timeZone: ZONE });
  plan.slots.push({ lessonId, kind: "stands", teacherId: meeting.teacherId, studentId: meeting.studentId, startsAt: times.startsAt, endsAt: times.endsAt });
  const onDate = times.localStart.slice(0, 10);
  const wasIll = weekly.child === ill.child && onDate >= days.date(-ill.days);
  const held: Held | null = times.endsAt > days.now ? null : { ...meeting, lessonId, topic: lesson.topic, onDate, ...times, status: "present", minutesLate: null, note: null, dispute: null, ...outcome, ...(wasIll ? { status: "excused", note: ill.note } : {}), confirmed: nth % 2 === 0 };
  if (held) plan.held.push(held);
  plan.lessons.push({ ...lesson, ...times, ...(held ? hoursOf(held, days.now) : {}) });
}

/** When teachers can be booked, and when one is away. */
async function insertOffers({ ctx: { db } }: LivingWorld, ids: Ids, days: Days): Promise<void> {
  const createdAt = days.at(-PAST, "12:00");
  const offered = [...new Set(subjects.map(({ teacher }) => teacher))].flatMap((teacher) => windows.weekdays.map((weekday) => (
    { id: days.make("avl", createdAt), teacherId: id(ids, teacher), schoolId: id(ids, "umoja"), weekday, localStart: windows.from, localEnd: windows.until, timeZone: ZONE, createdAt })));
  await commit(db, [
    ...insertMany(db, tables.availability, offered),
    ...insertMany(db, tables.absences, [{ id: days.make("abs", createdAt), teacherId: id(ids, away.teacher), startsOn: days.date(away.from), endsOn: days.date(away.until), createdAt }]),
  ]);
}
