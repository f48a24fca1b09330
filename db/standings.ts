import { and, asc, eq, sql } from "drizzle-orm";
import { withinReach } from "./budget-periods.ts";
import { inForce } from "./guardianships.ts";
import { kept } from "./kept.ts";
import { budgetControlLimits, budgetControls, budgetPeriods } from "./schema/budgets.ts";
import { guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";

/** What the budgets of several children stand on, in as many statements as for one: home, controls, their past limits, periods. */
export const selectStandingFacts = kept((db, childIds: string[], now: number) => {
  const children = sql`(SELECT value FROM json_each(${childIds}))`;
  const home = (column: string) => sql<string>`(SELECT f.${sql.raw(column)} FROM family_members m JOIN families f ON f.id = m.family_id AND f.deleted_at IS NULL WHERE m.user_id = users.id ORDER BY m.joined_at, f.id LIMIT 1)`;
  return [
    db.select({ childId: users.id, currency: home("currency").as("currency"), timeZone: home("time_zone").as("time_zone") }).from(users).where(sql`${users.id} IN ${children}`),
    db.select({ control: budgetControls, guardianName: users.name })
      .from(budgetControls).innerJoin(users, eq(users.id, budgetControls.guardianId))
      .innerJoin(guardianships, and(eq(guardianships.guardianId, budgetControls.guardianId), eq(guardianships.childId, budgetControls.childId), inForce(now)))
      .where(and(sql`${budgetControls.childId} IN ${children}`, eq(budgetControls.active, true))).orderBy(asc(budgetControls.id)),
    db.select({ limit: budgetControlLimits }).from(budgetControlLimits).innerJoin(budgetControls, eq(budgetControls.id, budgetControlLimits.controlId))
      .where(sql`${budgetControls.childId} IN ${children}`).orderBy(asc(budgetControlLimits.startsOn)),
    db.select().from(budgetPeriods).where(and(sql`${budgetPeriods.childId} IN ${children}`, withinReach(now))),
  ] as const;
});

type RowsOf<S extends readonly unknown[]> = { -readonly [I in keyof S]: Awaited<S[I]> };
export type StandingRows = RowsOf<ReturnType<typeof selectStandingFacts>>;
