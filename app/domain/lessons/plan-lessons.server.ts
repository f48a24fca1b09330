import type { Write } from "#db/client.ts";
import type { Pair } from "#db/lesson-pairs.ts";
import { takeSlots, type Slot } from "#db/lesson-slots.ts";
import { insertLessonChanges, insertLessons } from "#db/lesson-writes.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { isEnrolled, minutesOf, type Times } from "./rules.ts";
import { invalid } from "../errors.ts";
import type { Moment } from "./times.ts";

type Details = { topic: string | null; place: string | null; link: string | null; usesHours: boolean };
type Occasion = Moment & { seriesId?: string; seriesDate?: string; approvedBy?: string };

/** Minutes that the rows before each take from the account; null where it uses none. */
export function heldBefore<L extends Times & { usesHours: boolean }>(lessons: L[]): (L & { heldBefore: number | null })[] {
  let held = 0;
  return lessons.map((lesson) => {
    const before = held;
    if (lesson.usesHours) held += minutesOf(lesson);
    return { ...lesson, heldBefore: lesson.usesHours ? before : null };
  });
}

/** The rows of new lessons of an enrolled pair: lessons, the time they take, and where their history begins. */
export function planLessons(ctx: AppContext, actor: Actor, pair: Pair, details: Details, occasions: Occasion[], status: "scheduled" | "asked" = "scheduled"): { ids: string[]; writes: Write[]; slots: Slot[]; using: { id: string; startsAt: number; endsAt: number }[] } {
  const now = ctx.clock.now();
  const { enrolmentId, schoolId, teacherId, studentId, subjectId } = pair;
  if (occasions.some(({ startsAt }) => !isEnrolled(pair, startsAt, now))) throw invalid("localStart", "not_enrolled_then");
  const rows = heldBefore(occasions.map((occasion) => ({ id: ctx.ids.make("les"), enrolmentId, schoolId, teacherId, studentId, subjectId, ...details, seriesId: null, seriesDate: null, ...occasion, status, createdBy: actor.userId, createdAt: now })));
  const slots = rows.map(({ id, startsAt, endsAt }) => ({ lessonId: id, kind: "stands" as const, teacherId, studentId, startsAt, endsAt }));
  const changes = rows.map(({ id, startsAt, endsAt, timeZone }) => ({ id: ctx.ids.make("lch"), lessonId: id, what: status === "asked" ? ("booked" as const) : ("created" as const), byId: actor.userId, facts: { startsAt, endsAt, timeZone }, at: now }));
  return { ids: rows.map(({ id }) => id), slots, using: rows.filter(({ usesHours }) => usesHours), writes: [...insertLessons(ctx.db, rows), ...takeSlots(ctx.db, slots), ...insertLessonChanges(ctx.db, changes)] };
}
