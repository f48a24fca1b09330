import { selectMoneyAndZone, selectOwners, selectRolesOf, selectSubjectIds, selectUsernameOwner } from "#db/new-people.ts";
import { selectStudentsToGuard } from "#db/school-guardians.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { localDate } from "../clock.ts";
import { DomainError, type FieldProblem } from "../errors.ts";
import { firstResult, selectRepeat, type Repeat } from "../idempotency.server.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import type { NewPersonInput } from "./inputs.ts";

/** Who of those named is there already, or what a first try made (`before`), in one round trip. Throws invalid_input with every field that names what is not at this school. */
export async function findNewcomerFacts(ctx: AppContext, actor: Actor, schoolId: string, input: NewPersonInput, repeat: Repeat | null) {
  const attempt = limitedTry(ctx, LIMITS.addPerson, actor.userId);
  const guardians = input.role === "student" ? input.guardians : [];
  const emails = [input.email, ...guardians.map((guardian) => guardian.email)].filter((email) => email !== undefined);
  const named = [...guardians.map((guardian) => guardian.userId), input.role === "student" ? input.tutorId : undefined].filter((id) => id !== undefined);
  const subjectIds = "subjectIds" in input ? input.subjectIds : [];
  const studentIds = input.role === "parent" ? input.studentIds : [];
  const [firsts, counted, [school], owners, usernameOwner, roles, subjects, students] = await ctx.db.batch([
    selectRepeat(ctx, actor.userId, repeat), attempt.count, selectMoneyAndZone(ctx.db, schoolId), selectOwners(ctx.db, schoolId, emails), selectUsernameOwner(ctx.db, input.username ?? ""),
    selectRolesOf(ctx.db, schoolId, named), selectSubjectIds(ctx.db, schoolId, subjectIds), selectStudentsToGuard(ctx.db, schoolId, "", studentIds, ctx.clock.now()),
  ]);
  const before = firstResult(repeat, firsts);
  if (before !== null) return { before };
  attempt.permit(counted);
  const holds = (userId: string | undefined, role: string) => roles.some((held) => held.userId === userId && held.role === role);
  const ownerOf = (email: string | undefined) => owners.find((owner) => owner.email === email);
  const owner = ownerOf(input.email);
  const wards = students.filter(({ childId }) => !actor.restrictedFrom.includes(childId));
  const problem = (wrong: boolean, path: string, message: string): FieldProblem[] => (wrong ? [{ path, message }] : []);
  const fields = [
    ...problem(owner !== undefined && owner.roles.length > 0, "email", "email_at_school"),
    // A child is never linked by knowing its address.
    ...problem(owner?.roles.length === 0 && (input.role === "student" || owner.kind === "child" || owner.status !== "active"), "email", "email_in_use"),
    ...problem(usernameOwner.length > 0, "username", "username_taken"),
    ...problem(input.way === "link" && input.email === undefined, "email", "email_for_link"),
    ...problem(subjects.length < new Set(subjectIds).size, "subjectIds", "subject_unknown"),
    ...problem(wards.length < new Set(studentIds).size, "studentIds", "student_unknown"),
    ...(input.role === "student" ? [
      ...problem(input.birthDate !== undefined && input.birthDate > localDate(ctx.clock.now(), school!.timeZone).toString(), "birthDate", "birth_date_unusable"),
      ...problem(input.tutorId !== undefined && !holds(input.tutorId, "tutor"), "tutorId", "tutor_unknown"),
      ...guardians.flatMap(({ userId, email }, at) => [
        ...problem(userId !== undefined && !holds(userId, "parent"), `guardians.${at}.userId`, "guardian_not_here"),
        ...problem(userId === undefined && guardians.findIndex((other) => other.email === email) < at, `guardians.${at}.email`, "named_twice"),
        ...problem(userId === undefined && (ownerOf(email)?.kind === "child" || (email !== undefined && email === input.email)), `guardians.${at}.email`, "email_in_use"),
      ]),
    ] : []),
  ];
  if (fields.length > 0) throw new DomainError("invalid_input", "invalid_input", { fields });
  return { before, home: { schoolId, ...school! }, ownerOf, wards };
}
export type NewcomerFacts = Exclude<Awaited<ReturnType<typeof findNewcomerFacts>>, { before: string }>;
