import * as z from "zod";
import { invalid, notFound } from "../errors.ts";

const id = z.string("missing").max(60, "too_long");

/** To whom a teacher gives something: all whom they teach the subject, one class of these, or students named. */
export const AUDIENCES = ["subject", "class", "students"] as const;
const fields = { audience: z.enum(AUDIENCES, "not_a_choice"), classId: id.nullable(), studentIds: z.array(id).max(200, "too_long") };
export const AudienceInput = z.object({ subjectId: id, audience: fields.audience.default("subject"), classId: fields.classId.default(null), studentIds: fields.studentIds.default([]) });
export type AudienceInput = z.infer<typeof AudienceInput>;
/** Somebody else within the same subject; what is not said stays as it is. */
export const ChangeAudienceInput = z.object(fields).partial();
export type ChangeAudienceInput = z.infer<typeof ChangeAudienceInput>;

type Taught = { schoolId: string; subjectId: string; classId: string | null; studentId: string };
type Stored = Pick<AudienceInput, "subjectId" | "audience" | "classId">;

/** Held against whom the author teaches: the students it reaches now, and what is stored. Throws not_found for a subject that is not taught. */
export function audienceOf<T extends Taught>(taught: T[], { subjectId, audience, classId, studentIds }: AudienceInput) {
  const ofSubject = taught.filter((row) => row.subjectId === subjectId);
  const schoolId = ofSubject[0]?.schoolId;
  if (schoolId === undefined) throw notFound();
  const stored = { schoolId, subjectId, audience, classId: audience === "class" ? classId : null };
  if (audience === "subject") return { stored, named: [], reached: ofSubject };
  if (audience === "class") {
    // Who is in no class is not a class.
    if (classId === null) throw invalid("classId", "missing");
    const reached = ofSubject.filter((row) => row.classId === classId);
    if (reached.length === 0) throw notFound();
    return { stored, named: [], reached };
  }
  const reached = ofSubject.filter((row) => studentIds.includes(row.studentId));
  if (studentIds.length === 0) throw invalid("studentIds", "students_missing");
  if (new Set(reached.map((row) => row.studentId)).size < new Set(studentIds).size) throw notFound();
  return { stored, named: [...new Set(studentIds)], reached };
}

/** Whom what is stored reaches now. */
export const reachedBy = <T extends Taught>(taught: T[], { subjectId, audience, classId }: Stored, named: string[]): T[] =>
  taught.filter((row) => row.subjectId === subjectId && (audience === "subject" || (audience === "class" ? row.classId === classId : named.includes(row.studentId))));

const sameIds = (some: string[], others: string[]) => [some, others].every((ids) => new Set(ids).size === new Set([...some, ...others]).size);

/** The audience that a change asks for; null where it stays. */
export function audienceAfter<T extends Taught>(taught: T[], before: Stored, named: string[], change: ChangeAudienceInput) {
  const to = { subjectId: before.subjectId, audience: change.audience ?? before.audience, classId: change.classId === undefined ? before.classId : change.classId, studentIds: change.studentIds ?? reachedBy(taught, { ...before, audience: "students" }, named).map(({ studentId }) => studentId) };
  const stays = to.audience === before.audience && (to.audience === "subject" || (to.audience === "class" ? to.classId === before.classId : sameIds(to.studentIds, named)));
  return stays ? null : audienceOf(taught, to);
}

/** For the field `to`. */
export const audienceTyped = ({ audience, subjectId, classId }: Stored): string => [audience, subjectId, ...(audience === "class" ? [classId] : [])].join(":");

/** The audience as a form has it: `subject:sub_…`, `class:sub_…:class_…` or `students:sub_…`, and boxes. */
export function typedAudience({ to = "", ...typed }: Record<string, string>) {
  const [audience, subjectId, classId = null] = to.split(":");
  return { audience: audience || undefined, subjectId, classId: classId || null, studentIds: Object.keys(typed).flatMap((name) => (name.startsWith("student.") ? [name.slice("student.".length)] : [])) };
}
