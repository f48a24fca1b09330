import { subjects } from "#db/demo/teaching.ts";
import type { Slot } from "#db/lesson-slots.ts";
import type { NewLesson, NewLessonChange } from "#db/lesson-writes.ts";
import { ZONE } from "./days.ts";
import type { Held } from "./held-lessons.ts";
import { id, type Ids } from "./load-schools.ts";

export type LessonPlan = { lessons: (NewLesson & { heldBefore: null })[]; slots: Slot[]; changes: NewLessonChange[]; held: Held[] };

/** Whom a lesson of this child brings together, and where. */
export const meetingOf = (ids: Ids, child: string, subject: string, usesHours: boolean) => ({
  enrolmentId: id(ids, `enr ${child} ${subject}`), schoolId: id(ids, "umoja"), teacherId: id(ids, subjects.find(({ key }) => key === subject)!.teacher), studentId: id(ids, child), subjectId: id(ids, `sub ${subject}`),
  timeZone: ZONE, place: usesHours ? null : "Umoja School, Room 4", link: usesHours ? "https://meet.umoja.example/lessons" : null, usesHours,
});
export const NOT_CANCELLED = { status: "scheduled", seriesId: null, seriesDate: null, topic: null, approvedBy: null, cancelledBy: null, cancelledAs: null, cancelReason: null, hours: null, hoursAt: null, heldBefore: null } as const;
