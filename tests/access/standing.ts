import { wardOf, type Actor } from "#app/domain/actor.ts";
import { openAtFirst, type DataType } from "#app/domain/consent/rules.ts";
import type { Side } from "./cast.ts";
import { verdict, type Verdict } from "./judge.ts";

/** The one who holds it, and nobody else. */
export const only = (name: keyof Side) => (actor: Actor, side: Side): Verdict => (actor.userId === side[name] ? "yes" : "unknown");

/** The class's teacher and the school's administration. */
export const opensClass = (actor: Actor, side: Side): Verdict => (actor.userId === side.teacherId || verdict(actor, "school:administer", side) === "yes" ? "yes" : "unknown");

/** Is the child or its guardian, teaches or tutors it, or runs its school. */
export const knowsStudent = (actor: Actor, side: Side): Verdict =>
  actor.userId === side.childId || wardOf(actor, side.childId) || actor.userId === side.teacherId || actor.userId === side.tutorId || verdict(actor, "school:administer", side) === "yes" ? "yes" : "unknown";

/** Reads this kind of the child's data while the family has set nothing. Who stands to the child but may not read it, knows that it is there. */
export const readsOf = (dataType: DataType) => (actor: Actor, side: Side): Verdict => {
  if (knowsStudent(actor, side) === "unknown") return "unknown";
  if (actor.userId === side.childId || wardOf(actor, side.childId)) return "yes";
  const as = ([["teachers", actor.userId === side.teacherId], ["tutors", actor.userId === side.tutorId], ["school_administration", verdict(actor, "school:administer", side) === "yes"]] as const).filter(([, is]) => is);
  return as.some(([recipient]) => openAtFirst({ dataType, recipient })) ? "yes" : "no";
};

/** Who teaches, tutors or looks after the child plans with it; the child and its school's administration read. */
export const plansFor = (actor: Actor, side: Side): Verdict => {
  const known = knowsStudent(actor, side);
  return known !== "yes" || wardOf(actor, side.childId) || [side.teacherId, side.tutorId].includes(actor.userId) ? known : "no";
};
/** The author, and those near to the child for whom it is. */
export const givenWork = (kind: "progress" | "assessments") => (actor: Actor, side: Side): Verdict =>
  actor.userId === side.teacherId || actor.userId === side.childId || wardOf(actor, side.childId) || (kind === "progress" && actor.userId === side.tutorId) ? "yes" : "unknown";
/** Teaches the student or runs its school. */
export const givesTo = (actor: Actor, side: Side): Verdict => (actor.userId === side.teacherId || verdict(actor, "school:administer", side) === "yes" ? "yes" : knowsStudent(actor, side) === "yes" ? "no" : "unknown");
/** Who wrote it; to who may see it, no. */
export const wrote = (sees: (actor: Actor, side: Side) => Verdict) => (actor: Actor, side: Side): Verdict => (actor.userId === side.teacherId ? "yes" : sees(actor, side) === "yes" ? "no" : "unknown");
/** To a tutor an assessment does not exist. */
export const seesAssessment = (actor: Actor, side: Side): Verdict => (readsOf("assessments")(actor, side) === "yes" ? "yes" : "unknown");

/** Teaches the child, or runs its school. */
export const setsLessons = (actor: Actor, side: Side): Verdict => (actor.userId === side.teacherId || verdict(actor, "school:administer", side) === "yes" ? "yes" : "unknown");
/** The same, and guardians with the right to schedule; who merely sees a lesson may not touch it. */
export const changesLessons = (actor: Actor, side: Side): Verdict =>
  setsLessons(actor, side) === "yes" || verdict(actor, "lesson:schedule", side) === "yes" ? "yes" : knowsStudent(actor, side) === "yes" ? "no" : "unknown";

/** Who sees the lesson, but for tutors. */
export const readsAttendance = (actor: Actor, side: Side): Verdict => (actor.userId === side.tutorId ? "no" : knowsStudent(actor, side));
/** May it by that rule; who merely sees the lesson, not. */
const ifSeen = (may: (actor: Actor, side: Side) => boolean) => (actor: Actor, side: Side): Verdict => (may(actor, side) ? "yes" : knowsStudent(actor, side) === "yes" ? "no" : "unknown");
export const teachesThere = (actor: Actor, side: Side): Verdict => (actor.userId === side.teacherId ? "yes" : "unknown");
export const worksOnLesson = ifSeen((actor, side) => setsLessons(actor, side) === "yes");
export const schedules = ifSeen((actor, side) => verdict(actor, "lesson:schedule", side) === "yes");
export const asksForLesson = ifSeen((actor, side) => verdict(actor, "lesson:ask", side) === "yes");
export const administersLesson = ifSeen((actor, side) => verdict(actor, "school:administer", side) === "yes");

/** Who asked, and who answers at that school. */
export const helps = (actor: Actor, side: Side): Verdict => (actor.userId === side.guardianId || verdict(actor, "school:answer", side) === "yes" ? "yes" : "unknown");

/** The child and its teacher talk; guardians who may talk with teachers look on. To anybody else the room does not exist. */
export const readsRoom = (actor: Actor, side: Side): Verdict => (actor.userId === side.childId || actor.userId === side.teacherId || wardOf(actor, side.childId)?.canTalkWithTeachers ? "yes" : "unknown");
export const writesInRoom = (actor: Actor, side: Side): Verdict => (wardOf(actor, side.childId)?.canTalkWithTeachers ? "no" : readsRoom(actor, side));
/** The cast's message is the teacher's. */
export const wroteMessage = (actor: Actor, side: Side): Verdict => (actor.userId === side.teacherId ? "yes" : readsRoom(actor, side) === "yes" ? "no" : "unknown");
