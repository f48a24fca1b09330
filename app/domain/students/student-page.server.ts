import { selectAttendance } from "#db/attendance.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectContactsOfChild } from "#db/family-contacts.ts";
import { selectAddresses, selectReach, selectRoster, selectSchoolFacts, selectStudentFacts } from "#db/pupils.ts";
import { selectTaught } from "#db/teaching.ts";
import { selectWritten } from "#db/written.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { readingCapacity, readRule } from "../consent/access.ts";
import { noteReading } from "../consent/note-look.server.ts";
import type { DataType } from "../consent/rules.ts";
import { avatarUrl } from "../identity/avatar.ts";
import { asWritten } from "../learning/read-written.server.ts";
import { authorizeKnowing } from "../policy.ts";

/** The kinds of data this page holds. What lessons and learning add comes in by its own line here and its own statement below. */
const SECTIONS = ["profile", "media", "contact", "progress", "assessments", "attendance"] as const satisfies DataType[];

/** A student as this reader may see it: the school's roster always, each other section where the family shares it, else null. The look is written down. */
export async function readStudent(ctx: AppContext, actor: Actor, studentId: string) {
  const now = ctx.clock.now();
  const few = { limit: 3 };
  const [[row], roster, [facts], schoolFacts, guardians, addresses, contacts, observations, notes, assessments, attended, taught] = await ctx.db.batch([
    selectChildAccess(ctx.db, actor, studentId, now), selectRoster(ctx.db, studentId, now), selectStudentFacts(ctx.db, studentId), selectSchoolFacts(ctx.db, studentId),
    selectReach(ctx.db, studentId, now), selectAddresses(ctx.db, studentId), selectContactsOfChild(ctx.db, studentId),
    selectWritten(ctx.db, "observation", actor.userId, studentId, readRule("progress"), few, now), selectWritten(ctx.db, "note", actor.userId, studentId, readRule("progress"), few, now),
    selectWritten(ctx.db, "assessment", actor.userId, studentId, readRule("assessments"), few, now), selectAttendance(ctx.db, actor.userId, studentId, readRule("attendance"), { limit: 5 }, now), selectTaught(ctx.db, actor.userId, { studentId }, now),
  ]);
  const access = accessOf(row, actor, now);
  const capacities = authorizeKnowing(actor, access);
  const schools = new Set(capacities.flatMap((capacity) => ("schoolId" in capacity ? [capacity.schoolId] : [])));
  // Of the family everything; of a school what is its own.
  const atHome = capacities.some(({ as }) => as === "self" || as === "guardian");
  const ours = <T extends { schoolId: string }>(rows: T[]) => rows.filter(({ schoolId }) => atHome || schools.has(schoolId));

  const shared = SECTIONS.flatMap((dataType) => {
    const capacity = readingCapacity(access!, dataType);
    return capacity ? [{ dataType, capacity }] : [];
  });
  const held: Partial<Record<DataType, unknown[]>> = { progress: [...observations, ...notes], assessments, attendance: attended };
  for (const { dataType, capacity } of shared) if (held[dataType]?.length !== 0) noteReading(ctx, actor, studentId, capacity, dataType);
  const of = <T>(dataType: (typeof SECTIONS)[number], section: () => T): T | null => (shared.some((one) => one.dataType === dataType) ? section() : null);
  return {
    id: studentId, name: row!.name, level: row!.level, capacities: [...new Set(capacities.map(({ as }) => as))],
    enrolments: ours(roster).map(({ id, subject, teacher, tutor, class: name }) => ({ id, subject, teacher, tutor, class: name })),
    profile: of("profile", () => ({ birthDate: facts!.birthDate, numbers: ours(schoolFacts).flatMap(({ number }) => number ?? []), goals: ours(schoolFacts).flatMap(({ goal }) => goal ?? []) })),
    picture: of("media", () => avatarUrl(studentId, facts!.avatarKey)),
    contact: of("contact", () => ({
      phone: facts!.phone, addresses: addresses.flatMap(({ address }) => address ?? []), guardians,
      contacts: contacts.map(({ id, name, relationship, phone, isEmergency, mayPickUp }) => ({ id, name, relationship, phone, isEmergency, mayPickUp })),
    })),
    progress: of("progress", () => ({ observations: observations.map(asWritten), notes: notes.map(asWritten) })), assessments: of("assessments", () => assessments.map(asWritten)), attendance: of("attendance", () => attended),
    teaches: taught.length > 0 && actor.viewedBy === null,
    notShared: SECTIONS.filter((dataType) => !shared.some((one) => one.dataType === dataType)),
  };
}
export type StudentPage = Awaited<ReturnType<typeof readStudent>>;
