import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, instant, minor } from "./columns.ts";
import { users } from "./identity.ts";

/** One guardian's rule for one child. Limits may be null (no limit); a limit of 0 is a limit. */
export const budgetControls = sqliteTable("budget_controls", {
  id: text().primaryKey(),
  childId: text("child_id").notNull().references(() => users.id),
  guardianId: text("guardian_id").notNull().references(() => users.id),
  currency: text().notNull(),
  weeklyLimit: minor("weekly_limit"),
  monthlyLimit: minor("monthly_limit"),
  autoApproveUpTo: minor("auto_approve_up_to").notNull().default(0),
  approvalThreshold: minor("approval_threshold"),
  rollover: text({ enum: ["none", "unspent", "unspent_and_overspent"] }).notNull().default("none"),
  active: flag("active").notNull().default(true),
  createdAt: instant("created_at").notNull(),
  updatedAt: instant("updated_at").notNull(),
}, (t) => [
  uniqueIndex("budget_controls_one_per_guardian").on(t.childId, t.guardianId),
  check("budget_controls_not_negative", sql`coalesce(${t.weeklyLimit}, 0) >= 0 AND coalesce(${t.monthlyLimit}, 0) >= 0 AND ${t.autoApproveUpTo} >= 0`),
  check("budget_controls_auto_below_threshold", sql`${t.approvalThreshold} IS NULL OR ${t.autoApproveUpTo} <= ${t.approvalThreshold}`),
]);

/** What a control's limit was from a period on: rollover looks back along it. A later change in the same period replaces. */
export const budgetControlLimits = sqliteTable("budget_control_limits", {
  controlId: text("control_id").notNull().references(() => budgetControls.id),
  kind: text({ enum: ["week", "month"] }).notNull(),
  /** Local date on which the first period with this limit starts. */
  startsOn: text("starts_on").notNull(),
  limit: minor("limit"),
}, (t) => [primaryKey({ columns: [t.controlId, t.kind, t.startsOn] })]);

/** Cache of what a period holds; rebuilt from reservations and ledger by `verify-ledger`. */
export const budgetPeriods = sqliteTable("budget_periods", {
  childId: text("child_id").notNull().references(() => users.id),
  kind: text({ enum: ["week", "month"] }).notNull(),
  startsOn: text("starts_on").notNull(),
  reserved: minor("reserved").notNull().default(0),
  spent: minor("spent").notNull().default(0),
  openedAt: instant("opened_at").notNull(),
  closedAt: instant("closed_at"),
}, (t) => [
  primaryKey({ columns: [t.childId, t.kind, t.startsOn] }),
  index("budget_periods_open").on(t.startsOn).where(sql`closed_at IS NULL`),
  check("budget_periods_reserved_not_negative", sql`${t.reserved} >= 0`),
]);

/** Each threshold is announced at most once a period. */
export const budgetAlerts = sqliteTable("budget_alerts", {
  childId: text("child_id").notNull().references(() => users.id),
  kind: text({ enum: ["week", "month"] }).notNull(),
  startsOn: text("starts_on").notNull(),
  threshold: integer().notNull(),
  at: instant("at").notNull(),
}, (t) => [primaryKey({ columns: [t.childId, t.kind, t.startsOn, t.threshold] })]);

/** How a child's purchases are decided. `revision` grows with every change of a rule, so that a decision taken on old rules aborts. */
export const decisionRules = sqliteTable("decision_rules", {
  childId: text("child_id").primaryKey().references(() => users.id),
  policy: text({ enum: ["any", "primary", "all"] }).notNull().default("any"),
  revision: integer().notNull().default(1),
});
