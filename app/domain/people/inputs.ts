import * as z from "zod";
import { LEVELS } from "../families/levels.ts";
import { Relationship, StudentInput } from "../families/inputs.ts";
import { Phone } from "../phone.ts";
import { KINDS, ROLES } from "../schools/roles.ts";

const id = z.string("missing").max(60, "too_long");
/** One line, and no address of a site: it goes into mails. */
const name = z.string("name_missing").trim().min(1, "name_missing").max(100, "too_long").regex(/^(?!.*:\/\/)[^\u0000-\u001f]*$/, "name_unusable");
const email = z.string("email_missing").trim().toLowerCase().max(254, "too_long").pipe(z.email("email_unusable"));
const username = StudentInput.shape.username;
const level = z.enum(LEVELS, "not_a_choice");
const text = (most: number) => z.string().trim().max(most, "too_long").transform((typed) => (typed === "" ? null : typed));
const birthDate = z.iso.date("birth_date_unusable").refine((date) => date > "1900-01-01", "birth_date_unusable");

/** How the account gets to its owner. */
export const Way = z.enum(["credential", "link"], "way_missing");
export type Way = z.infer<typeof Way>;

/** Somebody who looks after the student: a guardian at the school by id, or whoever has that address. */
const GuardianOfStudentInput = z.object({ userId: id.optional(), name: name.optional(), email: email.optional(), relationship: Relationship.default("guardian") })
  .refine((who) => who.userId !== undefined || who.email !== undefined, { path: ["email"], message: "guardian_missing" })
  .refine((who) => who.userId !== undefined || who.name !== undefined, { path: ["name"], message: "name_missing" })
  .meta({ id: "GuardianOfStudent" });

const person = { name, email: email.optional(), username: username.optional(), way: Way.optional() };
export const NewPersonInput = z.discriminatedUnion("role", [
  z.object({
    role: z.literal("student"), ...person, level: level.optional(), birthDate: birthDate.optional(), goal: text(500).optional(), number: text(60).optional(),
    tutorId: id.optional(), guardians: z.array(GuardianOfStudentInput).max(4, "people_too_many").default([]),
  }),
  z.object({ role: z.literal("parent"), ...person, phone: Phone.optional(), studentIds: z.array(id).max(500, "people_too_many").default([]) }),
  z.object({
    role: z.enum(["teacher", "tutor", "school_staff", "school_admin"]), ...person, phone: Phone.optional(),
    subjectIds: z.array(id).max(50, "too_long").default([]), specialisation: text(200).optional(),
  }),
], "role_missing").meta({ id: "NewPerson" });
export type NewPersonInput = z.infer<typeof NewPersonInput>;

/** A guardian of a child who has an account already, and who is asked whether the child may come to the school. */
export const AskForChildInput = z.object({ name, email }).meta({ id: "AskForChild" });
export type AskForChildInput = z.infer<typeof AskForChildInput>;

/** Which child, where a school asks for one. */
export const AnswerSchoolInput = z.object({ childId: id.optional() }).meta({ id: "AnswerSchool" });
export type AnswerSchoolInput = z.infer<typeof AnswerSchoolInput>;

export const ChangePersonInput = z.object({
  name, email: email.nullable(), username: username.nullable(), phone: Phone.nullable(), birthDate: birthDate.nullable(), level: level.nullable(),
  number: text(60).nullable(), goal: text(500).nullable(), specialisation: text(200).nullable(), subjectIds: z.array(id).max(50, "too_long"),
}).partial().meta({ id: "ChangePerson" });
export type ChangePersonInput = z.infer<typeof ChangePersonInput>;

export const ListPeopleInput = z.object({
  role: z.enum([...KINDS, ...ROLES], "not_a_choice").default("student"),
  q: z.string().max(100, "too_long").default(""),
  status: z.enum(["active", "inactive"], "not_a_choice").default("active"),
  level: level.optional(),
  sort: z.enum(["name", "newest"], "not_a_choice").default("name"),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(100).optional(),
});
export type ListPeopleInput = z.infer<typeof ListPeopleInput>;

export const AssignGuardianInput = z.object({
  guardianId: id, studentIds: z.array(id).min(1, "students_missing").max(500, "people_too_many"), relationship: Relationship.default("guardian"), allOrNothing: z.boolean().default(false),
}).meta({ id: "AssignGuardian" });
export type AssignGuardianInput = z.infer<typeof AssignGuardianInput>;
