import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayRead } from "./child-access.ts";
import { named, type Db, type Write } from "./client.ts";
import { givenTo, near, type Reader } from "./given-work.ts";
import { users } from "./schema/identity.ts";
import { activities } from "./schema/daily-life.ts";
import { materialProgress, materials } from "./schema/learning.ts";

export type MaterialRow = typeof materials.$inferSelect;
const subject = sql<string>`(SELECT s.name FROM subjects s WHERE s.id = materials.subject_id)`.as("subject_name");
const author = sql<string>`(SELECT u.name FROM users u WHERE u.id = materials.author_id)`.as("author_name");
const teachesThere = sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = materials.author_id AND m.school_id = materials.school_id AND m.role = 'teacher' AND m.active = 1)`;

export const insertMaterial = (db: Db, row: MaterialRow) => db.insert(materials).values(row);
export const updateMaterial = (db: Db, authorId: string, id: string, change: Partial<MaterialRow>) => db.update(materials).set(change).where(and(eq(materials.id, id), eq(materials.authorId, authorId)));

/** Statements for the caller's batch. Who may see it is for the caller to ask. */
export const selectMaterial = (db: Db, id: string) => db.select({ material: materials, subject, author }).from(materials).where(eq(materials.id, id));
export const selectOwnMaterial = (db: Db, authorId: string, id: string) => db.select().from(materials).where(and(eq(materials.id, id), eq(materials.authorId, authorId), teachesThere));

/** Newest first, with how many have finished them of those whose progress may be read; `before` is the id of the last one shown. */
export const selectMaterialsBy = (db: Db, authorId: string, rule: ReadRule, { status, before, limit }: { status?: MaterialRow["status"] | undefined; before?: string | undefined; limit: number }, now: number) =>
  db.select({
    id: materials.id, title: materials.title, status: materials.status, minutes: materials.minutes, subject,
    done: sql<number>`(SELECT count(*) FROM material_progress p WHERE p.material_id = materials.id AND p.done_at IS NOT NULL AND ${mayRead(authorId, sql`p.student_id`, rule, now, sql`materials.school_id`)})`.as("done"),
  }).from(materials).where(and(eq(materials.authorId, authorId), status ? eq(materials.status, status) : undefined, before ? lt(materials.id, before) : undefined)).orderBy(desc(materials.id)).limit(limit);

/** What is shared with a student, as far as that reader may read it, with how far they are; by subject, then newest first. */
export const selectMaterialsFor = (db: Db, studentId: string, { readerId, rule, subjectId, before, limit }: { readerId: string; rule: ReadRule; subjectId?: string | undefined; before?: string | undefined; limit: number }, now: number) =>
  db.select({ id: materials.id, title: materials.title, subjectId: materials.subjectId, minutes: materials.minutes, subject, author, openedAt: materialProgress.openedAt, percent: materialProgress.percent, doneAt: materialProgress.doneAt })
    .from(materials).leftJoin(materialProgress, and(eq(materialProgress.materialId, materials.id), eq(materialProgress.studentId, studentId)))
    .where(and(givenTo("materials", studentId, now), eq(materials.status, "shared"), sql`${mayRead(readerId, sql`${studentId}`, rule, now, sql`materials.school_id`)}`, subjectId ? eq(materials.subjectId, subjectId) : undefined, before ? lt(materials.id, before) : undefined))
    .orderBy(desc(materials.id)).limit(limit);

const far = { openedAt: materialProgress.openedAt, percent: materialProgress.percent, doneAt: materialProgress.doneAt };

/** How far children near to the reader are with one thing. */
export const selectProgressNear = (db: Db, materialId: string, reader: Reader, rule: ReadRule, now: number) =>
  db.select({ studentId: materialProgress.studentId, ...far }).from(materialProgress)
    .where(and(eq(materialProgress.materialId, materialId), sql`${materialProgress.studentId} IN ${near(reader, now)}`, sql`${mayRead(reader.userId, sql`${materialProgress.studentId}`, rule, now)}`)).limit(50);

/** How far everybody is, for its author, as far as families let teachers see it. */
export const selectProgressOf = (db: Db, materialId: string, authorId: string, rule: ReadRule, limit: number, now: number) =>
  db.select({ studentId: materialProgress.studentId, student: named(users.name, "student_name"), ...far }).from(materialProgress).innerJoin(users, and(eq(users.id, materialProgress.studentId), eq(users.status, "active")))
    .where(and(eq(materialProgress.materialId, materialId), sql`EXISTS (SELECT 1 FROM materials WHERE materials.id = ${materialId} AND materials.author_id = ${authorId} AND ${mayRead(authorId, sql`${materialProgress.studentId}`, rule, now, sql`materials.school_id`)})`))
    .orderBy(sql`users.name COLLATE NOCASE`).limit(limit);

/** Opened for the first time; again changes nothing. */
export const openMaterial = (db: Db, materialId: string, studentId: string, now: number) => db.insert(materialProgress).values({ materialId, studentId, openedAt: now }).onConflictDoNothing();

/** How far the student is. What was done once stays done. */
export const putProgress = (db: Db, materialId: string, studentId: string, { percent, doneAt }: { percent: number; doneAt: number | null }, now: number) =>
  db.insert(materialProgress).values({ materialId, studentId, openedAt: now, percent, doneAt })
    .onConflictDoUpdate({ target: [materialProgress.materialId, materialProgress.studentId], set: { percent, doneAt: doneAt === null ? null : sql`coalesce(${materialProgress.doneAt}, ${doneAt})` } });

/** The day's activity with it got longer. */
export const lengthenActivity = (db: Db, studentId: string, cause: string, minutes: number): Write =>
  db.update(activities).set({ minutes }).where(and(eq(activities.studentId, studentId), eq(activities.cause, cause), lt(activities.minutes, minutes)));
