import * as z from "zod";
import { invalid, notFound } from "../errors.ts";

const id = z.string("missing").max(60, "too_long");

/** To whom a teacher gives something: all whom they teach the subject, one class of these, or students named. */
export const AUDIENCES = ["subject", "class", "students"] as const;
export const AudienceInput = z.object({
  subjectId: id, audience: z.enum(AUDIENCES, "not_a_choice").default("subject"), classId: id.nullable().default(null), studentIds: z.array(id).max(200, "too_long").default([]),
});
export type AudienceInput = z.infer<typeof AudienceInput>;

type Taught = { schoolId: string; subjectId: string; classId: string | null; studentId: string };

/** Held against whom the author teaches: the students it reaches now, and what is stored. Throws not_found for a subject that is not taught. */
export function audienceOf<T extends Taught>(taught: T[], { subjectId, audience, classId, studentIds }: AudienceInput) {
  const ofSubject = taught.filter((row) => row.subjectId === subjectId);
  const schoolId = ofSubject[0]?.schoolId;
  if (schoolId === undefined) throw notFound();
  const stored = { schoolId, subjectId, audience, classId: audience === "class" ? classId : null };
  if (audience === "subject") return { stored, named: [], reached: ofSubject };
  if (audience === "class") {
    const reached = ofSubject.filter((row) => row.classId === classId);
    if (reached.length === 0) throw classId === null ? invalid("classId", "missing") : notFound();
    return { stored, named: [], reached };
  }
  const reached = ofSubject.filter((row) => studentIds.includes(row.studentId));
  if (studentIds.length === 0) throw invalid("studentIds", "students_missing");
  if (new Set(reached.map((row) => row.studentId)).size < new Set(studentIds).size) throw notFound();
  return { stored, named: [...new Set(studentIds)], reached };
}

/** The audience as a form has it: `subject:sub_…`, `class:sub_…:class_…` or `students:sub_…`, and boxes. */
export function typedAudience({ to = "", ...typed }: Record<string, string>) {
  const [audience, subjectId, classId = null] = to.split(":");
  return { audience: audience || undefined, subjectId, classId, studentIds: Object.keys(typed).flatMap((name) => (name.startsWith("student.") ? [name.slice("student.".length)] : [])) };
}
