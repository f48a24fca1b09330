import { and, asc, eq, inArray, lt, lte, sql } from "drizzle-orm";
import { insertMany, insertWhere } from "./bulk.ts";
import type { Db, Write } from "./client.ts";
import { users } from "./schema/identity.ts";
import { deliveries } from "./schema/notifications.ts";
import { auditEvents, idempotencyKeys, jobs, sweepRuns } from "./schema/operation.ts";
import { places } from "./talkers.ts";

export type NewAuditEvent = typeof auditEvents.$inferInsert;
export const insertAuditEvent = (db: Db, event: NewAuditEvent) => db.insert(auditEvents).values(event);

export const insertAuditEvents = (db: Db, events: NewAuditEvent[]): Write[] => insertMany(db, auditEvents, events);

/** The event of an act in a room, of which it names the child: written for who has a place there at that instant, else not at all. */
export const insertAuditEventOfRoom = (db: Db, event: NewAuditEvent & { actorId: string }): Write => {
  const child = sql`(SELECT c.child_id FROM conversations c WHERE c.id = ${event.subjectId})`;
  return insertWhere(db, auditEvents, event, { childId: child }, sql`EXISTS (SELECT 1 FROM ${places({ now: event.at, conversation: event.subjectId, user: event.actorId })})`);
};

export const insertJobs = (db: Db, rows: (typeof jobs.$inferInsert)[]): Write[] => insertMany(db, jobs, rows);
export const insertJob = (db: Db, job: { id: string; kind: string; payload: unknown; availableAt: number; createdAt: number }) => db.insert(jobs).values(job);

export type Job = typeof jobs.$inferSelect;

/** Takes the job for `leaseUntil`, or answers null because it is done, not due, or another's. */
export async function claimJob(db: Db, id: string, now: number, leaseUntil: number): Promise<Job | null> {
  const [job] = await db.update(jobs)
    .set({ status: "running", attempts: sql`${jobs.attempts} + 1`, availableAt: leaseUntil })
    .where(and(eq(jobs.id, id), inArray(jobs.status, ["waiting", "running"]), lte(jobs.availableAt, now)))
    .returning();
  return job ?? null;
}

export const finishJob = (db: Db, id: string, status: "done" | "failed", now: number, lastError: string | null = null) =>
  db.update(jobs).set({ status, finishedAt: now, lastError }).where(eq(jobs.id, id));

export const postponeJob = (db: Db, id: string, availableAt: number, lastError: string, attempts?: number) =>
  db.update(jobs).set({ status: "waiting", availableAt, lastError, ...(attempts === undefined ? {} : { attempts }) }).where(eq(jobs.id, id));

export async function listDueJobs(db: Db, now: number, limit: number): Promise<string[]> {
  const due = await db.select({ id: jobs.id }).from(jobs)
    .where(and(sql`${jobs.status} IN ('waiting', 'running')`, lte(jobs.availableAt, now))).orderBy(jobs.availableAt).limit(limit);
  return due.map((job) => job.id);
}

export const deleteOldJobs = (db: Db, before: number) => db.delete(jobs).where(and(eq(jobs.status, "done"), lt(jobs.finishedAt, before)));

export const insertIdempotencyKey = (db: Db, key: typeof idempotencyKeys.$inferInsert) => db.insert(idempotencyKeys).values(key);

export const selectIdempotencyKey = (db: Db, actorId: string, key: string) => db.select().from(idempotencyKeys).where(and(eq(idempotencyKeys.actorId, actorId), eq(idempotencyKeys.key, key)));

export const startSweepRun = (db: Db, sweep: string, now: number) =>
  db.insert(sweepRuns).values({ sweep, startedAt: now }).onConflictDoUpdate({ target: sweepRuns.sweep, set: { startedAt: now } });
export const finishSweepRun = (db: Db, sweep: string, now: number, handled: number) =>
  db.update(sweepRuns).set({ finishedAt: now, handled }).where(eq(sweepRuns.sweep, sweep));

/** What happened to one thing, oldest first, and who did it. */
export const selectAuditEvents = (db: Db, subjectId: string) =>
  db.select({ id: auditEvents.id, at: auditEvents.at, action: auditEvents.action, actorId: auditEvents.actorId, actorName: users.name, details: auditEvents.details })
    .from(auditEvents).leftJoin(users, eq(users.id, auditEvents.actorId)).where(eq(auditEvents.subjectId, subjectId)).orderBy(asc(auditEvents.at), asc(auditEvents.id));

/** What an operator watches, in one batch: jobs not done by kind and status, the oldest that is due, sweeps, deliveries. */
export async function readMetrics(db: Db, now: number) {
  const [open, [oldest], sweeps, sent] = await db.batch([
    db.select({ kind: jobs.kind, status: jobs.status, count: sql<number>`count(*)`.as("count") }).from(jobs).where(sql`${jobs.status} <> 'done'`).groupBy(jobs.kind, jobs.status),
    db.select({ at: sql<number | null>`min(${jobs.availableAt})`.as("at") }).from(jobs).where(and(inArray(jobs.status, ["waiting", "running"]), lte(jobs.availableAt, now))),
    db.select().from(sweepRuns),
    db.select({ channel: deliveries.channel, count: sql<number>`count(*)`.as("count") }).from(deliveries).where(eq(deliveries.outcome, "sent")).groupBy(deliveries.channel),
  ]);
  return { jobs: open, oldestDueAt: oldest?.at ?? null, sweeps, deliveries: sent };
}
