import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { instant, json } from "./columns.ts";
import { users } from "./identity.ts";
import { schools, subjects } from "./schools.ts";

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
