import { and, asc, desc, eq, gte, inArray, isNull, sql, type SQL } from "drizzle-orm";
import type { PeriodKind } from "#app/domain/clock.ts";
import { withinReach } from "./budget-periods.ts";
import { named, type Db } from "./client.ts";
import { heirAmong } from "./former-accounts.ts";
import { inForce } from "./guardianships.ts";
import { kept } from "./kept.ts";
import { selectGuardianCards } from "./payments.ts";
import { budgetAlerts, budgetControlLimits, budgetControls, budgetPeriods, decisionRules } from "./schema/budgets.ts";
import { families, familyMembers, guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";

/** An id, or a request of one of these children, so that a batch need not look it up first. */
export type ChildRef = string | { requestId: string; among: string[] };

/**
 * All that a decision about a child's money rests on, as statements for one batch: family, controls with their past limits, policy,
 * guardians, what the periods hold, and saved cards.
 */
export const selectDecisionFacts = (db: Db, child: ChildRef, now: number) =>
  typeof child === "string" ? factsOfChild(db, child, now) : factsOfRequest(db, child.requestId, child.among, now);

const factsOfChild = kept((db, childId: string, now: number) => facts(db, sql`${childId}`, now));
const factsOfRequest = kept((db, requestId: string, childIds: string[], now: number) =>
  facts(db, heirAmong(sql`SELECT student_id FROM purchase_requests WHERE id = ${requestId}`, childIds), now));

function facts(db: Db, child: SQL, now: number) {
  const childIs = <C extends Parameters<typeof eq>[0]>(column: C) => sql`${column} = ${child}`;
  return [
    db.select({ childId: users.id, childName: users.name, familyId: named(families.id, "family_id"), currency: families.currency, timeZone: families.timeZone, decisionWindowHours: families.decisionWindowHours })
      .from(users).innerJoin(familyMembers, eq(familyMembers.userId, users.id)).innerJoin(families, and(eq(families.id, familyMembers.familyId), isNull(families.deletedAt)))
      .where(childIs(users.id)).orderBy(asc(familyMembers.joinedAt), asc(families.id)).limit(1),
    db.select({ control: budgetControls, guardianName: users.name })
      .from(budgetControls).innerJoin(users, eq(users.id, budgetControls.guardianId))
      .innerJoin(guardianships, and(eq(guardianships.guardianId, budgetControls.guardianId), eq(guardianships.childId, budgetControls.childId), inForce(now)))
      .where(and(childIs(budgetControls.childId), eq(budgetControls.active, true))).orderBy(asc(budgetControls.id)),
    db.select().from(budgetControlLimits)
      .where(inArray(budgetControlLimits.controlId, db.select({ id: budgetControls.id }).from(budgetControls).where(childIs(budgetControls.childId)))).orderBy(asc(budgetControlLimits.startsOn)),
    db.select().from(decisionRules).where(childIs(decisionRules.childId)),
    db.select({ userId: guardianships.guardianId, name: users.name, isPrimary: guardianships.isPrimary, contactPriority: guardianships.contactPriority, canApprove: guardianships.canApprovePurchases, canView: guardianships.canViewProgress })
      .from(guardianships).innerJoin(users, and(eq(users.id, guardianships.guardianId), eq(users.status, "active")))
      .where(and(childIs(guardianships.childId), inForce(now))).orderBy(desc(guardianships.isPrimary), asc(guardianships.contactPriority), asc(guardianships.guardianId)),
    db.select().from(budgetPeriods)
      .where(and(childIs(budgetPeriods.childId), withinReach(now)))
      .orderBy(desc(budgetPeriods.startsOn)),
    selectGuardianCards(db, child, now),
  ] as const;
}

type Rows = { [I in keyof ReturnType<typeof selectDecisionFacts>]: Awaited<ReturnType<typeof selectDecisionFacts>[I]> };
export const FACT_STATEMENTS = 7;
export type DecisionRows = Rows;

export const upsertControl = (db: Db, control: typeof budgetControls.$inferInsert) => {
  const { id: _id, childId: _child, guardianId: _guardian, createdAt: _created, ...changed } = control;
  return db.insert(budgetControls).values(control).onConflictDoUpdate({ target: [budgetControls.childId, budgetControls.guardianId], set: changed });
};

export const upsertControlLimit = (db: Db, limit: { childId: string; guardianId: string; kind: PeriodKind; startsOn: string; limit: number | null }) =>
  db.insert(budgetControlLimits)
    .select(db.select({ controlId: budgetControls.id, kind: sql`${limit.kind}`.as("kind"), startsOn: sql`${limit.startsOn}`.as("starts_on"), limit: sql`${limit.limit}`.as("limit") })
      .from(budgetControls).where(and(eq(budgetControls.childId, limit.childId), eq(budgetControls.guardianId, limit.guardianId))) as never)
    .onConflictDoUpdate({ target: [budgetControlLimits.controlId, budgetControlLimits.kind, budgetControlLimits.startsOn], set: { limit: limit.limit } });

/** Every change of a child's rules makes decisions taken on the old ones abort. */
export const bumpRules = (db: Db, childId: string, policy?: "any" | "primary" | "all") =>
  db.insert(decisionRules).values({ childId, ...(policy ? { policy } : {}) })
    .onConflictDoUpdate({ target: decisionRules.childId, set: { revision: sql`${decisionRules.revision} + 1`, ...(policy ? { policy } : {}) } });

/** A control by id, if it is about one of these children. */
export async function findControl(db: Db, childIds: string[], id: string) {
  return (await db.select().from(budgetControls).where(and(eq(budgetControls.id, id), sql`${budgetControls.childId} IN (SELECT value FROM json_each(${JSON.stringify(childIds)}))`)).get()) ?? null;
}

export const selectAlerts = (db: Db, childId: string, since: string) =>
  db.select().from(budgetAlerts).where(and(eq(budgetAlerts.childId, childId), gte(budgetAlerts.startsOn, since)));
export const insertAlert = (db: Db, alert: typeof budgetAlerts.$inferInsert) => db.insert(budgetAlerts).values(alert).onConflictDoNothing();

/** The control of a guardian who no longer decides about the child. */
export const retireControl = (db: Db, childId: string, guardianId: string, now: number) =>
  db.update(budgetControls).set({ active: false, updatedAt: now }).where(and(eq(budgetControls.childId, childId), eq(budgetControls.guardianId, guardianId)));

/** The same for many children at once. */
export const bumpRulesOf = (db: Db, childIds: string[]) =>
  db.insert(decisionRules).select(sql`SELECT value, 'any', 1 FROM json_each(${JSON.stringify(childIds)}) WHERE true`)
    .onConflictDoUpdate({ target: decisionRules.childId, set: { revision: sql`${decisionRules.revision} + 1` } });
