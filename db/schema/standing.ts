import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Competency } from "#app/domain/learning/competencies.ts";
import { instant, level } from "./columns.ts";
import { users } from "./identity.ts";
import { lessons } from "./lessons.ts";
import { classes, schools, subjects } from "./schools.ts";

/** Who reads what a teacher wrote of a student: the school's staff alone, its guardians too, or the child as well. */
const visibility = text({ enum: ["staff", "guardians", "child"] });

export const observations = sqliteTable("observations", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  studentId: text("student_id").notNull().references(() => users.id),
  subjectId: text("subject_id").references(() => subjects.id),
  authorId: text("author_id").notNull().references(() => users.id),
  text: text().notNull(),
  observedOn: text("observed_on").notNull(),
  visibility: visibility.notNull(),
  createdAt: instant("created_at").notNull(),
  changedAt: instant("changed_at"),
  removedAt: instant("removed_at"),
}, (t) => [index("observations_by_student").on(t.studentId, t.observedOn), index("observations_by_author").on(t.authorId, t.id)]);

export const assessments = sqliteTable("assessments", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  studentId: text("student_id").notNull().references(() => users.id),
  subjectId: text("subject_id").notNull().references(() => subjects.id),
  authorId: text("author_id").notNull().references(() => users.id),
  title: text().notNull(),
  kind: text({ enum: ["formative", "summative", "project", "oral"] }).notNull(),
  level: level("level").notNull(),
  comment: text().notNull().default(""),
  takenOn: text("taken_on").notNull(),
  visibility: visibility.notNull(),
  createdAt: instant("created_at").notNull(),
  changedAt: instant("changed_at"),
  removedAt: instant("removed_at"),
}, (t) => [index("assessments_by_student").on(t.studentId, t.takenOn), index("assessments_by_author").on(t.authorId, t.id), check("assessments_level", sql`${t.level} BETWEEN 1 AND 8`)]);

/** What speaks for a competency: the spokes of the radar are read from here alone. Goes with its source. */
export const competencyEvidence = sqliteTable("competency_evidence", {
  id: text().primaryKey(),
  studentId: text("student_id").notNull().references(() => users.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  competency: text().$type<Competency>().notNull(),
  level: level("level").notNull(),
  source: text({ enum: ["observation", "assessment", "feedback"] }).notNull(),
  sourceId: text("source_id").notNull(),
  /** As its source has it. */
  visibility: visibility.notNull(),
  at: instant("at").notNull(),
}, (t) => [
  uniqueIndex("competency_evidence_once").on(t.sourceId, t.competency),
  index("competency_evidence_by_student").on(t.studentId, t.competency, t.at),
  check("competency_evidence_level", sql`${t.level} BETWEEN 1 AND 8`),
]);

/** A teacher's note on a student that is no observation: what helps, what to mind. */
export const studentNotes = sqliteTable("student_notes", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  studentId: text("student_id").notNull().references(() => users.id),
  authorId: text("author_id").notNull().references(() => users.id),
  text: text().notNull(),
  visibility: visibility.notNull(),
  createdAt: instant("created_at").notNull(),
  changedAt: instant("changed_at"),
  removedAt: instant("removed_at"),
}, (t) => [index("student_notes_by_student").on(t.studentId, t.id)]);

/** Who was there: on a school day of a class, or at a lesson. */
export const attendance = sqliteTable("attendance", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  studentId: text("student_id").notNull().references(() => users.id),
  /** Local date of the school, or of the lesson. */
  onDate: text("on_date").notNull(),
  /** Null: the class's day. */
  lessonId: text("lesson_id").references(() => lessons.id),
  classId: text("class_id").references(() => classes.id),
  status: text({ enum: ["present", "late", "absent", "excused"] }).notNull(),
  minutesLate: integer("minutes_late"),
  note: text(),
  takenBy: text("taken_by").notNull().references(() => users.id),
  at: instant("at").notNull(),
}, (t) => [
  uniqueIndex("attendance_one_per_lesson").on(t.lessonId).where(sql`lesson_id IS NOT NULL`),
  uniqueIndex("attendance_one_per_day").on(t.classId, t.studentId, t.onDate).where(sql`class_id IS NOT NULL`),
  index("attendance_by_student").on(t.studentId, t.onDate),
  check("attendance_of_lesson_or_day", sql`(${t.lessonId} IS NULL) <> (${t.classId} IS NULL)`),
]);
