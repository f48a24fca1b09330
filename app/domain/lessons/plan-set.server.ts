import type { Write } from "#db/client.ts";
import { freeSlots, takeSlots } from "#db/lesson-slots.ts";
import { closeBookings, insertLessonChanges, insertSeries, updateLessons, updateSeries } from "#db/lesson-writes.ts";
import type { LessonFacts, SeriesRow } from "#db/lessons.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { heldBefore } from "./plan-lessons.server.ts";
import { factsOf, hasChanged, isSame, type Plan, type PlannedChange } from "./plan-changes.server.ts";
import { minutesOf } from "./rules.ts";
import { daysAfter } from "./series.ts";

/** The rows of lessons that change at once. `agreedBy`: the guardian who thereby agrees to the time. */
export function planSet(ctx: AppContext, actor: Actor, changes: PlannedChange[], agreedBy: string | null) {
  const moved = changes.filter(({ before, after }) => !isSame(before, after));
  const slots = moved.map(({ after: { id, teacherId, studentId, startsAt, endsAt } }) => ({ lessonId: id, kind: "stands" as const, teacherId, studentId, startsAt, endsAt }));
  const asksAccount = changes.some(({ before, after }) => after.usesHours && (!before.usesHours || minutesOf(after) > minutesOf(before)));
  const rows = heldBefore(changes.map(({ before, after }) => ({ ...after, approvedBy: isSame(before, after) ? after.approvedBy : agreedBy ?? after.approvedBy }))).map((row) => (asksAccount ? row : { ...row, heldBefore: null }));
  const history = changes.filter(hasChanged).map((change) => ({ id: ctx.ids.make("lch"), lessonId: change.before.id, what: isSame(change.before, change.after) ? ("changed" as const) : ("moved" as const), byId: actor.userId, facts: factsOf(change), at: ctx.clock.now() }));
  const ids = moved.map(({ before }) => before.id);
  // A time that the guardians were asked about is out of the question when the lesson goes elsewhere.
  const writes: Write[] = [updateLessons(ctx.db, rows), closeBookings(ctx.db, ids, actor.userId, ctx.clock.now()), freeSlots(ctx.db, ids), ...takeSlots(ctx.db, slots), ...insertLessonChanges(ctx.db, history)];
  return { writes, slots };
}

/** The pattern of the series from now on. `newId`: this lesson and what follows become a series of their own. */
export function planSeries(ctx: AppContext, actor: Actor, series: SeriesRow, lesson: LessonFacts, { pattern }: Plan, details: Partial<LessonFacts>, newId: string | null): Write[] {
  const { shift, ...hour } = pattern ?? { shift: 0 };
  const { topic: _topic, ...meeting } = details;
  if (newId === null) return [updateSeries(ctx.db, series.id, { ...meeting, ...hour })];
  const day = lesson.seriesDate!;
  return [
    insertSeries(ctx.db, { ...series, ...meeting, ...hour, id: newId, startsOn: daysAfter(day, shift), endsOn: daysAfter(series.endsOn, shift), createdBy: actor.userId, createdAt: ctx.clock.now() }),
    updateSeries(ctx.db, series.id, { endsOn: day }),
  ];
}
