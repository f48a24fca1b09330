import { eq } from "drizzle-orm";
import type { AppContext, Visit } from "#app/context.ts";
import type { DomainError } from "#app/domain/errors.ts";
import { newTotpSecret } from "#app/domain/identity/totp.ts";
import { loginAttempts, totpFactors, users } from "#db/schema/identity.ts";
import { jobs } from "#db/schema/operation.ts";
import { makeUser, testContext, type TestContext } from "#tests/world.ts";

export type Person = { userId: string; identifier: string };

export async function makePerson(ctx: AppContext, kind: "adult" | "child" = "adult"): Promise<Person> {
  const userId = await makeUser(ctx, kind);
  const user = (await ctx.db.select().from(users).where(eq(users.id, userId)).get())!;
  return { userId, identifier: (user.email ?? user.username)! };
}

/** An adult whom a school gave a username and who has no address. */
export async function makeUnmailed(ctx: AppContext): Promise<Person> {
  const { userId, identifier } = await makePerson(ctx);
  const username = identifier.split("@")[0]!;
  await ctx.db.update(users).set({ email: null, emailVerifiedAt: null, username }).where(eq(users.id, userId));
  return { userId, identifier: username };
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

/** What one knock costs and is answered, typing a secret that counts how often it is put through scrypt. */
export async function workAt(ctx: TestContext, knock: (typed: string) => Promise<unknown>) {
  let [hashes, digests] = [0, 0];
  const typed = Object.assign(new String("not it at all"), { normalize: () => `try ${++hashes}` }) as unknown as string;
  const jobsOf = async () => (await ctx.db.select({ id: jobs.id, kind: jobs.kind }).from(jobs)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const { digest } = ctx.vault;
  const [before, roundTrips] = [new Set((await jobsOf()).map(({ id }) => id)), ctx.meter.roundTrips];
  Object.assign(ctx.vault, { digest: (text: string) => (digests++, digest(text)) });
  const said = await knock(typed).then(() => null, ({ code, reason, fields, extra }: DomainError) => ({ code, reason, fields, extra }));
  Object.assign(ctx.vault, { digest });
  const trips = ctx.meter.roundTrips - roundTrips;
  return { said, hashes, digests, roundTrips: trips, jobs: (await jobsOf()).filter(({ id }) => !before.has(id)).map(({ kind }) => kind) };
}

export { testContext };
