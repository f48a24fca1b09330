import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Competency } from "#app/domain/learning/competencies.ts";
import { flag, instant, level } from "./columns.ts";
import { users } from "./identity.ts";
import { classes, schools, subjects } from "./schools.ts";

/** To whom a teacher gives a material or an assignment: all whom they teach the subject, one class of these, or the students named. Who comes later has it too. */
const audience = { audience: text({ enum: ["subject", "class", "students"] }).notNull(), classId: text("class_id").references(() => classes.id) };

/** A file that belongs to a thing here. Who may open it is who may read that thing, asked each time. The bytes lie among the files under `key`. */
export const attachments = sqliteTable("attachments", {
  id: text().primaryKey(),
  of: text({ enum: ["material", "assignment", "submission", "feedback"] }).notNull(),
  ofId: text("of_id").notNull(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  /** The student whose it is; null: a teacher's own. */
  studentId: text("student_id").references(() => users.id),
  name: text().notNull(),
  /** As found in its first bytes, never as claimed. */
  type: text().notNull(),
  size: integer().notNull(),
  key: text().notNull().unique(),
  sha256: text().notNull(),
  uploadedBy: text("uploaded_by").notNull().references(() => users.id),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("attachments_by_thing").on(t.of, t.ofId), index("attachments_by_student").on(t.studentId)]);

export const materials = sqliteTable("materials", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  subjectId: text("subject_id").notNull().references(() => subjects.id),
  authorId: text("author_id").notNull().references(() => users.id),
  title: text().notNull(),
  text: text().notNull().default(""),
  link: text(),
  ...audience,
  status: text({ enum: ["draft", "shared", "archived"] }).notNull(),
  /** How long it takes, as its author thinks. */
  minutes: integer(),
  createdAt: instant("created_at").notNull(),
  changedAt: instant("changed_at").notNull(),
}, (t) => [index("materials_by_author").on(t.authorId, t.status, t.id), index("materials_by_subject").on(t.subjectId, t.authorId, t.status, t.id), index("materials_by_school").on(t.schoolId, t.id)]);

/** The students named, where the audience is `students`; of materials and assignments alike. */
export const recipients = sqliteTable("recipients", {
  thingId: text("thing_id").notNull(),
  studentId: text("student_id").notNull().references(() => users.id),
}, (t) => [primaryKey({ columns: [t.thingId, t.studentId] }), index("recipients_by_student").on(t.studentId)]);

export const materialProgress = sqliteTable("material_progress", {
  materialId: text("material_id").notNull().references(() => materials.id),
  studentId: text("student_id").notNull().references(() => users.id),
  openedAt: instant("opened_at").notNull(),
  /** 0 to 100. */
  percent: integer().notNull().default(0),
  doneAt: instant("done_at"),
}, (t) => [primaryKey({ columns: [t.materialId, t.studentId] }), index("material_progress_by_student").on(t.studentId), check("material_progress_percent", sql`${t.percent} BETWEEN 0 AND 100`)]);

export const studyPlans = sqliteTable("study_plans", {
  id: text().primaryKey(),
  studentId: text("student_id").notNull().references(() => users.id),
  /** Null: the family's own. */
  schoolId: text("school_id").references(() => schools.id),
  title: text().notNull(),
  authorId: text("author_id").notNull().references(() => users.id),
  startsOn: text("starts_on").notNull(),
  endsOn: text("ends_on").notNull(),
  status: text({ enum: ["active", "done", "cancelled"] }).notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("study_plans_by_student").on(t.studentId, t.status), index("study_plans_by_author").on(t.authorId)]);

export const studyPlanSteps = sqliteTable("study_plan_steps", {
  planId: text("plan_id").notNull().references(() => studyPlans.id),
  studentId: text("student_id").notNull().references(() => users.id),
  position: integer().notNull(),
  text: text().notNull(),
  materialId: text("material_id").references(() => materials.id),
  assignmentId: text("assignment_id").references(() => assignments.id),
  dueOn: text("due_on"),
  doneAt: instant("done_at"),
}, (t) => [primaryKey({ columns: [t.planId, t.position] }), index("study_plan_steps_by_student").on(t.studentId)]);

export const assignments = sqliteTable("assignments", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  subjectId: text("subject_id").notNull().references(() => subjects.id),
  authorId: text("author_id").notNull().references(() => users.id),
  title: text().notNull(),
  instructions: text().notNull().default(""),
  /** The competency that the work shows, if one. */
  competency: text().$type<Competency>(),
  ...audience,
  status: text({ enum: ["draft", "open", "closed"] }).notNull(),
  /** Exclusive: what comes from then on is late, and taken all the same until the assignment is closed. */
  dueAt: instant("due_at").notNull(),
  timeZone: text("time_zone").notNull(),
  createdAt: instant("created_at").notNull(),
  changedAt: instant("changed_at").notNull(),
}, (t) => [
  index("assignments_by_author").on(t.authorId, t.status, t.dueAt), index("assignments_by_subject").on(t.subjectId, t.authorId, t.status, t.dueAt), index("assignments_by_school").on(t.schoolId, t.id),
]);

/** What a student handed in; each attempt its own row, the highest counts. */
export const submissions = sqliteTable("submissions", {
  id: text().primaryKey(),
  assignmentId: text("assignment_id").notNull().references(() => assignments.id),
  studentId: text("student_id").notNull().references(() => users.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  /** Who gives feedback: the author of the assignment. */
  teacherId: text("teacher_id").notNull().references(() => users.id),
  attempt: integer().notNull(),
  text: text().notNull().default(""),
  late: flag("late").notNull(),
  /** `returned`: to be done again. */
  status: text({ enum: ["waiting", "returned", "reviewed"] }).notNull(),
  /** Set to NULL by a write whose premises no longer hold, which aborts its whole batch. */
  revision: integer().notNull().default(1),
  submittedAt: instant("submitted_at").notNull(),
}, (t) => [
  uniqueIndex("submissions_one_per_attempt").on(t.assignmentId, t.studentId, t.attempt),
  index("submissions_by_student").on(t.studentId, t.id),
  index("submissions_to_review").on(t.teacherId, t.submittedAt).where(sql`status = 'waiting'`),
]);

export const feedback = sqliteTable("feedback", {
  id: text().primaryKey(),
  submissionId: text("submission_id").notNull().unique().references(() => submissions.id),
  studentId: text("student_id").notNull().references(() => users.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  authorId: text("author_id").notNull().references(() => users.id),
  /** Null: sent back without one. */
  level: level("level"),
  comment: text().notNull().default(""),
  at: instant("at").notNull(),
}, (t) => [index("feedback_by_student").on(t.studentId, t.at), check("feedback_level", sql`${t.level} BETWEEN 1 AND 8`)]);
