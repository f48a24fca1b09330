import { and, asc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { memberships, plans, schools } from "./schema/schools.ts";

export type Plan = typeof plans.$inferSelect & { schoolName: string };
const withSchool = { ...getTableColumns(plans), schoolName: schools.name };

/** What is on offer where that person is an active student. */
export async function listPlansForStudent(db: Db, studentId: string): Promise<Plan[]> {
  const attended = db.select({ id: memberships.schoolId }).from(memberships).where(and(eq(memberships.userId, studentId), eq(memberships.role, "student"), eq(memberships.active, true)));
  return db.select(withSchool).from(plans).innerJoin(schools, eq(schools.id, plans.schoolId))
    .where(and(inArray(plans.schoolId, attended), eq(plans.active, true))).orderBy(asc(schools.name), asc(plans.price), asc(plans.id));
}

/** All plans of these schools, those no longer offered last. */
export async function listPlansOfSchools(db: Db, schoolIds: string[]): Promise<Plan[]> {
  if (schoolIds.length === 0) return [];
  return db.select(withSchool).from(plans).innerJoin(schools, eq(schools.id, plans.schoolId))
    .where(inArray(plans.schoolId, schoolIds.slice(0, 90))).orderBy(asc(schools.name), sql`${plans.active} DESC`, asc(plans.price), asc(plans.id));
}

/** A plan of one of these schools, or null, the same as one that does not exist. */
export async function findPlan(db: Db, schoolIds: string[], planId: string): Promise<Plan | null> {
  if (schoolIds.length === 0) return null;
  return (await db.select(withSchool).from(plans).innerJoin(schools, eq(schools.id, plans.schoolId))
    .where(and(eq(plans.id, planId), inArray(plans.schoolId, schoolIds.slice(0, 90)))).get()) ?? null;
}

/** The school's currency: a plan is priced in it. */
export async function findSchoolCurrency(db: Db, schoolId: string): Promise<string | null> {
  return (await db.select({ currency: schools.currency }).from(schools).where(eq(schools.id, schoolId)).get())?.currency ?? null;
}

export const insertPlan = (db: Db, plan: typeof plans.$inferInsert) => db.insert(plans).values(plan);
export const updatePlan = (db: Db, schoolId: string, planId: string, change: Partial<typeof plans.$inferInsert>) =>
  db.update(plans).set(change).where(and(eq(plans.id, planId), eq(plans.schoolId, schoolId)));
