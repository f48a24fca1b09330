import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { instant, json } from "./columns.ts";

/** Who did what, written in the same batch as the act. */
export const auditEvents = sqliteTable("audit_events", {
  id: text().primaryKey(),
  at: instant("at").notNull(),
  /** Null: the system itself (a rule, a sweep, a provider). */
  actorId: text("actor_id"),
  action: text().notNull(),
  subjectId: text("subject_id").notNull(),
  childId: text("child_id"),
  familyId: text("family_id"),
  schoolId: text("school_id"),
  details: json<Record<string, unknown>>("details").notNull(),
  address: text(),
  userAgent: text("user_agent"),
  requestId: text("request_id"),
}, (t) => [
  index("audit_events_by_subject").on(t.subjectId),
  index("audit_events_by_child").on(t.childId, t.id),
  index("audit_events_by_school").on(t.schoolId, t.id),
]);

/** The outbox: a job is a row written with its cause; the queue is only the bell, and a sweep rings again. */
export const jobs = sqliteTable("jobs", {
  id: text().primaryKey(),
  kind: text().notNull(),
  payload: json<unknown>("payload").notNull(),
  status: text({ enum: ["waiting", "running", "done", "failed"] }).notNull().default("waiting"),
  attempts: integer().notNull().default(0),
  /** Not before. While running: when the claim lapses and another may take it. */
  availableAt: instant("available_at").notNull(),
  lastError: text("last_error"),
  createdAt: instant("created_at").notNull(),
  finishedAt: instant("finished_at"),
}, (t) => [index("jobs_due").on(t.availableAt).where(sql`status IN ('waiting', 'running')`)]);

/** The answer to a repeated POST: claimed in the same batch as the act. */
export const idempotencyKeys = sqliteTable("idempotency_keys", {
  actorId: text("actor_id").notNull(),
  key: text().notNull(),
  /** SHA-256 of operation and input: the same key with other words is a conflict. */
  fingerprint: text().notNull(),
  resultId: text("result_id").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [primaryKey({ columns: [t.actorId, t.key] })]);

export const sweepRuns = sqliteTable("sweep_runs", {
  sweep: text().primaryKey(),
  startedAt: instant("started_at").notNull(),
  finishedAt: instant("finished_at"),
  handled: integer().notNull().default(0),
});

/** The chain: each event's digest with its forerunner's. Sealed in order by a sweep; verification names the first row that does not fit. */
export const auditSeals = sqliteTable("audit_seals", {
  position: integer().primaryKey(),
  eventId: text("event_id").notNull().unique(),
  digest: text().notNull(),
  sealedAt: instant("sealed_at").notNull(),
});
