import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { DataType, Recipient } from "#app/domain/consent/rules.ts";
import { flag, instant } from "./columns.ts";
import { users } from "./identity.ts";

/** One cell of a child's matrix. No row: the cell's default. */
export const consents = sqliteTable("consents", {
  childId: text("child_id").notNull().references(() => users.id),
  dataType: text("data_type").$type<DataType>().notNull(),
  recipient: text().$type<Recipient>().notNull(),
  granted: flag("granted").notNull(),
  /** Exclusive; after it a grant is none. */
  until: instant("until"),
  reason: text(),
  setBy: text("set_by").references(() => users.id),
  setAt: instant("set_at").notNull(),
}, (t) => [primaryKey({ columns: [t.childId, t.dataType, t.recipient] }), index("consents_to_expire").on(t.until).where(sql`granted = 1 AND until IS NOT NULL`)]);

/** A grant that needs a second guardian and waits for one. */
export const consentProposals = sqliteTable("consent_proposals", {
  id: text().primaryKey(),
  childId: text("child_id").notNull().references(() => users.id),
  dataType: text("data_type").$type<DataType>().notNull(),
  recipient: text().$type<Recipient>().notNull(),
  until: instant("until"),
  reason: text(),
  proposedBy: text("proposed_by").notNull().references(() => users.id),
  status: text({ enum: ["pending", "agreed", "declined", "withdrawn", "expired"] }).notNull().default("pending"),
  answeredBy: text("answered_by").references(() => users.id),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
}, (t) => [uniqueIndex("consent_proposals_one_open").on(t.childId, t.dataType, t.recipient).where(sql`status = 'pending'`), index("consent_proposals_by_child").on(t.childId, t.id)]);

/** Who looked at what of a child: one row per viewer, child, kind of data and hour, written after the answer. */
export const accessLog = sqliteTable("access_log", {
  childId: text("child_id").notNull().references(() => users.id),
  viewerId: text("viewer_id").notNull().references(() => users.id),
  dataType: text("data_type").$type<DataType>().notNull(),
  hourStartsAt: instant("hour_starts_at").notNull(),
  /** In which capacity: `guardian`, `teacher`, `tutor`, `school_administration`, `view_as`. */
  capacity: text().notNull(),
  schoolId: text("school_id"),
  count: integer().notNull(),
  lastAt: instant("last_at").notNull(),
}, (t) => [primaryKey({ columns: [t.childId, t.viewerId, t.dataType, t.hourStartsAt, t.capacity] }), index("access_log_by_child").on(t.childId, t.lastAt), index("access_log_by_viewer").on(t.viewerId)]);
