import * as z from "zod";
import { LEVELS } from "../../families/levels.ts";

const id = z.string("missing").max(60, "too_long");
const name = (missing: string) => z.string(missing).trim().min(1, missing).max(100, "too_long").regex(/^[^\u0000-\u001f]*$/, "name_unusable");
const code = z.string().trim().max(40, "too_long").nullable();
const customName = z.string().trim().max(100, "too_long").transform((typed) => typed || null).nullable();
const students = z.array(id).min(1, "students_missing").max(500, "people_too_many");

export const SubjectInput = z.object({ name: name("subject_name_missing"), code: code.default(null) }).meta({ id: "NewSubject" });
export type SubjectInput = z.infer<typeof SubjectInput>;
export const ChangeSubjectInput = z.object({ name: name("subject_name_missing"), code, active: z.boolean() }).partial().meta({ id: "ChangeSubject" });
export type ChangeSubjectInput = z.infer<typeof ChangeSubjectInput>;

const ofClass = { name: name("class_name_missing"), level: z.enum(LEVELS, "not_a_choice").nullable(), subjectId: id.nullable(), teacherId: id.nullable() };
/** Without a subject: a class that is taught everything together. */
export const ClassInput = z.object({ name: ofClass.name, level: ofClass.level.default(null), subjectId: ofClass.subjectId.default(null), teacherId: ofClass.teacherId.default(null) }).meta({ id: "NewClass" });
export type ClassInput = z.infer<typeof ClassInput>;
export const ChangeClassInput = z.object({ ...ofClass, active: z.boolean() }).partial().meta({ id: "ChangeClass" });
export type ChangeClassInput = z.infer<typeof ChangeClassInput>;

/** Many students at once with one teacher in one subject. The class may say what is left out. */
export const EnrolInput = z.object({
  subjectId: id.optional(), teacherId: id.optional(), tutorId: id.nullable().default(null), classId: id.nullable().default(null), customName: customName.default(null),
  studentIds: students, allOrNothing: z.boolean().default(false),
}).meta({ id: "Enrol" });
export type EnrolInput = z.infer<typeof EnrolInput>;

export const ChangeEnrolmentInput = z.object({ tutorId: id.nullable(), classId: id.nullable(), customName }).partial().meta({ id: "ChangeEnrolment" });
export type ChangeEnrolmentInput = z.infer<typeof ChangeEnrolmentInput>;

export const AssignTutorInput = z.object({ tutorId: id, studentIds: students, allOrNothing: z.boolean().default(false) }).meta({ id: "AssignTutor" });
export type AssignTutorInput = z.infer<typeof AssignTutorInput>;

export const ListEnrolmentsInput = z.object({
  classId: id.optional(), subjectId: id.optional(), q: z.string().trim().max(60, "too_long").optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().max(100).optional(),
});
export type ListEnrolmentsInput = z.infer<typeof ListEnrolmentsInput>;
