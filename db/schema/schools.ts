import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, instant, json, minor } from "./columns.ts";
import { users } from "./identity.ts";

export const schools = sqliteTable("schools", {
  id: text().primaryKey(),
  name: text().notNull(),
  currency: text().notNull(),
  timeZone: text("time_zone").notNull(),
  createdAt: instant("created_at").notNull(),
});

export const memberships = sqliteTable("memberships", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  role: text({ enum: ["school_owner", "school_admin", "teacher", "tutor", "school_staff", "student", "parent"] }).notNull(),
  active: flag("active").notNull().default(true),
  createdAt: instant("created_at").notNull(),
}, (t) => [uniqueIndex("memberships_one_per_role").on(t.userId, t.schoolId, t.role), index("memberships_by_school").on(t.schoolId, t.role, t.userId)]);

/**
 * What the lists of people are read from: a row for each school, kind and person. A cache of `users` and `memberships`, kept by triggers, so
 * that whoever writes those need not know of it.
 */
export const schoolPeople = sqliteTable("school_people", {
  schoolId: text("school_id").notNull().references(() => schools.id),
  userId: text("user_id").notNull().references(() => users.id),
  kind: text({ enum: ["student", "guardian", "staff"] }).notNull(),
  active: flag("active").notNull(),
  sortName: text("sort_name").notNull(),
  level: text(),
}, (t) => [
  primaryKey({ columns: [t.schoolId, t.userId, t.kind] }),
  index("school_people_by_name").on(t.schoolId, t.kind, t.active, t.sortName, t.userId),
  index("school_people_by_level").on(t.schoolId, t.kind, t.active, t.level, t.sortName, t.userId),
  index("school_people_by_age").on(t.schoolId, t.kind, t.active, t.userId),
]);

/** Each word of a person's name, their username and e-mail address, in lower case, for searching by its start. Kept by the same triggers. */
export const schoolPeopleWords = sqliteTable("school_people_words", {
  schoolId: text("school_id").notNull().references(() => schools.id),
  userId: text("user_id").notNull().references(() => users.id),
  kind: text({ enum: ["student", "guardian", "staff"] }).notNull(),
  active: flag("active").notNull(),
  word: text().notNull(),
}, (t) => [
  primaryKey({ columns: [t.schoolId, t.userId, t.kind, t.word] }),
  index("school_people_words_by_word").on(t.schoolId, t.kind, t.active, t.word, t.userId),
]);

/** An adult with an account of their own is asked before they become somebody at a school; nobody learns by it that there is an account. */
export const schoolInvitations = sqliteTable("school_invitations", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  /** As typed by the school, which sees nothing else of the person until they accept. */
  name: text().notNull(),
  email: text().notNull(),
  roles: json<string[]>("roles").notNull(),
  specialisation: text(),
  subjectIds: json<string[]>("subject_ids").notNull(),
  /** Students of the school whose guardian the invited becomes. */
  studentIds: json<string[]>("student_ids").notNull(),
  /** Families of a file of the school that name the invited, who comes into them. */
  familyIds: json<string[]>("family_ids").notNull().default([]),
  codeHash: text("code_hash").notNull().unique(),
  invitedBy: text("invited_by").notNull().references(() => users.id),
  /** Set to NULL by an answer that comes too late, which aborts its batch. */
  status: text({ enum: ["pending", "accepted", "declined", "cancelled"] }).notNull().default("pending"),
  /** Exclusive. */
  expiresAt: instant("expires_at").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("school_invitations_by_school").on(t.schoolId, t.id), uniqueIndex("school_invitations_one_pending").on(t.schoolId, t.email).where(sql`status = 'pending'`)]);

/** What a school sells: an hours package, a subscription, or a single item. */
export const plans = sqliteTable("plans", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  name: text().notNull(),
  description: text().notNull().default(""),
  kind: text({ enum: ["hours", "subscription", "one_off"] }).notNull(),
  price: minor("price").notNull(),
  currency: text().notNull(),
  /** Lesson time in the package; hours packages only. */
  minutes: integer(),
  active: flag("active").notNull().default(true),
  createdAt: instant("created_at").notNull(),
}, (t) => [
  index("plans_by_school").on(t.schoolId, t.active),
  check("plans_price_positive", sql`${t.price} > 0`),
  check("plans_hours_have_minutes", sql`(${t.kind} = 'hours') = (${t.minutes} IS NOT NULL)`),
]);

export const subjects = sqliteTable("subjects", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  name: text().notNull(),
  code: text(),
  active: flag("active").notNull().default(true),
  createdAt: instant("created_at").notNull(),
}, (t) => [uniqueIndex("subjects_one_name").on(t.schoolId, t.name)]);

export const terms = sqliteTable("terms", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  name: text().notNull(),
  kind: text({ enum: ["school_year", "semester", "term", "grading_period"] }).notNull(),
  parentId: text("parent_id"),
  startsOn: text("starts_on").notNull(),
  endsOn: text("ends_on").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("terms_by_school").on(t.schoolId, t.startsOn)]);

export const classes = sqliteTable("classes", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  name: text().notNull(),
  level: text(),
  /** Null: a class that is taught everything together. */
  subjectId: text("subject_id").references(() => subjects.id),
  teacherId: text("teacher_id").references(() => users.id),
  termId: text("term_id").references(() => terms.id),
  active: flag("active").notNull().default(true),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("classes_by_school").on(t.schoolId, t.name), index("classes_by_teacher").on(t.teacherId)]);

/** A student with a teacher in a subject. One row for ever: taken up again it is the same. */
export const enrolments = sqliteTable("enrolments", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  studentId: text("student_id").notNull().references(() => users.id),
  subjectId: text("subject_id").notNull().references(() => subjects.id),
  teacherId: text("teacher_id").notNull().references(() => users.id),
  tutorId: text("tutor_id").references(() => users.id),
  classId: text("class_id").references(() => classes.id),
  /** What the family calls it, when not the subject's name. */
  customName: text("custom_name"),
  startsAt: instant("starts_at").notNull(),
  /** Exclusive; null: goes on. */
  endsAt: instant("ends_at"),
  createdAt: instant("created_at").notNull(),
}, (t) => [
  uniqueIndex("enrolments_once").on(t.schoolId, t.studentId, t.subjectId, t.teacherId),
  index("enrolments_by_student").on(t.studentId),
  index("enrolments_by_teacher").on(t.teacherId, t.studentId),
  index("enrolments_by_tutor").on(t.tutorId, t.studentId),
  index("enrolments_by_class").on(t.classId, t.id),
  index("enrolments_by_subject").on(t.subjectId, t.id),
  index("enrolments_by_school").on(t.schoolId, t.id),
]);

/** A tutor for a student whatever the subject; a tutor of one subject stands in its enrolment. */
export const tutorAssignments = sqliteTable("tutor_assignments", {
  schoolId: text("school_id").notNull().references(() => schools.id),
  tutorId: text("tutor_id").notNull().references(() => users.id),
  studentId: text("student_id").notNull().references(() => users.id),
  startsAt: instant("starts_at").notNull(),
  /** Exclusive; null: goes on. */
  endsAt: instant("ends_at"),
}, (t) => [primaryKey({ columns: [t.schoolId, t.tutorId, t.studentId] }), index("tutor_assignments_by_tutor").on(t.tutorId, t.studentId), index("tutor_assignments_by_student").on(t.studentId)]);

/** What a school keeps of a student beside the person. */
export const studentProfiles = sqliteTable("student_profiles", {
  schoolId: text("school_id").notNull().references(() => schools.id),
  studentId: text("student_id").notNull().references(() => users.id),
  /** The school's own number. */
  number: text(),
  goal: text(),
}, (t) => [primaryKey({ columns: [t.schoolId, t.studentId] }), uniqueIndex("student_profiles_number").on(t.schoolId, t.number), index("student_profiles_by_student").on(t.studentId)]);

export const staffProfiles = sqliteTable("staff_profiles", {
  schoolId: text("school_id").notNull().references(() => schools.id),
  staffId: text("staff_id").notNull().references(() => users.id),
  specialisation: text(),
  /** What a teacher teaches. */
  subjectIds: json<string[]>("subject_ids").notNull(),
}, (t) => [primaryKey({ columns: [t.schoolId, t.staffId] }), index("staff_profiles_by_staff").on(t.staffId)]);

/** A code on the classroom wall: whoever holds it may choose a name of that class and type the PIN. */
export const classCodes = sqliteTable("class_codes", {
  id: text().primaryKey(),
  classId: text("class_id").notNull().references(() => classes.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  codeHash: text("code_hash").notNull().unique(),
  createdBy: text("created_by").notNull().references(() => users.id),
  expiresAt: instant("expires_at").notNull(),
  revokedAt: instant("revoked_at"),
  createdAt: instant("created_at").notNull(),
}, (t) => [uniqueIndex("class_codes_one_open").on(t.classId).where(sql`revoked_at IS NULL`)]);

/** Two accounts that were one person. Every row moved is written down, so that it can be moved back. */
export const merges = sqliteTable("merges", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  keptId: text("kept_id").notNull().references(() => users.id),
  goneId: text("gone_id").notNull().references(() => users.id),
  mergedBy: text("merged_by").notNull().references(() => users.id),
  moved: json<unknown>("moved").notNull(),
  createdAt: instant("created_at").notNull(),
  /** Exclusive. */
  undoUntil: instant("undo_until").notNull(),
  undoneAt: instant("undone_at"),
}, (t) => [index("merges_by_school").on(t.schoolId, t.id), index("merges_by_kept").on(t.keptId), uniqueIndex("merges_one_gone").on(t.goneId).where(sql`undone_at IS NULL`)]);
