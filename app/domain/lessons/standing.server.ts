import type { TimetableReader } from "#db/lessons.ts";
import { wardOf, type Actor, type Role } from "../actor.ts";
import { readRule } from "../consent/access.ts";
import { can } from "../policy.ts";
import type { Standing } from "./rules.ts";

const schoolsAs = (actor: Actor, ...roles: Role[]) => [...new Set(actor.memberships.filter(({ role }) => roles.includes(role)).map(({ schoolId }) => schoolId))];

/** As whom this person reads timetables. Who looks through another's eyes sees only children whose days are open to them. */
export const timetableReader = (actor: Actor): TimetableReader => ({
  userId: actor.userId, teachesAt: schoolsAs(actor, "teacher"), tutorsAt: schoolsAs(actor, "tutor"), administers: schoolsAs(actor, "school_admin", "school_owner"),
  students: [...(actor.viewedBy ? [] : [actor.userId]), ...actor.wards.filter((ward) => can(actor, "lesson:view", ward.childId) && !(actor.viewedBy && ward.closed.includes("activity"))).map(({ childId }) => childId)],
  rule: readRule("activity"),
});

/** In what this person may act on the lesson. */
export const standingTo = (actor: Actor, lesson: { teacherId: string; schoolId: string; studentId: string; status: string; cancelledBy: string | null }): Standing => ({
  teaches: lesson.teacherId === actor.userId && schoolsAs(actor, "teacher").includes(lesson.schoolId),
  schedules: can(actor, "lesson:schedule", lesson.studentId),
  administers: schoolsAs(actor, "school_admin", "school_owner").includes(lesson.schoolId),
  asks: lesson.studentId === actor.userId && can(actor, "lesson:ask", actor.userId) && (lesson.status === "asked" || lesson.cancelledBy === actor.userId),
});

export const mayAct = ({ teaches, schedules, administers, asks }: Standing): boolean => teaches || schedules || administers || asks;

/** Whether this person may know who was there: not tutors, nor guardians from whom attendance is kept. */
export const readsAttendance = (actor: Actor, { studentId }: { studentId: string }, { teaches, schedules, administers }: Standing): boolean =>
  teaches || administers || schedules || (can(actor, "lesson:view", studentId) && !wardOf(actor, studentId)?.closed.includes("attendance"));

/** The children on whose lessons this person decides. */
export const schedulable = (actor: Actor): string[] => actor.wards.map(({ childId }) => childId).filter((childId) => can(actor, "lesson:schedule", childId));
