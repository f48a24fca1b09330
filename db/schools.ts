import { and, asc, desc, eq, getTableColumns, inArray, sql, type AnyColumn } from "drizzle-orm";
import type { Db } from "./client.ts";
import { memberships, plans, schools } from "./schema/schools.ts";

export type Plan = typeof plans.$inferSelect & { schoolName: string };
/** One parameter, however many there are. */
const oneOf = (column: AnyColumn, ids: string[]) => sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
const withSchool = { ...getTableColumns(plans), schoolName: sql<string>`${schools.name}`.as("school_name") };

/** What is on offer where that person is an active student. */
export async function listPlansForStudent(db: Db, studentId: string): Promise<Plan[]> {
  const attended = db.select({ id: memberships.schoolId }).from(memberships).where(and(eq(memberships.userId, studentId), eq(memberships.role, "student"), eq(memberships.active, true)));
  return db.select(withSchool).from(plans).innerJoin(schools, eq(schools.id, plans.schoolId))
    .where(and(inArray(plans.schoolId, attended), eq(plans.active, true))).orderBy(asc(schools.name), asc(plans.price), asc(plans.id));
}

/** All plans of these schools, those no longer offered last, and the currency of each school. */
export async function listPlansOfSchools(db: Db, schoolIds: string[]): Promise<{ plans: Plan[]; currencies: Record<string, string> }> {
  const [found, run] = await db.batch([
    db.select(withSchool).from(plans).innerJoin(schools, eq(schools.id, plans.schoolId)).where(oneOf(plans.schoolId, schoolIds)).orderBy(asc(schools.name), desc(plans.active), asc(plans.price), asc(plans.id)),
    db.select({ id: schools.id, currency: schools.currency }).from(schools).where(oneOf(schools.id, schoolIds)),
  ]);
  return { plans: found, currencies: Object.fromEntries(run.map(({ id, currency }) => [id, currency])) };
}

/** A plan of one of these schools, or null, the same as one that does not exist. */
export async function findPlan(db: Db, schoolIds: string[], planId: string): Promise<Plan | null> {
  return (await db.select(withSchool).from(plans).innerJoin(schools, eq(schools.id, plans.schoolId))
    .where(and(eq(plans.id, planId), oneOf(plans.schoolId, schoolIds))).get()) ?? null;
}

/** The school's currency: a plan is priced in it. */
export async function findSchoolCurrency(db: Db, schoolId: string): Promise<string | null> {
  return (await db.select({ currency: schools.currency }).from(schools).where(eq(schools.id, schoolId)).get())?.currency ?? null;
}

export const insertPlan = (db: Db, plan: typeof plans.$inferInsert) => db.insert(plans).values(plan);
export const updatePlan = (db: Db, schoolId: string, planId: string, change: Partial<typeof plans.$inferInsert>) =>
  db.update(plans).set(change).where(and(eq(plans.id, planId), eq(plans.schoolId, schoolId)));
