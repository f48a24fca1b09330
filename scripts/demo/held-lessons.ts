import { HOUR, MINUTE } from "#app/domain/clock.ts";
import { hoursAfter, TO_CONFIRM } from "#app/domain/lessons/attendance-rules.ts";
import { insertMany } from "#db/bulk.ts";
import { commit } from "#db/client.ts";
import { postLesson } from "#db/ledger.ts";
import { insertLessonChanges, type NewLessonChange } from "#db/lesson-writes.ts";
import * as tables from "#db/schema/index.ts";
import type { Days } from "./days.ts";
import { id, type Ids } from "./load-schools.ts";
import type { LivingWorld } from "./living.ts";

/** A lesson whose time is over, with what its teacher wrote and what the family says. */
export type Held = {
  lessonId: string; schoolId: string; studentId: string; teacherId: string; subjectId: string; topic: string; onDate: string; startsAt: number; endsAt: number; usesHours: boolean;
  status: "present" | "late" | "absent" | "excused"; minutesLate: number | null; note: string | null; dispute: string | null; confirmed: boolean;
};

/** What is disputed waits for the administration. */
const settledAt = ({ endsAt, dispute }: Held, now: number): number | null => (dispute === null && endsAt + TO_CONFIRM <= now ? endsAt + TO_CONFIRM : null);

export function hoursOf(held: Held, now: number): { hours: "consumed" | "released" | null; hoursAt: number | null } {
  const at = held.usesHours ? settledAt(held, now) : null;
  return { hours: at === null ? null : hoursAfter({ ...held, resolution: null }), hoursAt: at };
}

/** Attendance, what the family answered, and, once its time is over, the hours in the books and what was learnt. */
export async function insertHeld({ ctx: { db } }: LivingWorld, ids: Ids, days: Days, all: Held[]): Promise<void> {
  const answered = all.map((held) => ({ ...held, settled: settledAt(held, days.now), answeredAt: (held.dispute !== null || held.confirmed) && held.endsAt + 3 * HOUR <= days.now ? held.endsAt + 3 * HOUR : null }));
  const change = (lessonId: string, at: number, what: NewLessonChange["what"], byId: string | null, facts: NewLessonChange["facts"]) => ({ id: days.make("lch", at), lessonId, what, byId, facts, at });
  const guardian = id(ids, "guardian");
  const settled = answered.flatMap((held) => (held.settled === null ? [] : [{ ...held, at: held.settled, ...hoursOf(held, days.now) }]));
  await commit(db, [
    ...insertMany(db, tables.attendance, answered.map(({ lessonId, schoolId, studentId, onDate, status, minutesLate, teacherId, endsAt }) => ({ id: days.make("att", endsAt), schoolId, studentId, onDate, lessonId, status, minutesLate, takenBy: teacherId, at: endsAt }))),
    ...insertMany(db, tables.lessonOutcomes, answered.map(({ lessonId, studentId, note, endsAt, answeredAt, dispute, settled: at }) => ({
      lessonId, studentId, note, confirmUntil: endsAt + TO_CONFIRM, answer: answeredAt === null ? null : dispute === null ? ("confirmed" as const) : ("disputed" as const), answeredBy: answeredAt === null ? null : guardian, answeredAt, dispute: answeredAt === null ? null : dispute, settledAt: at,
    }))),
    ...settled.filter(({ hours }) => hours === "consumed").flatMap(({ lessonId, schoolId, studentId, startsAt, endsAt, at }) => postLesson(db, () => days.make("entry", at), { lessonId, schoolId, studentId, minutes: (endsAt - startsAt) / MINUTE, at })),
    ...insertMany(db, tables.activities, settled.filter(({ status }) => status === "present" || status === "late").map(({ lessonId, schoolId, studentId, subjectId, topic, onDate, startsAt, endsAt }) => (
      { id: days.make("act", startsAt), studentId, schoolId, subjectId, kind: "lesson" as const, about: topic, minutes: (endsAt - startsAt) / MINUTE, cause: lessonId, onDate, at: startsAt }))),
    ...insertLessonChanges(db, answered.flatMap(({ lessonId, status, teacherId, endsAt, answeredAt, dispute, settled: at, usesHours }) => [
      change(lessonId, endsAt, "attended", teacherId, { status, before: null }),
      ...(answeredAt === null ? [] : [change(lessonId, answeredAt, dispute === null ? "confirmed" : "disputed", guardian, {})]),
      ...(at === null ? [] : [change(lessonId, at, "settled", null, { status, hours: hoursAfter({ usesHours, status, resolution: null }) })]),
    ])),
  ]);
}
