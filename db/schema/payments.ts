import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, instant, minor } from "./columns.ts";
import { families } from "./families.ts";
import { users } from "./identity.ts";
import { purchaseRequests } from "./purchases.ts";
import { schools } from "./schools.ts";

export const paymentCustomers = sqliteTable("payment_customers", {
  userId: text("user_id").notNull().references(() => users.id),
  provider: text({ enum: ["stripe"] }).notNull(),
  customerRef: text("customer_ref").notNull().unique(),
}, (t) => [primaryKey({ columns: [t.userId, t.provider] })]);

export const paymentMethods = sqliteTable("payment_methods", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  provider: text({ enum: ["stripe"] }).notNull(),
  providerRef: text("provider_ref").notNull().unique(),
  brand: text().notNull(),
  last4: text().notNull(),
  expMonth: integer("exp_month").notNull(),
  expYear: integer("exp_year").notNull(),
  isDefault: flag("is_default").notNull(),
  removedAt: instant("removed_at"),
  createdAt: instant("created_at").notNull(),
}, (t) => [uniqueIndex("payment_methods_one_default").on(t.userId).where(sql`is_default = 1 AND removed_at IS NULL`), index("payment_methods_by_user").on(t.userId)]);

export const payments = sqliteTable("payments", {
  id: text().primaryKey(),
  requestId: text("request_id").notNull().references(() => purchaseRequests.id),
  studentId: text("student_id").notNull().references(() => users.id),
  familyId: text("family_id").notNull().references(() => families.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  /** Whose card; null until somebody pays by Checkout. */
  payerId: text("payer_id").references(() => users.id),
  methodId: text("method_id").references(() => paymentMethods.id),
  provider: text({ enum: ["stripe"] }).notNull(),
  amount: minor("amount").notNull(),
  currency: text().notNull(),
  status: text({ enum: ["pending", "processing", "succeeded", "failed", "refunded"] }).notNull(),
  /** The provider's PaymentIntent; null until one exists. */
  intentRef: text("intent_ref").unique(),
  /** The open Checkout session, when there is no saved card or the bank wants the cardholder back. */
  checkoutRef: text("checkout_ref").unique(),
  checkoutUrl: text("checkout_url"),
  /** How many Checkout sessions were begun: part of the provider's idempotency key. 0: the saved card is charged. */
  checkoutAttempt: integer("checkout_attempt").notNull().default(0),
  failureCode: text("failure_code"),
  revision: integer().notNull().default(1),
  createdAt: instant("created_at").notNull(),
  updatedAt: instant("updated_at").notNull(),
  /** When the reconciling sweep asks the provider next; null when nothing is awaited. */
  checkAt: instant("check_at"),
}, (t) => [
  /* Never two open for one purchase, and never paid twice. */
  uniqueIndex("payments_one_open").on(t.requestId).where(sql`status <> 'failed'`),
  index("payments_by_request").on(t.requestId),
  index("payments_by_student").on(t.studentId, t.id),
  index("payments_by_school").on(t.schoolId, t.id),
  index("payments_to_check").on(t.checkAt).where(sql`check_at IS NOT NULL`),
  check("payments_amount_positive", sql`${t.amount} > 0`),
]);

/** What was given back before is read in the inserting statement itself, so the CHECK decides races: no more goes back than came in. */
export const refunds = sqliteTable("refunds", {
  id: text().primaryKey(),
  paymentId: text("payment_id").notNull().references(() => payments.id),
  amount: minor("amount").notNull(),
  currency: text().notNull(),
  status: text({ enum: ["pending", "succeeded", "failed"] }).notNull(),
  providerRef: text("provider_ref").unique(),
  failureCode: text("failure_code"),
  reason: text().notNull(),
  requestedBy: text("requested_by").notNull().references(() => users.id),
  paid: minor("paid").notNull(),
  refundedBefore: minor("refunded_before").notNull(),
  revision: integer().notNull().default(1),
  /** The family's budget periods in which it happened; null until it has. */
  weekStartsOn: text("week_starts_on"),
  monthStartsOn: text("month_starts_on"),
  createdAt: instant("created_at").notNull(),
  settledAt: instant("settled_at"),
}, (t) => [
  uniqueIndex("refunds_one_pending").on(t.paymentId).where(sql`status = 'pending'`),
  index("refunds_by_payment").on(t.paymentId),
  check("refunds_amount_positive", sql`${t.amount} > 0`),
  check("refunds_within_payment", sql`${t.refundedBefore} + ${t.amount} <= ${t.paid}`),
]);

/** A webhook as received: a hint, kept once per provider event. */
export const providerEvents = sqliteTable("provider_events", {
  provider: text({ enum: ["stripe"] }).notNull(),
  eventId: text("event_id").notNull(),
  type: text().notNull(),
  about: text({ enum: ["charge", "checkout", "setup", "refund"] }).notNull(),
  objectRef: text("object_ref"),
  receivedAt: instant("received_at").notNull(),
}, (t) => [primaryKey({ columns: [t.provider, t.eventId] })]);

/**
 * The ledger: one row moves an amount from one account to another, so nothing in it can be out of balance. Append-only by trigger.
 * Debit the receiver, credit the giver. Accounts are `provider:stripe`, `school:{id}`, `student:{id}`; `unit` is a currency or `minutes` of lesson time.
 */
export const ledgerEntries = sqliteTable("ledger_entries", {
  id: text().primaryKey(),
  debit: text().notNull(),
  credit: text().notNull(),
  /** Minor units of the currency, or minutes. */
  amount: minor("amount").notNull(),
  unit: text().notNull(),
  kind: text({ enum: ["payment", "purchase", "hours", "refund_of_payment", "refund_of_purchase", "refund_of_hours", "lesson", "make_up"] }).notNull(),
  /** Null where no money moved: a lesson takes hours, a make-up gives them back. */
  paymentId: text("payment_id").references(() => payments.id),
  /** The payment, refund or lesson that caused it; an entry of a kind exists once per cause, however often the cause is told. */
  causeId: text("cause_id").notNull(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  studentId: text("student_id").notNull().references(() => users.id),
  at: instant("at").notNull(),
}, (t) => [
  uniqueIndex("ledger_entries_once").on(t.causeId, t.kind),
  index("ledger_entries_by_student").on(t.studentId, t.id),
  index("ledger_entries_by_school").on(t.schoolId, t.id),
  index("ledger_entries_by_payment").on(t.paymentId),
  index("ledger_entries_of_hours").on(t.studentId, t.schoolId, t.debit, t.amount).where(sql`unit = 'minutes'`),
  check("ledger_entries_have_payment", sql`${t.kind} IN ('lesson', 'make_up') OR ${t.paymentId} IS NOT NULL`),
  check("ledger_entries_amount_positive", sql`${t.amount} > 0`),
  check("ledger_entries_two_accounts", sql`${t.debit} <> ${t.credit}`),
]);

/** Cache, kept by a trigger on `ledger_entries`: what the account received less what it gave. */
export const ledgerBalances = sqliteTable("ledger_balances", {
  account: text().notNull(),
  unit: text().notNull(),
  balance: minor("balance").notNull(),
}, (t) => [primaryKey({ columns: [t.account, t.unit] })]);
