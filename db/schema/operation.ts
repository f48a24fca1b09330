import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { instant, json } from "./columns.ts";

/**
 * Who did what, written in the same batch as the act. Append-only by trigger, but for erasing what it holds of a person: see docs/decisions/018.
 * `seq` is the order of commitment: D1 writes one batch after another.
 */
export const auditEvents = sqliteTable("audit_events", {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  at: instant("at").notNull(),
  /** Null: the system itself (a rule, a sweep, a provider). */
  actorId: text("actor_id"),
  action: text().notNull(),
  subjectId: text("subject_id").notNull(),
  childId: text("child_id"),
  familyId: text("family_id"),
  /** The school in whose name it was done, or with which: it may see that. A family's own acts have none. */
  schoolId: text("school_id"),
  details: json<Record<string, unknown>>("details").notNull(),
  address: text(),
  userAgent: text("user_agent"),
  requestId: text("request_id"),
  /** Random, and in the digest of who acted (what was done); destroyed with it. Null: erased. */
  whoSalt: text("who_salt").default(sql`(lower(hex(randomblob(16))))`),
  whatSalt: text("what_salt").default(sql`(lower(hex(randomblob(16))))`),
  /** The event of the erasure that emptied a part of this one. */
  erasureId: text("erasure_id"),
}, (t) => [
  index("audit_events_by_subject").on(t.subjectId),
  index("audit_events_by_child").on(t.childId, t.id),
  index("audit_events_by_actor").on(t.actorId, t.at),
  index("audit_events_by_school").on(t.schoolId, t.at, t.id),
  /* In order of `seq`, which every index ends with. */
  index("audit_events_in_school").on(t.schoolId),
  index("audit_events_by_school_action").on(t.schoolId, t.action, t.at, t.id),
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

/** The chain over the audit log: a seal for each event, with its forerunner's digest in its own. Append-only by trigger. */
export const auditSeals = sqliteTable("audit_seals", {
  /** The event's `seq`. Two sweeps that seal the same event meet here, and the later one's batch aborts. */
  position: integer().primaryKey(),
  eventId: text("event_id").notNull().unique(),
  /** Told apart, so that a school's and a child's part can be verified though events are gone. */
  schoolId: text("school_id"),
  /** The child's hashed id. */
  child: text(),
  /** Digests of the event's parts: what stays for ever, who acted, what was done to whom. */
  frame: text().notNull(),
  who: text().notNull(),
  what: text().notNull(),
  /** SHA-256 of the forerunner's digest and of all the above. */
  digest: text().notNull(),
  sealedAt: instant("sealed_at").notNull(),
}, (t) => [index("audit_seals_by_school").on(t.schoolId, t.position), index("audit_seals_by_child").on(t.child, t.position)]);
