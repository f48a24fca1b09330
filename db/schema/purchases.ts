import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, instant, minor } from "./columns.ts";
import { families } from "./families.ts";
import { users } from "./identity.ts";
import { plans, schools } from "./schools.ts";

export const purchaseRequests = sqliteTable("purchase_requests", {
  id: text().primaryKey(),
  studentId: text("student_id").notNull().references(() => users.id),
  familyId: text("family_id").notNull().references(() => families.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  planId: text("plan_id").notNull().references(() => plans.id),
  requestedBy: text("requested_by").notNull().references(() => users.id),
  /** Plan name, amount and minutes are frozen when asked. */
  planName: text("plan_name").notNull(),
  amount: minor("amount").notNull(),
  currency: text().notNull(),
  minutes: integer(),
  message: text(),
  band: text({ enum: ["automatic", "single", "policy"] }).notNull(),
  status: text({ enum: ["pending", "approved", "denied", "expired", "cancelled"] }).notNull(),
  /** Set to NULL by a write whose premises no longer hold, which aborts its whole batch. */
  revision: integer().notNull().default(1),
  createdAt: instant("created_at").notNull(),
  /** Exclusive. */
  expiresAt: instant("expires_at").notNull(),
  remindAt: instant("remind_at").notNull(),
  remindedAt: instant("reminded_at"),
  decidedAt: instant("decided_at"),
  /** The expired request that this one asks again; each is renewed at most once. */
  renewalOf: text("renewal_of").unique(),
}, (t) => [
  index("purchase_requests_by_student").on(t.studentId, t.id),
  index("purchase_requests_waiting").on(t.expiresAt).where(sql`status = 'pending'`),
  index("purchase_requests_to_remind").on(t.remindAt).where(sql`status = 'pending' AND reminded_at IS NULL`),
  index("purchase_requests_pending_by_student").on(t.studentId).where(sql`status = 'pending'`),
  check("purchase_requests_amount_positive", sql`${t.amount} > 0`),
]);

export const purchaseDecisions = sqliteTable("purchase_decisions", {
  id: text().primaryKey(),
  requestId: text("request_id").notNull().references(() => purchaseRequests.id),
  /** Null when the rule decided. */
  guardianId: text("guardian_id").references(() => users.id),
  outcome: text({ enum: ["approved", "denied"] }).notNull(),
  overLimit: flag("over_limit").notNull().default(false),
  note: text(),
  at: instant("at").notNull(),
}, (t) => [uniqueIndex("purchase_decisions_one_each").on(t.requestId, t.guardianId)]);

/**
 * Budget held for an approved request. What was used and what the limit was are read in the inserting statement itself,
 * so the two CHECKs decide races between approvals: the later one breaks them and its whole batch is undone.
 */
export const reservations = sqliteTable("reservations", {
  id: text().primaryKey(),
  requestId: text("request_id").notNull().references(() => purchaseRequests.id),
  childId: text("child_id").notNull().references(() => users.id),
  amount: minor("amount").notNull(),
  currency: text().notNull(),
  weekStartsOn: text("week_starts_on").notNull(),
  monthStartsOn: text("month_starts_on").notNull(),
  status: text({ enum: ["held", "captured", "released"] }).notNull(),
  overLimit: flag("over_limit").notNull(),
  weekLimit: minor("week_limit"),
  weekUsedBefore: minor("week_used_before").notNull(),
  monthLimit: minor("month_limit"),
  monthUsedBefore: minor("month_used_before").notNull(),
  createdAt: instant("created_at").notNull(),
  settledAt: instant("settled_at"),
}, (t) => [
  uniqueIndex("reservations_one_open").on(t.requestId).where(sql`status <> 'released'`),
  index("reservations_by_week").on(t.childId, t.weekStartsOn),
  index("reservations_by_month").on(t.childId, t.monthStartsOn),
  check("reservations_fit_week", sql`${t.overLimit} = 1 OR ${t.weekLimit} IS NULL OR ${t.weekUsedBefore} + ${t.amount} <= ${t.weekLimit}`),
  check("reservations_fit_month", sql`${t.overLimit} = 1 OR ${t.monthLimit} IS NULL OR ${t.monthUsedBefore} + ${t.amount} <= ${t.monthLimit}`),
]);
