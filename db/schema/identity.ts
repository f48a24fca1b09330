import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, instant, json } from "./columns.ts";

export const users = sqliteTable("users", {
  id: text().primaryKey(),
  kind: text({ enum: ["adult", "child"] }).notNull(),
  name: text().notNull(),
  /** Lower case. Children have none by default. */
  email: text().unique(),
  emailVerifiedAt: instant("email_verified_at"),
  /** Lower case. */
  username: text().unique(),
  locale: text().notNull().default("en"),
  timeZone: text("time_zone").notNull().default("Africa/Nairobi"),
  /** `+254…`, E.164. */
  phone: text(),
  birthDate: text("birth_date"),
  /** The picture's key among the files; null: initials are drawn. */
  avatarKey: text("avatar_key"),
  /** A child's level in the curriculum: `pp1`, `pp2`, `grade-1` … `grade-12`. */
  level: text(),
  status: text({ enum: ["active", "deactivated", "erased"] }).notNull().default("active"),
  /** The school that made the account and, while nobody else has a part in the person, answers for it; null: they or a guardian made it. */
  homeSchoolId: text("home_school_id"),
  createdAt: instant("created_at").notNull(),
}, (t) => [check("users_can_be_named", sql`${t.email} IS NOT NULL OR ${t.username} IS NOT NULL OR ${t.status} = 'erased'`), index("users_by_phone").on(t.phone)]);

/** A password or, for a child, a PIN: scrypt, in the form `scrypt$N$r$p$salt$key`. */
export const passwords = sqliteTable("passwords", {
  userId: text("user_id").primaryKey().references(() => users.id),
  kind: text({ enum: ["password", "pin"] }).notNull(),
  hash: text().notNull(),
  /** Given by somebody else: the person must choose their own before anything else. */
  mustChange: flag("must_change").notNull().default(false),
  changedAt: instant("changed_at").notNull(),
});

export const sessions = sqliteTable("sessions", {
  id: text().primaryKey(),
  /** SHA-256 of the reference token; the token itself is nowhere stored. */
  tokenHash: text("token_hash").notNull().unique(),
  userId: text("user_id").notNull().references(() => users.id),
  /** `half`: the password was right, the second factor is still awaited. `personal`: a token for programs, with a name and scopes. */
  kind: text({ enum: ["browser", "bearer", "half", "personal"] }).notNull(),
  /** Of a personal token. */
  name: text(),
  /** What a personal token may do; null: all that its owner may. */
  scopes: json<string[] | null>("scopes"),
  /** Whose eyes this session looks through at the moment, read-only. */
  viewAsId: text("view_as_id").references(() => users.id),
  /** Exclusive. */
  viewAsUntil: instant("view_as_until"),
  steppedUpUntil: instant("stepped_up_until"),
  createdAt: instant("created_at").notNull(),
  lastSeenAt: instant("last_seen_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  address: text(),
  userAgent: text("user_agent"),
}, (t) => [index("sessions_by_user").on(t.userId), index("sessions_by_expiry").on(t.expiresAt)]);

export const passkeys = sqliteTable("passkeys", {
  /** The credential id, base64url. */
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  name: text().notNull(),
  publicKey: text("public_key").notNull(),
  counter: integer().notNull(),
  transports: json<string[]>("transports").notNull(),
  deviceType: text("device_type").notNull(),
  backedUp: flag("backed_up").notNull(),
  createdAt: instant("created_at").notNull(),
  lastUsedAt: instant("last_used_at"),
}, (t) => [index("passkeys_by_user").on(t.userId)]);

/** A WebAuthn challenge: stored, used once, deleted before it is trusted. */
export const passkeyChallenges = sqliteTable("passkey_challenges", {
  id: text().primaryKey(),
  purpose: text({ enum: ["register", "sign_in", "step_up"] }).notNull(),
  userId: text("user_id").references(() => users.id),
  challenge: text().notNull(),
  expiresAt: instant("expires_at").notNull(),
});

export const totpFactors = sqliteTable("totp_factors", {
  userId: text("user_id").primaryKey().references(() => users.id),
  /** Sealed with the server's key (AES-GCM), so that a copy of the database alone signs nobody in. */
  sealedSecret: text("sealed_secret").notNull(),
  enabledAt: instant("enabled_at"),
  /** The last accepted time step: a code works once. */
  lastStep: integer("last_step").notNull().default(0),
});

export const backupCodes = sqliteTable("backup_codes", {
  userId: text("user_id").notNull().references(() => users.id),
  codeHash: text("code_hash").notNull(),
  usedAt: instant("used_at"),
  createdAt: instant("created_at").notNull(),
}, (t) => [primaryKey({ columns: [t.userId, t.codeHash] })]);

/**
 * Somebody who wants to be a user and has not shown yet that the address is theirs. Each attempt is a row of its own, so that nobody's
 * code confirms a password that somebody else chose.
 */
export const signUps = sqliteTable("sign_ups", {
  id: text().primaryKey(),
  email: text().notNull(),
  name: text().notNull(),
  passwordHash: text("password_hash").notNull(),
  timeZone: text("time_zone").notNull(),
  /** Null for who joins a family by invitation. */
  family: json<{ name: string; currency: string } | null>("family"),
  /** Null until the code is mailed. */
  codeHash: text("code_hash"),
  expiresAt: instant("expires_at").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("sign_ups_by_expiry").on(t.expiresAt)]);

/** Links that were mailed. Single use, short-lived. */
export const mailedSecrets = sqliteTable("mailed_secrets", {
  id: text().primaryKey(),
  purpose: text({ enum: ["reset_password", "set_up_account", "recover_account"] }).notNull(),
  userId: text("user_id").notNull().references(() => users.id),
  secretHash: text("secret_hash").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("mailed_secrets_by_user").on(t.userId, t.purpose), index("mailed_secrets_by_hash").on(t.secretHash)]);

export const loginAttempts = sqliteTable("login_attempts", {
  id: text().primaryKey(),
  /** Null when nobody by that name exists. */
  userId: text("user_id").references(() => users.id),
  method: text({ enum: ["password", "pin", "passkey", "totp", "backup_code", "email_code", "sms_code", "class_code", "mailed_link"] }).notNull(),
  /** `success`, or why not: `wrong_password`, `wrong_code`, `second_factor_required`, `rate_limited`, … */
  outcome: text().notNull(),
  address: text(),
  userAgent: text("user_agent"),
  at: instant("at").notNull(),
}, (t) => [index("login_attempts_by_user").on(t.userId, t.id), index("login_attempts_by_time").on(t.at)]);

/** One row per key and window: an upsert that returns the count is exact under parallel calls. */
export const rateLimits = sqliteTable("rate_limits", {
  key: text().notNull(),
  windowStartsAt: instant("window_starts_at").notNull(),
  count: integer().notNull(),
  expiresAt: instant("expires_at").notNull(),
}, (t) => [primaryKey({ columns: [t.key, t.windowStartsAt] }), index("rate_limits_by_expiry").on(t.expiresAt)]);


/** A second factor by message. The address is verified by the first code. */
export const codeFactors = sqliteTable("code_factors", {
  userId: text("user_id").notNull().references(() => users.id),
  channel: text({ enum: ["sms", "email"] }).notNull(),
  address: text().notNull(),
  verifiedAt: instant("verified_at"),
  createdAt: instant("created_at").notNull(),
}, (t) => [primaryKey({ columns: [t.userId, t.channel] })]);

/** A code that was sent: single use, short-lived, the newest counts. */
export const sentCodes = sqliteTable("sent_codes", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  channel: text({ enum: ["sms", "email"] }).notNull(),
  purpose: text({ enum: ["set_up", "sign_in"] }).notNull(),
  codeHash: text("code_hash").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("sent_codes_by_user").on(t.userId, t.id), index("sent_codes_by_expiry").on(t.expiresAt)]);

/** Getting back in with another guardian's word and a waiting time. */
export const recoveries = sqliteTable("recoveries", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  /** SHA-256 of the secret that the person who asked holds. */
  secretHash: text("secret_hash").notNull().unique(),
  status: text({ enum: ["waiting", "vouched", "done", "cancelled", "expired"] }).notNull().default("waiting"),
  voucherId: text("voucher_id").references(() => users.id),
  vouchedAt: instant("vouched_at"),
  /** From when on a new password may be set; null until somebody vouches. */
  readyAt: instant("ready_at"),
  expiresAt: instant("expires_at").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [uniqueIndex("recoveries_one_open").on(t.userId).where(sql`status IN ('waiting', 'vouched')`), index("recoveries_by_voucher").on(t.voucherId)]);

/** What a person says of themselves beside the name. */
export const userProfiles = sqliteTable("user_profiles", {
  userId: text("user_id").primaryKey().references(() => users.id),
  contactMethod: text("contact_method", { enum: ["email", "sms", "phone"] }).notNull().default("email"),
  emergencyName: text("emergency_name"),
  emergencyPhone: text("emergency_phone"),
  billingAddress: text("billing_address"),
  /** Least severity that reaches each channel unless a preference says otherwise. */
  notificationDefaults: json<Record<string, string>>("notification_defaults").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

/** A new address that has not shown yet that it is the person's: the newest counts, the old one stays until then. */
export const emailChanges = sqliteTable("email_changes", {
  userId: text("user_id").primaryKey().references(() => users.id),
  email: text().notNull(),
  /** Null until the code is mailed. */
  codeHash: text("code_hash"),
  expiresAt: instant("expires_at").notNull(),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("email_changes_by_expiry").on(t.expiresAt)]);
