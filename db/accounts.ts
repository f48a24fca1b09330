import { and, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { mailedSecrets, passwords, rateLimits, users } from "./schema/identity.ts";

export const insertUser = (db: Db, user: typeof users.$inferInsert) => db.insert(users).values(user);
export async function findByEmail(db: Db, email: string) {
  return (await db.select({ userId: users.id, name: users.name, locale: users.locale, kind: users.kind, status: users.status }).from(users).where(eq(users.email, email)).get()) ?? null;
}

/** Whom a PIN is for; a statement for the caller's batch. */
export const selectPinOwner = (db: Db, childId: string) =>
  db.select({ name: named(users.name, "owner_name"), username: users.username, birthDate: users.birthDate }).from(users).where(and(eq(users.id, childId), eq(users.kind, "child"), eq(users.status, "active")));

/** An active person with an address. */
export async function findMailedPerson(db: Db, userId: string) {
  const [found] = await db.select({ name: users.name, email: users.email, locale: users.locale }).from(users).where(and(eq(users.id, userId), eq(users.status, "active")));
  return found?.email ? { ...found, email: found.email } : null;
}

/** Whoever answers a mail, proves its address. */
export const verifyEmail = (db: Db, userId: string, now: number) => db.update(users).set({ emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, ${now})` }).where(eq(users.id, userId));

export const putPassword = (db: Db, userId: string, kept: Omit<typeof passwords.$inferInsert, "userId">) =>
  db.insert(passwords).values({ userId, ...kept }).onConflictDoUpdate({ target: passwords.userId, set: { mustChange: false, ...kept } });
export const deletePassword = (db: Db, userId: string) => db.delete(passwords).where(eq(passwords.userId, userId));

export const insertMailedSecret = (db: Db, secret: typeof mailedSecrets.$inferInsert) => db.insert(mailedSecrets).values(secret);

type Purpose = typeof mailedSecrets.$inferSelect.purpose;

/** A secret that was mailed, is good still, and whose it is; a statement for the caller's batch. */
export const selectMailedSecret = (db: Db, purpose: Purpose, secretHash: string, now: number) =>
  db.select({ secretId: named(mailedSecrets.id, "secret_id"), userId: mailedSecrets.userId, kind: users.kind, name: users.name, email: sql<string>`${users.email}`.as("email"), birthDate: users.birthDate })
    .from(mailedSecrets).innerJoin(users, and(eq(users.id, mailedSecrets.userId), eq(users.status, "active")))
    .where(and(eq(mailedSecrets.secretHash, secretHash), eq(mailedSecrets.purpose, purpose), isNull(mailedSecrets.usedAt), gt(mailedSecrets.expiresAt, now)))
    .orderBy(desc(mailedSecrets.id)).limit(1);

/** Uses up this secret, and with it every other of its purpose. Breaks its batch (NOT NULL mailed_secrets.secret_hash) when it was used already. */
export const spendMailedSecret = (db: Db, userId: string, secretId: string, purpose: Purpose, now: number) => [
  db.update(mailedSecrets).set({ usedAt: now, secretHash: sql`CASE WHEN ${mailedSecrets.usedAt} IS NULL THEN ${mailedSecrets.secretHash} END` })
    .where(and(eq(mailedSecrets.userId, userId), eq(mailedSecrets.id, secretId))),
  db.update(mailedSecrets).set({ usedAt: now }).where(and(eq(mailedSecrets.userId, userId), eq(mailedSecrets.purpose, purpose), isNull(mailedSecrets.usedAt))),
];

/** Links that were mailed lead nowhere from now on. */
export const endMailedSecrets = (db: Db, userId: string, now: number) => db.update(mailedSecrets).set({ usedAt: now }).where(and(eq(mailedSecrets.userId, userId), isNull(mailedSecrets.usedAt)));

export const deleteLimit = (db: Db, key: string) => db.delete(rateLimits).where(eq(rateLimits.key, key));

export const deleteOldMailedSecrets = (db: Db, before: number) => db.delete(mailedSecrets).where(lt(mailedSecrets.expiresAt, before));
