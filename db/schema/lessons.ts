import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, instant, json } from "./columns.ts";
import { users } from "./identity.ts";
import { enrolments, schools, subjects } from "./schools.ts";

/** Who, for what, where, and by which clock: the same for a lesson and for a series. Teacher, student and subject are the enrolment's, which never change. */
const meeting = {
  enrolmentId: text("enrolment_id").notNull().references(() => enrolments.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  teacherId: text("teacher_id").notNull().references(() => users.id),
  studentId: text("student_id").notNull().references(() => users.id),
  subjectId: text("subject_id").notNull().references(() => subjects.id),
  timeZone: text("time_zone").notNull(),
  place: text(),
  link: text(),
  /** Consumes hours of the student's account; the school's own timetable does not. */
  usesHours: flag("uses_hours").notNull(),
};

/** A lesson every so many weeks. Its lessons are rows of their own, made when it is. */
export const lessonSeries = sqliteTable("lesson_series", {
  id: text().primaryKey(),
  ...meeting,
  everyWeeks: integer("every_weeks").notNull(),
  /** 1 = Monday … 7 = Sunday. */
  weekdays: json<number[]>("weekdays").notNull(),
  /** Wall-clock time, `16:00`. */
  localStart: text("local_start").notNull(),
  minutes: integer().notNull(),
  startsOn: text("starts_on").notNull(),
  /** Exclusive. */
  endsOn: text("ends_on").notNull(),
  createdBy: text("created_by").notNull().references(() => users.id),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("lesson_series_by_student").on(t.studentId), index("lesson_series_by_teacher").on(t.teacherId)]);

export const lessons = sqliteTable("lessons", {
  id: text().primaryKey(),
  ...meeting,
  seriesId: text("series_id").references(() => lessonSeries.id),
  /** The date the series gave it, which it keeps when it is moved. */
  seriesDate: text("series_date"),
  topic: text(),
  /** Wall-clock times, `2026-11-24T16:00`; the instants follow from them and the zone. */
  localStart: text("local_start").notNull(),
  localEnd: text("local_end").notNull(),
  startsAt: instant("starts_at").notNull(),
  /** Exclusive. */
  endsAt: instant("ends_at").notNull(),
  /** `asked`: a booking that waits for a guardian. `scheduled` stays when its time is past: attendance says what became of it. */
  status: text({ enum: ["asked", "scheduled", "denied", "expired", "cancelled"] }).notNull(),
  /** A guardian agreed to this time: moving it asks again. */
  approvedBy: text("approved_by").references(() => users.id),
  /** Set to NULL by a write whose premises no longer hold, which aborts its whole batch. */
  revision: integer().notNull().default(1),
  cancelledBy: text("cancelled_by").references(() => users.id),
  cancelledAs: text("cancelled_as", { enum: ["teacher", "family", "administration"] }),
  cancelReason: text("cancel_reason"),
  /** Read where the lesson is booked, so that the CHECK decides races: minutes that the account has with the school, and those held for other lessons. */
  minutesHad: integer("minutes_had"),
  minutesHeld: integer("minutes_held"),
  /** What became of held hours: still held (null), consumed by a ledger entry, or let go. */
  hours: text({ enum: ["consumed", "released"] }),
  hoursAt: instant("hours_at"),
  /** The start for which its reminders were planned. */
  remindersFor: instant("reminders_for"),
  createdBy: text("created_by").notNull().references(() => users.id),
  createdAt: instant("created_at").notNull(),
}, (t) => [
  index("lessons_by_teacher").on(t.teacherId, t.startsAt), index("lessons_by_student").on(t.studentId, t.startsAt), index("lessons_by_school").on(t.schoolId, t.startsAt),
  index("lessons_by_series").on(t.seriesId, t.startsAt),
  index("lessons_to_remind").on(t.startsAt).where(sql`status = 'scheduled' AND reminders_for IS NOT starts_at`),
  index("lessons_holding_hours").on(t.studentId, t.schoolId).where(sql`uses_hours = 1 AND hours IS NULL`),
  check("lessons_end_after_start", sql`${t.endsAt} > ${t.startsAt}`),
  check("lessons_enough_hours", sql`${t.usesHours} = 0 OR ${t.minutesHad} IS NULL OR ${t.minutesHeld} + (${t.endsAt} - ${t.startsAt}) / 60000 <= ${t.minutesHad}`),
]);

/**
 * Time taken: by a lesson where it stands, and by the place it would move to while that waits for an answer. How many other lessons of the teacher
 * and of the student are there already is read in the inserting statement itself, so the CHECKs decide races.
 */
export const lessonSlots = sqliteTable("lesson_slots", {
  lessonId: text("lesson_id").notNull().references(() => lessons.id),
  kind: text({ enum: ["stands", "held"] }).notNull(),
  teacherId: text("teacher_id").notNull().references(() => users.id),
  studentId: text("student_id").notNull().references(() => users.id),
  startsAt: instant("starts_at").notNull(),
  endsAt: instant("ends_at").notNull(),
  teacherClashes: integer("teacher_clashes").notNull(),
  studentClashes: integer("student_clashes").notNull(),
}, (t) => [
  primaryKey({ columns: [t.lessonId, t.kind] }),
  index("lesson_slots_by_teacher").on(t.teacherId, t.startsAt), index("lesson_slots_by_student").on(t.studentId, t.startsAt),
  check("lesson_slots_teacher_free", sql`${t.teacherClashes} = 0`), check("lesson_slots_student_free", sql`${t.studentClashes} = 0`),
]);

/** A question to the child's guardians: may this lesson be, or be moved there? The lesson stays as it is until the answer. */
export const bookings = sqliteTable("bookings", {
  id: text().primaryKey(),
  lessonId: text("lesson_id").notNull().references(() => lessons.id),
  studentId: text("student_id").notNull().references(() => users.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  kind: text({ enum: ["book", "move"] }).notNull(),
  requestedBy: text("requested_by").notNull().references(() => users.id),
  message: text(),
  /** Where to; of a booking what the lesson has. */
  localStart: text("local_start").notNull(),
  localEnd: text("local_end").notNull(),
  timeZone: text("time_zone").notNull(),
  startsAt: instant("starts_at").notNull(),
  endsAt: instant("ends_at").notNull(),
  /** Set to NULL by an answer that comes too late, which aborts its batch. */
  status: text({ enum: ["pending", "approved", "denied", "expired", "cancelled"] }).notNull(),
  decidedBy: text("decided_by").references(() => users.id),
  decidedAt: instant("decided_at"),
  reason: text(),
  /** Exclusive: the family's window, but never after the lesson's start. */
  expiresAt: instant("expires_at").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [
  uniqueIndex("bookings_one_pending").on(t.lessonId).where(sql`status = 'pending'`),
  index("bookings_pending_by_student").on(t.studentId).where(sql`status = 'pending'`),
  index("bookings_waiting").on(t.expiresAt).where(sql`status = 'pending'`),
  index("bookings_by_lesson").on(t.lessonId, t.id),
]);

/** What happened to a lesson, in order. */
export const lessonChanges = sqliteTable("lesson_changes", {
  id: text().primaryKey(),
  lessonId: text("lesson_id").notNull().references(() => lessons.id),
  what: text({ enum: ["created", "booked", "changed", "moved", "move_asked", "approved", "denied", "expired", "cancelled", "attended", "confirmed", "disputed", "settled", "made_up"] }).notNull(),
  /** Null: a rule did it. */
  byId: text("by_id").references(() => users.id),
  /** Old and new values of what changed: times, zones and codes, never words that somebody typed. */
  facts: json<Record<string, string | number | null>>("facts").notNull(),
  at: instant("at").notNull(),
}, (t) => [index("lesson_changes_by_lesson").on(t.lessonId, t.id)]);

/** Attendance (`attendance`) of a lesson waits for the family's word: what they say before the window ends, else it stands. */
export const lessonOutcomes = sqliteTable("lesson_outcomes", {
  lessonId: text("lesson_id").primaryKey().references(() => lessons.id),
  studentId: text("student_id").notNull().references(() => users.id),
  /** The teacher's note on the lesson. */
  note: text(),
  /** Exclusive. */
  confirmUntil: instant("confirm_until").notNull(),
  answer: text({ enum: ["confirmed", "disputed"] }),
  answeredBy: text("answered_by").references(() => users.id),
  answeredAt: instant("answered_at"),
  dispute: text(),
  /** Of a dispute: what the administration found. */
  resolution: text({ enum: ["stands", "corrected"] }),
  resolvedBy: text("resolved_by").references(() => users.id),
  settledAt: instant("settled_at"),
}, (t) => [index("lesson_outcomes_to_settle").on(t.confirmUntil).where(sql`settled_at IS NULL`), index("lesson_outcomes_by_student").on(t.studentId)]);

/** When a teacher can be booked, week by week, by the clock of a zone. */
export const availability = sqliteTable("availability", {
  id: text().primaryKey(),
  teacherId: text("teacher_id").notNull().references(() => users.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  /** 1 = Monday … 7 = Sunday. */
  weekday: integer().notNull(),
  localStart: text("local_start").notNull(),
  localEnd: text("local_end").notNull(),
  timeZone: text("time_zone").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("availability_by_teacher").on(t.teacherId, t.weekday), check("availability_weekday", sql`${t.weekday} BETWEEN 1 AND 7`)]);

/** Days on which a teacher cannot be booked after all. Local dates, the end exclusive. */
export const absences = sqliteTable("absences", {
  id: text().primaryKey(),
  teacherId: text("teacher_id").notNull().references(() => users.id),
  startsOn: text("starts_on").notNull(),
  endsOn: text("ends_on").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("absences_by_teacher").on(t.teacherId, t.endsOn)]);

/** How a child's lessons are decided. No row: a booking by the child waits for a guardian. */
export const lessonRules = sqliteTable("lesson_rules", {
  childId: text("child_id").primaryKey().references(() => users.id),
  approvalNeeded: flag("approval_needed").notNull(),
  setBy: text("set_by").notNull().references(() => users.id),
  setAt: instant("set_at").notNull(),
});

/** A secret address from which a calendar program reads. Rights are asked on every reading, as if its owner looked. */
export const calendarFeeds = sqliteTable("calendar_feeds", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  /** One child alone; null: everybody whose lessons the owner may see. */
  childId: text("child_id").references(() => users.id),
  name: text().notNull(),
  secretHash: text("secret_hash").notNull().unique(),
  createdAt: instant("created_at").notNull(),
  lastReadAt: instant("last_read_at"),
  revokedAt: instant("revoked_at"),
}, (t) => [index("calendar_feeds_by_user").on(t.userId)]);
