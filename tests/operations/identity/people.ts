import { eq } from "drizzle-orm";
import type { AppContext, Visit } from "#app/context.ts";
import { newTotpSecret } from "#app/domain/identity/totp.ts";
import { loginAttempts, totpFactors, users } from "#db/schema/identity.ts";
import { makeUser, testContext, type TestContext } from "#tests/world.ts";

export type Person = { userId: string; identifier: string };

export async function makePerson(ctx: AppContext, kind: "adult" | "child" = "adult"): Promise<Person> {
  const userId = await makeUser(ctx, kind);
  const user = (await ctx.db.select().from(users).where(eq(users.id, userId)).get())!;
  return { userId, identifier: (user.email ?? user.username)! };
}

/** Gives a person a second factor, as if set up long ago. Answers its secret. */
export async function giveTotp(ctx: AppContext, userId: string): Promise<string> {
  const secret = newTotpSecret(ctx.ids.secret());
  await ctx.db.insert(totpFactors).values({ userId, sealedSecret: await ctx.vault.seal(secret), enabledAt: ctx.clock.now() });
  return secret;
}

export const outcomesOf = async (ctx: AppContext, userId: string) =>
  (await ctx.db.select().from(loginAttempts).where(eq(loginAttempts.userId, userId)).orderBy(loginAttempts.id)).map((attempt) => attempt.outcome);

/** The same world seen from another request. */
export const visiting = (ctx: TestContext, visit: Partial<Visit>): TestContext => ({ ...ctx, visit: { ...ctx.visit, ...visit } });

export { testContext };
