import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Rights } from "#app/domain/actor.ts";
import type { Db } from "./client.ts";
import { keptAway } from "./restrictions.ts";
import { decisionRules } from "./schema/budgets.ts";
import { guardianships } from "./schema/families.ts";

/**
 * Rights lent for a time. Aborts its batch (NOT NULL guardianships.relationship) unless the lender holds each of them now, as their own and
 * at least as long, and the borrower is not kept away from the child.
 */
export const insertLent = (db: Db, { relationship, ...lent }: typeof guardianships.$inferInsert & { delegatedBy: string; endsAt: number }, now: number) =>
  db.insert(guardianships).values({
    ...lent,
    relationship: sql`CASE WHEN NOT ${keptAway(lent.guardianId, lent.childId, now)} AND EXISTS (SELECT 1 FROM guardianships g WHERE g.guardian_id = ${lent.delegatedBy} AND g.child_id = ${lent.childId}
      AND g.active = 1 AND g.delegated_by IS NULL AND g.starts_at <= ${now} AND (g.ends_at IS NULL OR ${lent.endsAt} <= g.ends_at) AND NOT ${keptAway(sql`g.guardian_id`, sql`g.child_id`, now)}
      AND g.can_approve_purchases >= ${lent.canApprovePurchases} AND g.can_schedule_lessons >= ${lent.canScheduleLessons} AND g.can_view_progress >= ${lent.canViewProgress} AND g.can_talk_with_teachers >= ${lent.canTalkWithTeachers})
      THEN ${relationship} END`,
  });

const lentBy = (lenderId: string, childId: string) => and(eq(guardianships.delegatedBy, lenderId), eq(guardianships.childId, childId), eq(guardianships.active, true));

/** What the person lent to others of their rights over the child ends when theirs do. */
export const endLent = (db: Db, lenderId: string, childId: string, at: number, now: number) =>
  db.update(guardianships).set({ endsAt: at, active: at > now }).where(and(lentBy(lenderId, childId), or(isNull(guardianships.endsAt), gt(guardianships.endsAt, at))));

/** All that the person lent ends: their account stops. Decisions that rest on it are taken anew. */
export const endAllLent = (db: Db, lenderId: string, now: number) => [
  db.insert(decisionRules).select(sql`SELECT DISTINCT child_id, 'any', 1 FROM guardianships WHERE delegated_by = ${lenderId} AND active = 1`)
    .onConflictDoUpdate({ target: decisionRules.childId, set: { revision: sql`${decisionRules.revision} + 1` } }),
  db.update(guardianships).set({ endsAt: now, active: false }).where(and(eq(guardianships.delegatedBy, lenderId), eq(guardianships.active, true))),
];

/** What the lender no longer holds is no longer lent. */
export const narrowLent = (db: Db, lenderId: string, childId: string, left: Rights) =>
  db.update(guardianships).set({
    canApprovePurchases: sql`min(can_approve_purchases, ${left.canApprovePurchases})`, canScheduleLessons: sql`min(can_schedule_lessons, ${left.canScheduleLessons})`,
    canViewProgress: sql`min(can_view_progress, ${left.canViewProgress})`, canTalkWithTeachers: sql`min(can_talk_with_teachers, ${left.canTalkWithTeachers})`,
  }).where(lentBy(lenderId, childId));
