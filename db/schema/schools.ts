import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, instant, minor } from "./columns.ts";
import { users } from "./identity.ts";

export const schools = sqliteTable("schools", {
  id: text().primaryKey(),
  name: text().notNull(),
  currency: text().notNull(),
  timeZone: text("time_zone").notNull(),
  createdAt: instant("created_at").notNull(),
});

export const memberships = sqliteTable("memberships", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  schoolId: text("school_id").notNull().references(() => schools.id),
  role: text({ enum: ["school_owner", "school_admin", "teacher", "tutor", "school_staff", "student", "parent"] }).notNull(),
  active: flag("active").notNull().default(true),
  createdAt: instant("created_at").notNull(),
}, (t) => [uniqueIndex("memberships_one_per_role").on(t.userId, t.schoolId, t.role), index("memberships_by_school").on(t.schoolId, t.role)]);

/** What a school sells: an hours package, a subscription, or a single item. */
export const plans = sqliteTable("plans", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  name: text().notNull(),
  description: text().notNull().default(""),
  kind: text({ enum: ["hours", "subscription", "one_off"] }).notNull(),
  price: minor("price").notNull(),
  currency: text().notNull(),
  /** Lesson time in the package; hours packages only. */
  minutes: integer(),
  active: flag("active").notNull().default(true),
  createdAt: instant("created_at").notNull(),
}, (t) => [
  index("plans_by_school").on(t.schoolId, t.active),
  check("plans_price_positive", sql`${t.price} > 0`),
  check("plans_hours_have_minutes", sql`(${t.kind} = 'hours') = (${t.minutes} IS NOT NULL)`),
]);
