import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Competency } from "#app/domain/learning/competencies.ts";
import { flag, instant, json } from "./columns.ts";
import { users } from "./identity.ts";
import { lessons } from "./lessons.ts";
import { classes, schools, subjects } from "./schools.ts";

/** To whom a teacher gives a material or an assignment: all whom they teach the subject, one class of these, or the students named. Who comes later has it too. */
const audience = { audience: text({ enum: ["subject", "class", "students"] }).notNull(), classId: text("class_id").references(() => classes.id) };
/** Rubric level as points: BE2 = 1 … EE1 = 8. */
const level = (name: string) => integer(name);
/** Who reads what a teacher wrote of a student: the school's staff alone, its guardians too, or the child as well. */
const visibility = text({ enum: ["staff", "guardians", "child"] });

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

/** What a learner did and for how long. Streaks and statistics are read from it. */
export const activities = sqliteTable("activities", {
  id: text().primaryKey(),
  studentId: text("student_id").notNull().references(() => users.id),
  /** Null: at home, by the learner's or the family's own account. */
  schoolId: text("school_id").references(() => schools.id),
  subjectId: text("subject_id").references(() => subjects.id),
  kind: text({ enum: ["lesson", "material", "assignment", "practice", "reading"] }).notNull(),
  /** What the feed says of it: the title of the thing, or what was typed. */
  about: text().notNull(),
  minutes: integer().notNull(),
  /** The thing that caused it, so that it counts once: `subm_…`, `les_…`, `mat_…:2026-11-21`; null: told by hand. */
  cause: text(),
  /** Local date of the learner. */
  onDate: text("on_date").notNull(),
  at: instant("at").notNull(),
}, (t) => [uniqueIndex("activities_once").on(t.studentId, t.cause), index("activities_by_day").on(t.studentId, t.onDate), index("activities_by_student").on(t.studentId, t.at)]);

/** A certificate or badge as given. Its credential is signed by the school's key and verified by anybody who has the link. */
export const achievements = sqliteTable("achievements", {
  id: text().primaryKey(),
  studentId: text("student_id").notNull().references(() => users.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  kind: text({ enum: ["certificate", "badge"] }).notNull(),
  title: text().notNull(),
  description: text().notNull().default(""),
  /** What one does to earn it. */
  criteria: text().notNull(),
  issuedBy: text("issued_by").notNull().references(() => users.id),
  issuedAt: instant("issued_at").notNull(),
  /** Exclusive. */
  expiresAt: instant("expires_at"),
  revokedAt: instant("revoked_at"),
  revokedBecause: text("revoked_because"),
  /** The public link's last part; null: the family has closed it. */
  linkCode: text("link_code").unique(),
  /** The credential, signed: a JWT. */
  credential: text().notNull(),
}, (t) => [index("achievements_by_student").on(t.studentId, t.issuedAt), index("achievements_by_school").on(t.schoolId, t.id)]);

/** With what a school signs. */
export const signingKeys = sqliteTable("signing_keys", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  publicJwk: json<JsonWebKey>("public_jwk").notNull(),
  sealedPrivateJwk: text("sealed_private_jwk").notNull(),
  createdAt: instant("created_at").notNull(),
  retiredAt: instant("retired_at"),
}, (t) => [uniqueIndex("signing_keys_one_in_use").on(t.schoolId).where(sql`retired_at IS NULL`)]);

export const goals = sqliteTable("goals", {
  id: text().primaryKey(),
  studentId: text("student_id").notNull().references(() => users.id),
  area: text({ enum: ["academic", "behavioural", "creative", "health"] }).notNull(),
  title: text().notNull(),
  why: text().notNull().default(""),
  targetOn: text("target_on"),
  status: text({ enum: ["suggested", "active", "paused", "completed", "cancelled"] }).notNull(),
  percent: integer().notNull().default(0),
  /** `system`: suggested by a rule, which `suggestion` names with its evidence, and the page says so. */
  origin: text({ enum: ["family", "system"] }).notNull(),
  suggestion: json<{ rule: string; facts: Record<string, string | number> }>("suggestion"),
  createdBy: text("created_by").references(() => users.id),
  createdAt: instant("created_at").notNull(),
  changedAt: instant("changed_at").notNull(),
}, (t) => [
  index("goals_by_student").on(t.studentId, t.status, t.id),
  uniqueIndex("goals_suggested_once").on(t.studentId, t.title).where(sql`origin = 'system'`),
  check("goals_percent", sql`${t.percent} BETWEEN 0 AND 100`),
]);

export const goalSteps = sqliteTable("goal_steps", {
  id: text().primaryKey(),
  goalId: text("goal_id").notNull().references(() => goals.id),
  studentId: text("student_id").notNull().references(() => users.id),
  percent: integer().notNull(),
  note: text(),
  byId: text("by_id").notNull().references(() => users.id),
  at: instant("at").notNull(),
}, (t) => [index("goal_steps_by_goal").on(t.goalId, t.at), index("goal_steps_by_student").on(t.studentId)]);

/** How a child felt: a private journal of the family. */
export const moods = sqliteTable("moods", {
  id: text().primaryKey(),
  studentId: text("student_id").notNull().references(() => users.id),
  /** Local date of the child. */
  onDate: text("on_date").notNull(),
  mood: text({ enum: ["happy", "calm", "tired", "worried", "sad", "angry"] }).notNull(),
  energy: integer().notNull(),
  note: text(),
  recordedBy: text("recorded_by").notNull().references(() => users.id),
  at: instant("at").notNull(),
}, (t) => [uniqueIndex("moods_one_a_day_each").on(t.studentId, t.onDate, t.recordedBy), check("moods_energy", sql`${t.energy} BETWEEN 1 AND 5`)]);
