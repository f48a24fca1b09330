import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { among } from "./bulk.ts";
import type { Db } from "./client.ts";
import { schools } from "./schema/schools.ts";
import { signingKeys } from "./schema/daily-life.ts";

export type SigningKey = typeof signingKeys.$inferSelect;

/** Breaks UNIQUE signing_keys.school_id where the school has one in use. */
export const insertSigningKey = (db: Db, key: typeof signingKeys.$inferInsert) => db.insert(signingKeys).values(key);
export const retireSigningKeys = (db: Db, schoolId: string, now: number) => db.update(signingKeys).set({ retiredAt: now }).where(and(eq(signingKeys.schoolId, schoolId), isNull(signingKeys.retiredAt)));

/** With what these schools sign now. A statement for the caller's batch. */
export const selectKeysInUse = (db: Db, schoolIds: string[]) => db.select().from(signingKeys).where(and(sql`${signingKeys.schoolId} IN ${among(schoolIds)}`, isNull(signingKeys.retiredAt)));

const told = { id: signingKeys.id, schoolId: signingKeys.schoolId, publicJwk: signingKeys.publicJwk, retiredAt: signingKeys.retiredAt };
export type PublicKey = Pick<SigningKey, keyof typeof told>;

/** All with which the school ever signed: what was signed by a retired one still holds. A statement for the caller's batch. */
export const selectPublicKeys = (db: Db, schoolId: string) => db.select(told).from(signingKeys).where(eq(signingKeys.schoolId, schoolId)).orderBy(desc(signingKeys.id)).limit(100);

/** A statement for the caller's batch. */
export const selectIssuer = (db: Db, schoolId: string) => db.select({ issuerId: sql<string>`${schools.id}`.as("issuer_id"), issuerName: sql<string>`${schools.name}`.as("issuer_name") }).from(schools).where(eq(schools.id, schoolId));
