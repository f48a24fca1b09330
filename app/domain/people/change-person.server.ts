import { endMailedSecrets } from "#db/accounts.ts";
import { commit, type Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { putStaffProfile, putStudentProfile, selectSubjectIds } from "#db/new-people.ts";
import { selectPerson, updateLevel, updateManaged, type PersonOfSchool } from "#db/people.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { localDate } from "../clock.ts";
import { DomainError, invalid, type FieldProblem } from "../errors.ts";
import { authorize, requireStepUp } from "../policy.ts";
import type { ChangePersonInput } from "./inputs.ts";
import { authorizeOver, checkPerson } from "./require-person.server.ts";

const OF_ACCOUNT = ["name", "email", "username", "phone", "birthDate"] as const;
const OF_STUDENT = ["level", "number", "goal"] as const;
const OF_STAFF = ["specialisation", "subjectIds"] as const;

/** Changes what is named and differs. Name, address and sign-in only of an account that the school answers for; the rest is its own record. */
export async function changePerson(ctx: AppContext, actor: Actor, schoolId: string, userId: string, input: ChangePersonInput): Promise<PersonOfSchool> {
  authorize(actor, "school:administer", schoolId);
  const [[found], subjects] = await ctx.db.batch([selectPerson(ctx.db, schoolId, userId), selectSubjectIds(ctx.db, schoolId, input.subjectIds ?? [])]);
  const person = checkPerson(actor, userId, found);
  authorizeOver(actor, schoolId, person);
  const differs = (field: keyof ChangePersonInput) => input[field] !== undefined && JSON.stringify(input[field]) !== JSON.stringify(person[field]);
  const account = OF_ACCOUNT.filter(differs);
  const [ofStudent, ofStaff] = [OF_STUDENT.filter(differs), OF_STAFF.filter(differs)];
  const changed = [...account, ...ofStudent, ...ofStaff];
  if (changed.length === 0) return person;
  refuse([
    ...account.filter(() => !person.managed).map((path) => ({ path, message: "not_managed" })),
    ...ofStudent.filter(() => person.kind === "adult").map((path) => ({ path, message: "students_only" })),
    ...ofStaff.filter(() => person.kind === "child").map((path) => ({ path, message: "staff_only" })),
    ...(input.subjectIds && subjects.length < new Set(input.subjectIds).size ? [{ path: "subjectIds", message: "subject_unknown" }] : []),
    ...(input.birthDate && input.birthDate > localDate(ctx.clock.now(), actor.timeZone).toString() ? [{ path: "birthDate", message: "birth_date_unusable" }] : []),
    ...((input.email === undefined ? person.email : input.email) === null && (input.username === undefined ? person.username : input.username) === null ? [{ path: account.includes("username") ? "username" : "email", message: "needs_sign_in_name" }] : []),
  ]);
  // Whoever sets where mails go or what one signs in with could take the account.
  if (account.includes("email") || account.includes("username")) requireStepUp(actor, ctx.clock.now());
  const next = { ...person, ...Object.fromEntries(changed.map((field) => [field, input[field]])) } as PersonOfSchool;
  const writes: Write[] = [
    ...(account.length > 0 ? [updateManaged(ctx.db, schoolId, userId, { ...Object.fromEntries(account.map((field) => [field, input[field]])), ...(account.includes("email") ? { emailVerifiedAt: null } : {}) })] : []),
    // What was mailed to the address before must not open the account to whoever reads there.
    ...(account.includes("email") ? [endMailedSecrets(ctx.db, userId, ctx.clock.now())] : []),
    ...(ofStudent.includes("level") ? [updateLevel(ctx.db, userId, next.level)] : []),
    ...(ofStudent.length > 0 ? [putStudentProfile(ctx.db, { schoolId, studentId: userId, number: next.number, goal: next.goal })] : []),
    ...(ofStaff.length > 0 ? [putStaffProfile(ctx.db, { schoolId, staffId: userId, specialisation: next.specialisation, subjectIds: next.subjectIds ?? [] })] : []),
    // Old and new values of a child's data would outlive its erasure: the fields are named.
    record(ctx, actor, { action: "person.changed", subjectId: userId, schoolId, ...(person.kind === "child" ? { childId: userId } : {}), details: { fields: changed } }),
  ];
  try {
    await commit(ctx.db, writes);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  return next;
}

function refuse(fields: FieldProblem[]): void {
  if (fields.length > 0) throw new DomainError("invalid_input", "invalid_input", { fields });
}

function refusalOf(error: unknown): DomainError | null {
  if (broke(error, "UNIQUE users.email")) return invalid("email", "email_in_use");
  if (broke(error, "UNIQUE users.username")) return invalid("username", "username_taken");
  if (broke(error, "UNIQUE student_profiles.school_id")) return invalid("number", "number_taken");
  return broke(error, "NOT NULL users.name") ? new DomainError("conflict", "not_managed") : null;
}
