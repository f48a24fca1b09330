import { and, eq, gte, isNull, lt, sql } from "drizzle-orm";
import type { Period } from "#app/domain/clock.ts";
import type { Db } from "./client.ts";
import { budgetPeriods } from "./schema/budgets.ts";
import { families } from "./schema/families.ts";

/** Periods that a decision at `now` looks at. The month that holds it began at most 32 days ago in any zone; only rollover looks further back, five years. */
export const withinReach = (now: number) =>
  gte(budgetPeriods.startsOn, sql`date(${now} / 1000, 'unixepoch', CASE WHEN EXISTS (SELECT 1 FROM budget_controls c WHERE c.child_id = budget_periods.child_id AND c.rollover <> 'none') THEN '-1860 days' ELSE '-33 days' END)`);

export async function listFamilyTimeZones(db: Db): Promise<string[]> {
  return (await db.selectDistinct({ timeZone: families.timeZone }).from(families).where(isNull(families.deletedAt))).map((row) => row.timeZone);
}

/** The child's home family is the one joined first, as in `selectDecisionFacts`. */
const HOME_ZONE = `(SELECT f.time_zone FROM family_members m JOIN families f ON f.id = m.family_id AND f.deleted_at IS NULL WHERE m.user_id = c.child_id ORDER BY m.joined_at, f.id LIMIT 1)`;

/** Children with an active control, at home in that zone, for whom one of these periods is not open yet. */
export async function listChildrenToOpen(db: Db, timeZone: string, periods: Period[], limit: number): Promise<string[]> {
  const rows = await db.all<{ childId: string }>(sql`
    SELECT DISTINCT c.child_id AS childId FROM budget_controls c
    WHERE c.active = 1 AND ${sql.raw(HOME_ZONE)} = ${timeZone}
      AND (SELECT count(*) FROM budget_periods p WHERE p.child_id = c.child_id AND (p.kind, p.starts_on) IN (VALUES ${sql.join(periods.map((period) => sql`(${period.kind}, ${period.startsOn})`), sql`, `)})) < ${periods.length}
    LIMIT ${limit}`);
  return rows.map((row) => row.childId);
}

export const openPeriod = (db: Db, period: typeof budgetPeriods.$inferInsert) => db.insert(budgetPeriods).values(period).onConflictDoNothing();

/** Marks as over what began before the current period of its kind, in that zone. */
export const closePeriods = (db: Db, timeZone: string, current: Period, now: number) =>
  db.update(budgetPeriods).set({ closedAt: now })
    .where(and(isNull(budgetPeriods.closedAt), eq(budgetPeriods.kind, current.kind), lt(budgetPeriods.startsOn, current.startsOn), sql`${timeZone} = ${sql.raw(HOME_ZONE.replace("c.child_id", "budget_periods.child_id"))}`));
