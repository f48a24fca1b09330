import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, sql, type Column, type SQL } from "drizzle-orm";
import type { Db, Write } from "./client.ts";
import type { ChildRef } from "./decisions.ts";
import { knownAs } from "./former-accounts.ts";
import { kept } from "./kept.ts";
import { budgetPeriods } from "./schema/budgets.ts";
import { users } from "./schema/identity.ts";
import { payments } from "./schema/payments.ts";
import { purchaseDecisions, purchaseRequests, reservations } from "./schema/purchases.ts";
import { memberships, plans } from "./schema/schools.ts";

export type PurchaseRequest = typeof purchaseRequests.$inferSelect;
type NewPurchaseRequest = typeof purchaseRequests.$inferInsert;

/** The scope of every look-up here: children whose purchases the caller may know of. For kept selects. */
const among = (childIds: string[]) => sql`${purchaseRequests.studentId} IN ${knownAs(childIds)}`;

export const selectRequest = kept((db, childIds: string[], requestId: string) => db.select().from(purchaseRequests).where(and(eq(purchaseRequests.id, requestId), among(childIds))));

/** The child of a request in scope, for `selectDecisionFacts`. */
export const childOfRequest = (childIds: string[], requestId: string): ChildRef => ({ requestId, among: childIds });

export const selectDecisions = kept((db, requestId: string) => decisionsWhere(db, eq(purchaseDecisions.requestId, requestId)));
const decisionsWhere = (db: Db, where: SQL) =>
  db.select({ decision: purchaseDecisions, guardianName: users.name }).from(purchaseDecisions).leftJoin(users, eq(users.id, purchaseDecisions.guardianId))
    .where(where).orderBy(asc(purchaseDecisions.at), asc(purchaseDecisions.id));

/** Payments of a request, the newest first: one that failed may be followed by another. */
export const selectPaymentsOf = kept((db, requestId: string) => paymentsWhere(db, eq(payments.requestId, requestId)));
const paymentsWhere = (db: Db, where: SQL) => db.select().from(payments).where(where).orderBy(desc(payments.id));

export const selectReservation = kept((db, requestId: string) =>
  db.select().from(reservations).where(eq(reservations.requestId, requestId)).orderBy(desc(reservations.id)).limit(1));

/** Who asked. */
export const selectAsker = kept((db, requestId: string) => db.select({ id: users.id, name: users.name }).from(users).where(sql`${users.id} = (SELECT requested_by FROM purchase_requests WHERE id = ${requestId})`));

/** Plans sold to this student: active, of a school where they are an active student. */
const soldTo = (db: Db, studentId: string, where: SQL | undefined) =>
  db.select({ plan: plans }).from(plans)
    .innerJoin(memberships, and(eq(memberships.schoolId, plans.schoolId), eq(memberships.userId, studentId), eq(memberships.role, "student"), eq(memberships.active, true)))
    .where(and(eq(plans.active, true), where)).orderBy(asc(plans.price), asc(plans.id));
export const selectPlanFor = kept((db, studentId: string, planId: string) => soldTo(db, studentId, eq(plans.id, planId)));
export const selectPlansFor = kept((db, studentId: string) => soldTo(db, studentId, undefined));

/** A request for that plan that still waits. */
export const selectWaitingFor = (db: Db, studentId: string, planId: string, now: number) =>
  db.select({ id: purchaseRequests.id }).from(purchaseRequests)
    .where(and(eq(purchaseRequests.studentId, studentId), eq(purchaseRequests.planId, planId), eq(purchaseRequests.status, "pending"), gt(purchaseRequests.expiresAt, now))).limit(1);

export type RequestFilter = { status?: PurchaseRequest["status"]; before?: string };

/** `expired` and `pending` go by the clock, not by the sweep. */
function byStatus(status: RequestFilter["status"], now: number) {
  if (status === "pending") return and(eq(purchaseRequests.status, "pending"), gt(purchaseRequests.expiresAt, now));
  if (status === "expired") return sql`(${purchaseRequests.status} = 'expired' OR (${purchaseRequests.status} = 'pending' AND ${purchaseRequests.expiresAt} <= ${now}))`;
  return status && eq(purchaseRequests.status, status);
}

/** A page of requests, and what belongs to it in the same batch: the ids are found anew by a sub-select. One SQL for each way to filter. */
function drawListing({ status, before: paged }: RequestFilter) {
  const wanted = (childIds: string[], before: string, now: number) => and(among(childIds), paged ? lt(purchaseRequests.id, before) : undefined, byStatus(status, now));
  const ids = (db: Db, childIds: string[], before: string, now: number, limit: number) =>
    db.select({ id: purchaseRequests.id }).from(purchaseRequests).where(wanted(childIds, before, now)).orderBy(desc(purchaseRequests.id)).limit(limit);
  return {
    requests: kept((db, childIds: string[], before: string, now: number, limit: number) =>
      db.select({ request: purchaseRequests, childName: users.name }).from(purchaseRequests).innerJoin(users, eq(users.id, purchaseRequests.studentId))
        .where(wanted(childIds, before, now)).orderBy(desc(purchaseRequests.id)).limit(limit)),
    decisions: kept((db, childIds: string[], before: string, now: number, limit: number) => decisionsWhere(db, inArray(purchaseDecisions.requestId, ids(db, childIds, before, now, limit)))),
    payments: kept((db, childIds: string[], before: string, now: number, limit: number) => paymentsWhere(db, inArray(payments.requestId, ids(db, childIds, before, now, limit)))),
  };
}

const listings = new Map<string, ReturnType<typeof drawListing>>();
function listing(filter: RequestFilter) {
  const key = `${filter.status ?? "any"} ${filter.before ? "paged" : ""}`;
  let found = listings.get(key);
  if (!found) listings.set(key, (found = drawListing(filter)));
  return found;
}

/** Requests of these children, newest first. */
export const selectRequests = (db: Db, childIds: string[], filter: RequestFilter, now: number, limit: number) => listing(filter).requests(db, childIds, filter.before ?? "", now, limit);
export const selectDecisionsOfPage = (db: Db, childIds: string[], filter: RequestFilter, now: number, limit: number) => listing(filter).decisions(db, childIds, filter.before ?? "", now, limit);
export const selectPaymentsOfPage = (db: Db, childIds: string[], filter: RequestFilter, now: number, limit: number) => listing(filter).payments(db, childIds, filter.before ?? "", now, limit);

/** Whether a child's rules are still those that were read. */
const revisionIs = (childId: string | Column, revision: number) => sql`coalesce((SELECT revision FROM decision_rules WHERE child_id = ${childId}), 0) = ${revision}`;

/** A new request. `rulesRevision`: the write aborts (NOT NULL purchase_requests.revision) if the child's rules are others by then. */
export const insertRequest = (db: Db, request: Omit<NewPurchaseRequest, "revision">, rulesRevision: number) =>
  db.insert(purchaseRequests).values({ ...request, revision: sql`CASE WHEN ${revisionIs(request.studentId, rulesRevision)} THEN 1 END` });

/**
 * Moves a pending request on. Aborts its batch (NOT NULL purchase_requests.revision) when the request was decided, changed or has
 * expired meanwhile, or when the child's rules are others than those it was decided by.
 */
export const moveRequest = (db: Db, seen: { id: string; revision: number; rulesRevision: number | null; now: number }, change: { status: PurchaseRequest["status"]; decidedAt?: number }) =>
  db.update(purchaseRequests).set({
    ...change,
    revision: sql`CASE WHEN status = 'pending' AND revision = ${seen.revision} AND ${seen.now} < expires_at
      ${seen.rulesRevision === null ? sql`` : sql`AND ${revisionIs(purchaseRequests.studentId, seen.rulesRevision)}`} THEN revision + 1 END`,
  }).where(eq(purchaseRequests.id, seen.id));

export const insertDecision = (db: Db, decision: typeof purchaseDecisions.$inferInsert) => db.insert(purchaseDecisions).values(decision);

type NewReservation = {
  id: string; requestId: string; childId: string; amount: number; currency: string; overLimit: boolean; now: number;
  /** Of the child's rules that the limits were read from. */
  rulesRevision: number;
  week: { startsOn: string; limit: number | null }; month: { startsOn: string; limit: number | null };
};

/**
 * Holds an amount in the current week and month. What they hold by then is read in the statement itself: if the amount no longer fits,
 * the batch aborts (CHECK reservations_fit_week or reservations_fit_month), and so it does if the limits are others by then (NOT NULL
 * reservations.week_used_before).
 */
export function insertReservation(db: Db, held: NewReservation): Write[] {
  const usedIn = (kind: string, startsOn: string) => sql`coalesce((SELECT reserved + spent FROM budget_periods WHERE child_id = ${held.childId} AND kind = ${kind} AND starts_on = ${startsOn}), 0)`;
  const byTheSameRules = (amount: SQL) => sql`CASE WHEN ${revisionIs(held.childId, held.rulesRevision)} THEN ${amount} END`;
  const hold = (kind: "week" | "month", startsOn: string) =>
    db.insert(budgetPeriods).values({ childId: held.childId, kind, startsOn, reserved: held.amount, openedAt: held.now })
      .onConflictDoUpdate({ target: [budgetPeriods.childId, budgetPeriods.kind, budgetPeriods.startsOn], set: { reserved: sql`${budgetPeriods.reserved} + ${held.amount}` } });
  return [
    db.insert(reservations).values({
      id: held.id, requestId: held.requestId, childId: held.childId, amount: held.amount, currency: held.currency, overLimit: held.overLimit, status: "held", createdAt: held.now,
      weekStartsOn: held.week.startsOn, weekLimit: held.week.limit, weekUsedBefore: byTheSameRules(usedIn("week", held.week.startsOn)),
      monthStartsOn: held.month.startsOn, monthLimit: held.month.limit, monthUsedBefore: usedIn("month", held.month.startsOn),
    }),
    hold("week", held.week.startsOn),
    hold("month", held.month.startsOn),
  ];
}

export const selectExpired = (db: Db, now: number, limit: number) =>
  db.select({ request: purchaseRequests, childName: users.name }).from(purchaseRequests).innerJoin(users, eq(users.id, purchaseRequests.studentId))
    .where(and(eq(purchaseRequests.status, "pending"), lte(purchaseRequests.expiresAt, now))).orderBy(asc(purchaseRequests.expiresAt)).limit(limit);

/** Closes an expired request once; nothing happens if it was settled meanwhile. */
export const expireRequest = (db: Db, id: string, now: number) =>
  db.update(purchaseRequests).set({ status: "expired", revision: sql`CASE WHEN status = 'pending' AND expires_at <= ${now} THEN revision + 1 END` }).where(eq(purchaseRequests.id, id));

export const selectToRemind = (db: Db, now: number, limit: number) =>
  db.select({ request: purchaseRequests, childName: users.name }).from(purchaseRequests).innerJoin(users, eq(users.id, purchaseRequests.studentId))
    .where(and(eq(purchaseRequests.status, "pending"), isNull(purchaseRequests.remindedAt), lte(purchaseRequests.remindAt, now), gt(purchaseRequests.expiresAt, now)))
    .orderBy(asc(purchaseRequests.remindAt)).limit(limit);

export const markReminded = (db: Db, ids: string[], now: number) => db.update(purchaseRequests).set({ remindedAt: now }).where(and(inArray(purchaseRequests.id, ids), isNull(purchaseRequests.remindedAt)));
