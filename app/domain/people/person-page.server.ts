import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectEnrolmentsOf, selectPerson, selectSubjects, type PersonOfSchool } from "#db/people.ts";
import { selectGuardiansAt, selectWardsAt } from "#db/school-guardians.ts";
import type { AppContext } from "../../context.ts";
import type { Actor, Role } from "../actor.ts";
import type { DataType } from "../consent/rules.ts";
import { noteLook } from "../consent/note-look.server.ts";
import { authorize, canRead, can } from "../policy.ts";
import { checkPerson } from "./require-person.server.ts";

/** What a family may keep from the administration of what this page shows. */
const ASKED = ["profile", "contact", "media"] as const satisfies DataType[];

export type PersonSeen = Omit<PersonOfSchool, "roles" | "subjectIds"> & { roles: { role: Role; active: boolean }[]; subjectIds: string[]; active: boolean; notShared: DataType[] };

/** Somebody of the school, as its administration may see them: of a student only what the family shares. The look is written down. */
export async function loadPerson(ctx: AppContext, actor: Actor, schoolId: string, userId: string) {
  authorize(actor, "school:administer", schoolId);
  const now = ctx.clock.now();
  const [[found], [access], guardians, wards, enrolments, subjects] = await ctx.db.batch([
    selectPerson(ctx.db, schoolId, userId), selectChildAccess(ctx.db, actor, userId, now), selectGuardiansAt(ctx.db, schoolId, userId, now),
    selectWardsAt(ctx.db, schoolId, userId, now), selectEnrolmentsOf(ctx.db, schoolId, userId, now, 40), selectSubjects(ctx.db, schoolId),
  ]);
  const person = checkPerson(actor, userId, found);
  const facts = accessOf(access, actor, now);
  const shared = person.kind === "adult" ? [...ASKED] : ASKED.filter((dataType) => canRead(actor, facts, dataType));
  if (person.kind === "child") noteLook(ctx, actor, { childId: userId, capacity: "school_administration", schoolId, dataTypes: shared });
  const of = <T>(dataType: (typeof ASKED)[number], value: T) => (shared.includes(dataType) ? value : null);
  const { birthDate, number, goal, email, phone, avatarKey, ...rest } = person;
  const seen: PersonSeen = {
    ...rest, birthDate: of("profile", birthDate), number: of("profile", number), goal: of("profile", goal), email: of("contact", email), phone: of("contact", phone), avatarKey: of("media", avatarKey),
    roles: person.roles.map(({ role, active }) => ({ role, active: active === 1 })), subjectIds: person.subjectIds ?? [],
    active: person.status === "active" && person.roles.some(({ active }) => active === 1), notShared: ASKED.filter((dataType) => !shared.includes(dataType)),
  };
  return {
    person: seen, isSelf: userId === actor.userId, owns: can(actor, "school:own", schoolId), subjects,
    guardians: of("contact", guardians) ?? [], wards: wards.filter((ward) => !actor.restrictedFrom.includes(ward.userId)),
    enrolments: enrolments.filter((enrolment) => !actor.restrictedFrom.includes(enrolment.studentId)),
  };
}
export type PersonPage = Awaited<ReturnType<typeof loadPerson>>;
