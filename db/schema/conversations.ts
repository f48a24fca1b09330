import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { instant } from "./columns.ts";
import { families } from "./families.ts";
import { users } from "./identity.ts";
import { classes, enrolments, schools } from "./schools.ts";

/**
 * A room, and of whom it is: who may read and write in it is asked of guardianships, enrolments and memberships each time (db/talkers.ts), never kept here.
 * The messages are the room's own, in its Durable Object; what is here of them is a summary that the room writes and could write again.
 */
export const conversations = sqliteTable("conversations", {
  id: text().primaryKey(),
  kind: text({ enum: ["family", "guardian_teacher", "student_teacher", "student_tutor", "announcement", "support"] }).notNull(),
  /** Null: a family's own. */
  schoolId: text("school_id").references(() => schools.id),
  familyId: text("family_id").references(() => families.id),
  /** The child it is about or with. */
  childId: text("child_id").references(() => users.id),
  enrolmentId: text("enrolment_id").references(() => enrolments.id),
  /** Of an announcement: to whom; null: the whole school. */
  classId: text("class_id").references(() => classes.id),
  /** The teacher or tutor in it; the author of announcements. */
  staffId: text("staff_id").references(() => users.id),
  /** Whoever asked for it; null: it opened by itself. */
  openedBy: text("opened_by").references(() => users.id),
  /** What it is about, where somebody said so. */
  subject: text(),
  createdAt: instant("created_at").notNull(),
  /** Exclusive; nobody writes after it. */
  closedAt: instant("closed_at"),
  lastSeq: integer("last_seq").notNull().default(0),
  lastAt: instant("last_at"),
  /** The beginning of the last message; null: it was deleted, or there is none. */
  lastText: text("last_text"),
  lastSenderId: text("last_sender_id").references(() => users.id),
  /** The room's change that this summary has seen: an older summary never replaces a newer one. */
  revision: integer().notNull().default(0),
}, (t) => [
  uniqueIndex("conversations_of_enrolment").on(t.enrolmentId).where(sql`kind = 'student_teacher'`),
  uniqueIndex("conversations_with_tutor").on(t.childId, t.staffId, t.schoolId).where(sql`kind = 'student_tutor' AND closed_at IS NULL`),
  uniqueIndex("conversations_about_child").on(t.childId, t.staffId, t.schoolId).where(sql`kind = 'guardian_teacher' AND closed_at IS NULL`),
  uniqueIndex("conversations_of_family").on(t.familyId).where(sql`kind = 'family'`),
  index("conversations_by_child").on(t.childId),
  index("conversations_by_staff").on(t.staffId),
  index("conversations_by_opener").on(t.openedBy),
  index("conversations_by_school").on(t.schoolId, t.kind, t.lastAt),
  index("conversations_asking_help").on(t.schoolId, t.lastAt).where(sql`kind = 'support' AND closed_at IS NULL`),
  index("conversations_by_class").on(t.classId).where(sql`class_id IS NOT NULL`),
]);

/** How far somebody has read, and how many messages wait for them: written by the room. */
export const seats = sqliteTable("seats", {
  conversationId: text("conversation_id").notNull().references(() => conversations.id),
  userId: text("user_id").notNull().references(() => users.id),
  readSeq: integer("read_seq").notNull().default(0),
  unread: integer().notNull().default(0),
  revision: integer().notNull().default(0),
}, (t) => [primaryKey({ columns: [t.userId, t.conversationId] }), index("seats_by_conversation").on(t.conversationId, t.readSeq), index("seats_unread").on(t.userId).where(sql`unread > 0`)]);

/** A file that was sent in a room, or is about to be. Who may open it is who may read the message with it: the room is asked each time. */
export const conversationFiles = sqliteTable("conversation_files", {
  id: text().primaryKey(),
  conversationId: text("conversation_id").notNull().references(() => conversations.id),
  name: text().notNull(),
  /** As found in its first bytes, never as claimed. */
  type: text().notNull(),
  size: integer().notNull(),
  key: text().notNull().unique(),
  sha256: text().notNull(),
  uploadedBy: text("uploaded_by").notNull().references(() => users.id),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("conversation_files_by_room").on(t.conversationId), index("conversation_files_by_uploader").on(t.uploadedBy)]);

/** Who has a socket open now; a row may outlive its socket until the instant. */
export const listeners = sqliteTable("listeners", {
  userId: text("user_id").primaryKey().references(() => users.id),
  /** Exclusive. */
  until: instant("until").notNull(),
});

/** Listeners whose rights or counters may have changed: written by triggers, so that no act can forget them, and taken away by whoever tells their inbox. */
export const stirred = sqliteTable("stirred", { userId: text("user_id").primaryKey().references(() => users.id) });

/** A message that somebody found not right. Its words are kept for the moderators for a time, whatever becomes of the message. */
export const messageReports = sqliteTable("message_reports", {
  id: text().primaryKey(),
  conversationId: text("conversation_id").notNull().references(() => conversations.id),
  seq: integer().notNull(),
  /** Before which it is laid: the room's own, or that of help. */
  schoolId: text("school_id").notNull().references(() => schools.id),
  /** The child of the room. */
  childId: text("child_id").references(() => users.id),
  authorId: text("author_id").references(() => users.id),
  writtenAt: instant("written_at").notNull(),
  /** Null: the time for keeping them is over. */
  text: text(),
  reportedBy: text("reported_by").notNull().references(() => users.id),
  reason: text({ enum: ["hurtful", "unsafe", "unwanted", "other"] }).notNull(),
  /** What the reporter says of it. */
  words: text(),
  status: text({ enum: ["open", "removed", "dismissed"] }).notNull().default("open"),
  /** Said to whoever is told of the decision. */
  note: text(),
  decidedBy: text("decided_by").references(() => users.id),
  createdAt: instant("created_at").notNull(),
  decidedAt: instant("decided_at"),
}, (t) => [
  uniqueIndex("message_reports_once").on(t.conversationId, t.seq, t.reportedBy),
  index("message_reports_queue").on(t.schoolId, t.status, t.createdAt),
  index("message_reports_kept").on(t.createdAt).where(sql`text IS NOT NULL`),
  index("message_reports_by_author").on(t.authorId),
  index("message_reports_by_reporter").on(t.reportedBy),
]);
