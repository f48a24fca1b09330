import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Rights } from "#app/domain/actor.ts";
import { flag, instant, json } from "./columns.ts";
import { users } from "./identity.ts";

export const families = sqliteTable("families", {
  id: text().primaryKey(),
  name: text().notNull(),
  address: text(),
  /** ISO 4217; one currency per family. */
  currency: text().notNull(),
  timeZone: text("time_zone").notNull(),
  preferredProgrammes: json<string[]>("preferred_programmes").notNull(),
  status: text({ enum: ["active", "inactive"] }).notNull().default("active"),
  /** How long a purchase request waits for a decision. */
  decisionWindowHours: integer("decision_window_hours").notNull().default(72),
  createdAt: instant("created_at").notNull(),
  deletedAt: instant("deleted_at"),
});

/** The one place where people and families meet; both directions are read from it. Being here is no right. */
export const familyMembers = sqliteTable("family_members", {
  familyId: text("family_id").notNull().references(() => families.id),
  userId: text("user_id").notNull().references(() => users.id),
  role: text({ enum: ["guardian", "student"] }).notNull(),
  joinedAt: instant("joined_at").notNull(),
}, (t) => [primaryKey({ columns: [t.familyId, t.userId] }), index("family_members_by_user").on(t.userId, t.joinedAt)]);

export const guardianships = sqliteTable("guardianships", {
  id: text().primaryKey(),
  guardianId: text("guardian_id").notNull().references(() => users.id),
  childId: text("child_id").notNull().references(() => users.id),
  relationship: text({ enum: ["parent", "guardian", "stepparent", "grandparent", "other"] }).notNull(),
  canApprovePurchases: flag("can_approve_purchases").notNull(),
  canScheduleLessons: flag("can_schedule_lessons").notNull(),
  canViewProgress: flag("can_view_progress").notNull(),
  canTalkWithTeachers: flag("can_talk_with_teachers").notNull(),
  contactPriority: integer("contact_priority").notNull().default(1),
  isPrimary: flag("is_primary").notNull().default(false),
  startsAt: instant("starts_at").notNull(),
  /** Exclusive. */
  endsAt: instant("ends_at"),
  /** Somebody without rights who may fetch the child, or is called when something happens; null: one with rights of their own choosing. */
  contactAs: text("contact_as", { enum: ["pick_up", "emergency"] }),
  /** Who lent these rights for a time; null: not a delegation. */
  delegatedBy: text("delegated_by").references(() => users.id),
  active: flag("active").notNull().default(true),
  createdAt: instant("created_at").notNull(),
}, (t) => [
  uniqueIndex("guardianships_one_per_pair").on(t.guardianId, t.childId).where(sql`active = 1`),
  uniqueIndex("guardianships_one_primary").on(t.childId).where(sql`active = 1 AND is_primary = 1`),
  index("guardianships_by_child").on(t.childId),
  index("guardianships_by_lender").on(t.delegatedBy, t.childId).where(sql`delegated_by IS NOT NULL`),
  check("guardianships_other_person", sql`${t.guardianId} <> ${t.childId}`),
]);

export const familyInvitations = sqliteTable("family_invitations", {
  id: text().primaryKey(),
  familyId: text("family_id").notNull().references(() => families.id),
  invitedBy: text("invited_by").notNull().references(() => users.id),
  /** Empty: whoever holds the pairing code. */
  name: text().notNull(),
  /** Null: not mailed, but told or shown as a pairing code. */
  email: text(),
  relationship: text({ enum: ["parent", "guardian", "stepparent", "grandparent", "other"] }).notNull(),
  /** Children whose guardian the invited becomes, as far as the inviter is their primary guardian then. */
  childIds: json<string[]>("child_ids").notNull(),
  rights: json<Rights>("rights").notNull(),
  contactAs: text("contact_as", { enum: ["pick_up", "emergency"] }),
  /** Not for a parent who lives elsewhere: they become guardian and see nothing of this family. */
  joinsFamily: flag("joins_family").notNull().default(true),
  /** The inviter's own rights lent for a time, not given; both null: given for good. The end is exclusive. */
  lentFrom: instant("lent_from"),
  lentUntil: instant("lent_until"),
  codeHash: text("code_hash").notNull().unique(),
  /** Set to NULL by an answer that comes too late, which aborts its batch. */
  status: text({ enum: ["pending", "accepted", "declined", "cancelled", "expired"] }).notNull().default("pending"),
  /** Exclusive. */
  expiresAt: instant("expires_at").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [
  index("family_invitations_by_inviter").on(t.invitedBy, t.id),
  uniqueIndex("family_invitations_one_pending").on(t.familyId, t.email).where(sql`status = 'pending'`),
]);

/** People without an account: whom to call, who may pick a child up. */
export const familyContacts = sqliteTable("family_contacts", {
  id: text().primaryKey(),
  familyId: text("family_id").notNull().references(() => families.id),
  /** Null: for all children of the family whose guardian the reader is. */
  childId: text("child_id").references(() => users.id),
  name: text().notNull(),
  relationship: text().notNull(),
  phone: text().notNull(),
  isEmergency: flag("is_emergency").notNull(),
  mayPickUp: flag("may_pick_up").notNull(),
  note: text(),
  addedBy: text("added_by").notNull().references(() => users.id),
  createdAt: instant("created_at").notNull(),
  removedAt: instant("removed_at"),
}, (t) => [index("family_contacts_by_family").on(t.familyId), index("family_contacts_by_child").on(t.childId)]);

/** Somebody kept away from a child's data, address and timetable, whatever else they may. */
export const restrictions = sqliteTable("restrictions", {
  id: text().primaryKey(),
  childId: text("child_id").notNull().references(() => users.id),
  personId: text("person_id").notNull().references(() => users.id),
  /** The school whose administration set it. */
  schoolId: text("school_id").notNull(),
  reason: text().notNull(),
  setBy: text("set_by").notNull().references(() => users.id),
  startsAt: instant("starts_at").notNull(),
  /** Exclusive. */
  endsAt: instant("ends_at"),
  liftedBy: text("lifted_by").references(() => users.id),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("restrictions_by_child").on(t.childId), index("restrictions_by_person").on(t.personId), uniqueIndex("restrictions_one_open").on(t.childId, t.personId, t.schoolId).where(sql`ends_at IS NULL`)]);

/** A restricted party tried to look; coalesced per hour. */
export const restrictedAttempts = sqliteTable("restricted_attempts", {
  childId: text("child_id").notNull().references(() => users.id),
  personId: text("person_id").notNull().references(() => users.id),
  hourStartsAt: instant("hour_starts_at").notNull(),
  count: integer().notNull(),
  lastPath: text("last_path").notNull(),
  lastAt: instant("last_at").notNull(),
  address: text(),
}, (t) => [primaryKey({ columns: [t.childId, t.personId, t.hourStartsAt] })]);
