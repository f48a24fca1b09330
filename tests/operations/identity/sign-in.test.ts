import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { MINUTE } from "#app/domain/clock.ts";
import { findActor } from "#app/domain/identity/find-actor.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { codeAt } from "#app/domain/identity/totp.ts";
import { sessions, users } from "#db/schema/identity.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { PASSWORD, PIN, testContext } from "#tests/world.ts";
import { giveTotp, makePerson, outcomesOf, visiting } from "./people.ts";

const refusal = (code: string, reason?: string) => expect.objectContaining({ code, ...(reason ? { reason } : {}) });

test("AUTH-3: a password opens a session whose token is stored only as a hash, with its audit event", async () => {
  const ctx = testContext();
  const { userId, identifier } = await makePerson(ctx);
  const session = await signIn(ctx, { identifier, password: PASSWORD }, "bearer");
  const [row] = await ctx.db.select().from(sessions).where(eq(sessions.id, session.sessionId));
  expect(row).toMatchObject({ userId, kind: "bearer", steppedUpUntil: null, expiresAt: session.expiresAt });
  expect(JSON.stringify(row)).not.toContain(session.token);
  const audit = await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, session.sessionId));
  expect(audit.map((event) => [event.action, event.actorId])).toEqual([["session.started", userId]]);
  expect((await findActor(visiting(ctx, { token: { value: session.token, via: "bearer" } })))?.userId).toBe(userId);
});

test("AUTH-11: a child signs in with username and PIN", async () => {
  const ctx = testContext();
  const { userId, identifier } = await makePerson(ctx, "child");
  await signIn(ctx, { identifier, password: PIN }, "bearer");
  expect(await outcomesOf(ctx, userId)).toEqual(["success"]);
});

test("AUTH-10: every sign-in, also a refused one, is in the login history", async () => {
  const ctx = testContext();
  const { userId, identifier } = await makePerson(ctx);
  await expect(signIn(ctx, { identifier, password: "not it at all" }, "bearer")).rejects.toThrow(refusal("unauthenticated", "wrong_credentials"));
  await signIn(ctx, { identifier, password: PASSWORD }, "bearer");
  expect(await outcomesOf(ctx, userId)).toEqual(["wrong_credentials", "success"]);
});

test("AUTH-13: of forty wrong passwords at the same instant, ten are judged and thirty turned away", async () => {
  const ctx = testContext();
  const { identifier } = await makePerson(ctx);
  const tries = await Promise.allSettled(Array.from({ length: 40 }, () => signIn(ctx, { identifier, password: "not it at all" }, "bearer")));
  const codes = tries.map((tried) => (tried.status === "rejected" ? (tried.reason as { code: string }).code : "in"));
  expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(10);
  expect(codes.filter((code) => code === "rate_limited")).toHaveLength(30);
});

test("AUTH-13: a locked name stays locked for the right password too, says when to come back, and opens then", async () => {
  const ctx = testContext();
  const { identifier } = await makePerson(ctx);
  for (let i = 0; i < 10; i++) await signIn(ctx, { identifier, password: "not it at all" }, "bearer").catch(() => undefined);
  const locked = await signIn(ctx, { identifier, password: PASSWORD }, "bearer").catch((error: unknown) => error);
  expect(locked).toEqual(refusal("rate_limited"));
  const { retryAfter } = (locked as { extra: { retryAfter: number } }).extra;
  expect(retryAfter).toBeGreaterThan(15 * 60 - 1);
  ctx.setNow(ctx.clock.now() + retryAfter * 1000);
  await signIn(ctx, { identifier, password: PASSWORD }, "bearer");
});

test("AUTH-13: never more than ten failures in any fifteen minutes, however they are spread", async () => {
  const ctx = testContext();
  const { identifier } = await makePerson(ctx);
  const judgedAt: number[] = [];
  const start = ctx.clock.now();
  for (let minute = 0; minute < 60; minute += 0.5) {
    ctx.setNow(start + minute * MINUTE);
    const error = await signIn(ctx, { identifier, password: "not it at all" }, "bearer").catch((refused: { code: string }) => refused);
    if ("code" in error && error.code === "unauthenticated") judgedAt.push(ctx.clock.now());
  }
  for (const at of judgedAt) expect(judgedAt.filter((other) => other >= at && other < at + 15 * MINUTE).length).toBeLessThanOrEqual(10);
  expect(judgedAt.length).toBeGreaterThan(20);
}, 60_000);

test("AUTH-13: right passwords never lock anybody out", async () => {
  const ctx = testContext();
  const { identifier } = await makePerson(ctx);
  for (let i = 0; i < 15; i++) await signIn(ctx, { identifier, password: PASSWORD }, "bearer");
});

test("AUTH-13: an unknown account, a deactivated one and a wrong password do the same work and get the same answer", async () => {
  const ctx = testContext();
  const known = await makePerson(ctx);
  const gone = await makePerson(ctx);
  await ctx.db.update(users).set({ status: "deactivated" }).where(eq(users.id, gone.userId));
  const answers = [];
  for (const [identifier, password] of [["nobody@example.test", PASSWORD], [known.identifier, "not it at all"], [gone.identifier, PASSWORD]] as const) {
    const before = ctx.meter.roundTrips;
    const error = (await signIn(ctx, { identifier, password }, "bearer").catch((refused: unknown) => refused)) as { code: string; reason: string; fields: unknown; extra: unknown };
    answers.push({ code: error.code, reason: error.reason, fields: error.fields, extra: error.extra, trips: ctx.meter.roundTrips - before });
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({ code: "unauthenticated", trips: 2 });
});

test("AUTH-7: a bearer without the code is told so; with it, three round trips are enough", async () => {
  const ctx = testContext();
  const { userId, identifier } = await makePerson(ctx);
  const secret = await giveTotp(ctx, userId);
  await expect(signIn(ctx, { identifier, password: PASSWORD }, "bearer")).rejects.toThrow(refusal("second_factor_required"));
  const before = ctx.meter.roundTrips;
  await signIn(ctx, { identifier, password: PASSWORD, code: codeAt(secret, ctx.clock.now()) }, "bearer");
  expect(ctx.meter.roundTrips - before).toBe(3);
  expect(await outcomesOf(ctx, userId)).toEqual(["second_factor_required", "success"]);
});

test("AUTH-4: of twenty sign-ins with the same code at the same instant, one succeeds", async () => {
  const ctx = testContext();
  const { userId, identifier } = await makePerson(ctx);
  const code = codeAt(await giveTotp(ctx, userId), ctx.clock.now());
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => signIn(ctx, { identifier, password: PASSWORD, code }, "bearer")));
  expect(tries.filter((tried) => tried.status === "fulfilled")).toHaveLength(1);
});

test("AUTH-4: five wrong codes in fifteen minutes, then none is looked at", async () => {
  const ctx = testContext();
  const { userId, identifier } = await makePerson(ctx);
  const secret = await giveTotp(ctx, userId);
  const wrong = codeAt(secret, ctx.clock.now() + 20 * MINUTE);
  for (let i = 0; i < 5; i++) await expect(signIn(ctx, { identifier, password: PASSWORD, code: wrong }, "bearer")).rejects.toThrow(refusal("unauthenticated", "wrong_code"));
  await expect(signIn(ctx, { identifier, password: PASSWORD, code: codeAt(secret, ctx.clock.now()) }, "bearer")).rejects.toThrow(refusal("rate_limited"));
});

test("AUTH-4: a code is good one step early or late, and no further", async () => {
  const ctx = testContext();
  for (const [shift, good] of [[-60_000, false], [-30_000, true], [30_000, true], [60_000, false]] as const) {
    const { userId, identifier } = await makePerson(ctx);
    const secret = await giveTotp(ctx, userId);
    const tried = signIn(ctx, { identifier, password: PASSWORD, code: codeAt(secret, ctx.clock.now() + shift) }, "bearer");
    if (good) await tried;
    else await expect(tried).rejects.toThrow(refusal("unauthenticated", "wrong_code"));
  }
});

test("AUTH-9: signing in again in the same browser ends the session it had", async () => {
  const ctx = testContext();
  const { identifier } = await makePerson(ctx);
  const first = await signIn(ctx, { identifier, password: PASSWORD }, "browser");
  await signIn(visiting(ctx, { token: { value: first.token, via: "cookie" } }), { identifier, password: PASSWORD }, "browser");
  expect(await ctx.db.select().from(sessions).where(eq(sessions.id, first.sessionId))).toEqual([]);
});
