import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { forgetExpired } from "#app/domain/identity/forget-expired.server.ts";
import { offerSignIn } from "#app/domain/identity/offer-passkey.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { loginAttempts, passkeyChallenges, rateLimits, sessions } from "#db/schema/identity.ts";
import { PASSWORD, testContext } from "#tests/world.ts";
import { makePerson } from "./people.ts";

test("AUTH-13: what has lapsed is deleted, what counts still is kept; running twice changes nothing", async () => {
  const ctx = testContext();
  const { userId, identifier } = await makePerson(ctx);
  await signIn(ctx, { identifier, password: PASSWORD }, "bearer");
  await signIn(ctx, { identifier, password: "not it at all" }, "bearer").catch(() => undefined);
  await offerSignIn(ctx);
  const left = async () => ({
    sessions: (await ctx.db.select().from(sessions).where(eq(sessions.userId, userId))).length,
    challenges: (await ctx.db.select().from(passkeyChallenges)).length,
    counts: (await ctx.db.select().from(rateLimits).where(eq(rateLimits.key, `sign-in:${identifier}`))).length,
    logins: (await ctx.db.select().from(loginAttempts).where(eq(loginAttempts.userId, userId))).length,
  });
  expect(await forgetExpired(ctx)).toBe(0);
  expect(await left()).toEqual({ sessions: 1, challenges: 1, counts: 1, logins: 2 });
  ctx.setNow(ctx.clock.now() + DAY);
  await forgetExpired(ctx);
  expect(await left()).toEqual({ sessions: 1, challenges: 0, counts: 0, logins: 2 });
  ctx.setNow(ctx.clock.now() + 365 * DAY);
  expect(await forgetExpired(ctx)).toBeGreaterThanOrEqual(3);
  expect(await left()).toEqual({ sessions: 0, challenges: 0, counts: 0, logins: 0 });
  expect(await forgetExpired(ctx)).toBe(0);
});
