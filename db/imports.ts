import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Db, Write } from "./client.ts";
import { insertMany } from "./bulk.ts";
import { importRows, imports } from "./schema/imports.ts";

export type ImportRecord = typeof imports.$inferSelect;
export type ImportResult = Omit<typeof importRows.$inferSelect, "importId">;
const OPEN = inArray(imports.status, ["waiting", "running"]);

export const insertImport = (db: Db, row: typeof imports.$inferInsert) => db.insert(imports).values(row);

/** An import that is not over, if whoever started it still runs the school; null for any other. */
export async function findOpenImport(db: Db, importId: string) {
  const [found] = await db.select({
    record: imports,
    stillRuns: sql<number>`EXISTS (SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id AND u.status = 'active'
      WHERE m.user_id = imports.started_by AND m.school_id = imports.school_id AND m.active = 1 AND m.role IN ('school_owner', 'school_admin'))`.as("still_runs"),
    starterName: sql<string>`(SELECT u.name FROM users u WHERE u.id = imports.started_by)`.as("starter_name"),
  }).from(imports).where(and(eq(imports.id, importId), OPEN));
  return found ? { ...found.record, starterName: found.starterName, stillRuns: found.stillRuns === 1 } : null;
}

/** On from where it stood. Aborts its batch (NOT NULL imports.handled) when another run has come further, or it is over. */
export const advanceImport = (db: Db, importId: string, { from, to, counts, finishedAt }: { from: number; to: number; counts: Record<"created" | "changed" | "already" | "refused", number>; finishedAt: number | null }) =>
  db.update(imports).set({
    handled: sql`CASE WHEN ${imports.handled} = ${from} AND ${imports.status} IN ('waiting', 'running') THEN ${to} END`,
    status: finishedAt === null ? "running" : "done", finishedAt,
    created: sql`${imports.created} + ${counts.created}`, changed: sql`${imports.changed} + ${counts.changed}`,
    already: sql`${imports.already} + ${counts.already}`, refused: sql`${imports.refused} + ${counts.refused}`,
  }).where(eq(imports.id, importId));

export const failImport = (db: Db, importId: string, failure: string, now: number) => db.update(imports).set({ status: "failed", failure, finishedAt: now }).where(and(eq(imports.id, importId), OPEN));

/** A failed one goes on where it stood. Aborts its batch (NOT NULL imports.status) when somebody was quicker. */
export const reopenImport = (db: Db, importId: string) =>
  db.update(imports).set({ status: sql`CASE WHEN status = 'failed' THEN 'waiting' END`, failure: null, finishedAt: null }).where(eq(imports.id, importId));

/** Files of imports begun before that day which no later import of theirs needs. */
export async function listOldFiles(db: Db, before: number, limit: number): Promise<string[]> {
  const found = await db.selectDistinct({ key: sql<string>`${imports.fileKey}` }).from(imports).where(and(
    sql`file_key IS NOT NULL`, lt(imports.createdAt, before),
    sql`NOT EXISTS (SELECT 1 FROM imports y WHERE y.school_id = imports.school_id AND y.id > imports.id AND y.file_key = imports.file_key AND y.created_at >= ${before})`,
  )).limit(limit);
  return found.map(({ key }) => key);
}
export const forgetFiles = (db: Db, keys: string[], before: number) =>
  db.update(imports).set({ fileKey: null }).where(and(sql`file_key IS NOT NULL`, lt(imports.createdAt, before), sql`${imports.fileKey} IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`));

export const insertResults = (db: Db, importId: string, results: ImportResult[]): Write[] =>
  insertMany(db, importRows, results.map(({ part, line, outcome, problem, about }) => ({ importId, part, line, outcome, problem, about })));

/** The school's imports, newest first. */
export const listImports = (db: Db, schoolId: string, { before, limit }: { before: string | null; limit: number }) =>
  db.select().from(imports).where(and(eq(imports.schoolId, schoolId), before === null ? undefined : lt(imports.id, before))).orderBy(desc(imports.id)).limit(limit);

/** A statement for the caller's batch: the import, if one of these schools started it. */
export const selectImport = (db: Db, schoolIds: string[], importId: string) =>
  db.select().from(imports).where(and(eq(imports.id, importId), sql`${imports.schoolId} IN (SELECT value FROM json_each(${JSON.stringify(schoolIds)}))`));

type Place = { part: string; line: number };
/** The report in the order of the file, after a place; only refused rows on wish. */
export const selectResults = (db: Db, schoolIds: string[], importId: string, { after, limit, refused = false }: { after: Place | null; limit: number; refused?: boolean }) =>
  db.select({ part: importRows.part, line: importRows.line, outcome: importRows.outcome, problem: importRows.problem, about: importRows.about }).from(importRows)
    .where(and(
      eq(importRows.importId, importId),
      sql`EXISTS (SELECT 1 FROM imports i WHERE i.id = ${importId} AND i.school_id IN (SELECT value FROM json_each(${JSON.stringify(schoolIds)})))`,
      after === null ? undefined : sql`(${importRows.part}, ${importRows.line}) > (${after.part}, ${after.line})`,
      refused ? sql`outcome = 'refused'` : undefined,
    )).orderBy(asc(importRows.part), asc(importRows.line)).limit(limit);
