import { and, desc, eq, isNotNull, lt, sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayRead } from "./child-access.ts";
import { named, type Db } from "./client.ts";
import { achievements, signingKeys } from "./schema/daily-life.ts";
import { schools } from "./schema/schools.ts";

type AchievementRow = typeof achievements.$inferSelect;

export const insertAchievement = (db: Db, achievement: typeof achievements.$inferInsert) => db.insert(achievements).values(achievement);

const told = { achievement: achievements, school: named(schools.name, "school_name"), giver: sql<string>`(SELECT u.name FROM users u WHERE u.id = ${achievements.issuedBy})`.as("giver_name") };
export type ToldAchievement = { achievement: AchievementRow; school: string; giver: string };

/** Newest first: of the family everything, of a school what it gave. A statement for the caller's batch. */
export const selectAchievements = (db: Db, readerId: string, studentId: string, rule: ReadRule, { before, limit }: { before?: string | undefined; limit: number }, now: number) =>
  db.select(told).from(achievements).innerJoin(schools, eq(schools.id, achievements.schoolId))
    .where(and(eq(achievements.studentId, studentId), mayRead(readerId, sql`${studentId}`, rule, now, sql`achievements.school_id`), before === undefined ? undefined : lt(achievements.id, before)))
    .orderBy(desc(achievements.id)).limit(limit);

export const selectAchievement = (db: Db, id: string) => db.select(told).from(achievements).innerJoin(schools, eq(schools.id, achievements.schoolId)).where(eq(achievements.id, id));
export const studentOfAchievement = (id: string) => sql`(SELECT student_id FROM achievements WHERE id = ${id})`;

/** What the public link shows. A statement for the caller's batch. */
export const selectByLink = (db: Db, linkCode: string) => db.select(told).from(achievements).innerJoin(schools, eq(schools.id, achievements.schoolId)).where(eq(achievements.linkCode, linkCode));

/** The public keys of the school that gave it. A statement for the caller's batch. */
export const selectKeysByLink = (db: Db, linkCode: string) =>
  db.select({ id: signingKeys.id, schoolId: signingKeys.schoolId, publicJwk: signingKeys.publicJwk, retiredAt: signingKeys.retiredAt }).from(signingKeys)
    .where(sql`${signingKeys.schoolId} = (SELECT a.school_id FROM achievements a WHERE a.link_code = ${linkCode})`).limit(100);

/** Revoked once: what was revoked before stays as it was. */
export const revoke = (db: Db, id: string, because: string, now: number) =>
  db.update(achievements).set({ revokedAt: now, revokedBecause: because }).where(and(eq(achievements.id, id), sql`${achievements.revokedAt} IS NULL`));

export const setLink = (db: Db, id: string, linkCode: string | null) => db.update(achievements).set({ linkCode }).where(eq(achievements.id, id));

/** What the school took back, for verifiers. A statement for the caller's batch. */
export const selectRevoked = (db: Db, schoolId: string) =>
  db.select({ id: achievements.id }).from(achievements).where(and(eq(achievements.schoolId, schoolId), isNotNull(achievements.revokedAt))).orderBy(desc(achievements.id)).limit(10_000);
