import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectContactsOfChild } from "#db/family-contacts.ts";
import { selectAddresses, selectReach, selectRoster, selectSchoolFacts, selectStudentFacts } from "#db/pupils.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { readingCapacity } from "../consent/access.ts";
import { noteLook } from "../consent/note-look.server.ts";
import type { DataType } from "../consent/rules.ts";
import { avatarUrl } from "../identity/avatar.ts";
import { authorizeKnowing } from "../policy.ts";

/** The kinds of data this page holds. What lessons and learning add comes in by its own line here and its own statement below. */
const SECTIONS = ["profile", "media", "contact"] as const satisfies DataType[];

/** A student as this reader may see it: the school's roster always, each other section where the family shares it, else null. The look is written down. */
export async function readStudent(ctx: AppContext, actor: Actor, studentId: string) {
  const now = ctx.clock.now();
  const [[row], roster, [facts], schoolFacts, guardians, addresses, contacts] = await ctx.db.batch([
    selectChildAccess(ctx.db, actor, studentId, now), selectRoster(ctx.db, studentId, now), selectStudentFacts(ctx.db, studentId), selectSchoolFacts(ctx.db, studentId),
    selectReach(ctx.db, studentId, now), selectAddresses(ctx.db, studentId), selectContactsOfChild(ctx.db, studentId),
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
  for (const { dataType, capacity } of shared) noteLook(ctx, actor, { childId: studentId, capacity: capacity.as, schoolId: "schoolId" in capacity ? capacity.schoolId : null, dataTypes: [dataType] });
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
    notShared: SECTIONS.filter((dataType) => !shared.some((one) => one.dataType === dataType)),
  };
}
export type StudentPage = Awaited<ReturnType<typeof readStudent>>;
