import { and, eq, gt, lt } from "drizzle-orm";
import type { Db } from "./client.ts";
import { signUps } from "./schema/identity.ts";

export const insertSignUp = (db: Db, signUp: typeof signUps.$inferInsert) => db.insert(signUps).values(signUp);

export const selectSignUp = (db: Db, id: string, now: number) => db.select().from(signUps).where(and(eq(signUps.id, id), gt(signUps.expiresAt, now)));
type SignUp = Awaited<ReturnType<typeof selectSignUp>>[number];
export async function findSignUp(db: Db, id: string, now: number): Promise<SignUp | null> {
  return (await selectSignUp(db, id, now))[0] ?? null;
}

export const setSignUpCode = (db: Db, id: string, codeHash: string) => db.update(signUps).set({ codeHash }).where(eq(signUps.id, id));
export const deleteSignUp = (db: Db, id: string) => db.delete(signUps).where(eq(signUps.id, id));
export const deleteExpiredSignUps = (db: Db, now: number) => db.delete(signUps).where(lt(signUps.expiresAt, now));
