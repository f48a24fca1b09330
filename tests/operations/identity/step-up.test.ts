import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { findActor } from "#app/domain/identity/find-actor.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { stepUp } from "#app/domain/identity/step-up.server.ts";
import { codeAt } from "#app/domain/identity/totp.ts";
import { requireStepUp } from "#app/domain/policy.ts";
import { sessions } from "#db/schema/identity.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { PASSWORD, PIN, testContext, type TestContext } from "#tests/world.ts";
import { giveTotp, makePerson, outcomesOf, visiting, type Person } from "./people.ts";

const arrive = async (ctx: TestContext, person: Person, kind: "browser" | "bearer", password = PASSWORD, code?: string) => {
  const { token } = await signIn(ctx, { identifier: person.identifier, password, code }, kind);
  return show(ctx, token, kind);
};
const show = async (ctx: TestContext, value: string, kind: "browser" | "bearer") => {
  const here = visiting(ctx, { token: { value, via: kind === "browser" ? "cookie" : "bearer" } });
  return { here, actor: (await findActor(here)) as Actor };
};

test("AUTH-8: a fresh sign-in is no step-up; a confirmation is, for ten minutes", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const { here, actor } = await arrive(ctx, person, "bearer");
  const now = ctx.clock.now();
  expect(() => requireStepUp(actor, now)).toThrow(expect.objectContaining({ code: "step_up_required", extra: { methods: ["password"] } }));
  expect(await stepUp(here, actor, { method: "password", password: PASSWORD })).toBeNull();
  const stepped = (await show(ctx, here.visit.token!.value, "bearer")).actor;
  requireStepUp(stepped, now + 10 * 60_000 - 1);
  expect(() => requireStepUp(stepped, now + 10 * 60_000)).toThrow();
  const audit = await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, actor.session.id));
  expect(audit.map((event) => event.action)).toEqual(["session.started", "session.stepped_up"]);
});

test("AUTH-8: a child's PIN confirms the child", async () => {
  const ctx = testContext();
  const { here, actor } = await arrive(ctx, await makePerson(ctx, "child"), "bearer", PIN);
  await stepUp(here, actor, { method: "password", password: PIN });
  requireStepUp((await show(ctx, here.visit.token!.value, "bearer")).actor, ctx.clock.now());
});

test("AUTH-8: a browser's session goes on under a new token, and the old one is worth nothing", async () => {
  const ctx = testContext();
  const { here, actor } = await arrive(ctx, await makePerson(ctx), "browser");
  const rotated = await stepUp(here, actor, { method: "password", password: PASSWORD });
  expect(rotated?.sessionId).toBe(actor.session.id);
  expect((await show(ctx, here.visit.token!.value, "browser")).actor).toBeNull();
  requireStepUp((await show(ctx, rotated!.token, "browser")).actor, ctx.clock.now());
});

test("AUTH-8: one session's step-up is not another's", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const mine = await arrive(ctx, person, "bearer");
  const other = await arrive(ctx, person, "bearer");
  await stepUp(mine.here, mine.actor, { method: "password", password: PASSWORD });
  const [row] = await ctx.db.select().from(sessions).where(eq(sessions.id, other.actor.session.id));
  expect(row?.steppedUpUntil).toBeNull();
});

test("AUTH-13: ten wrong confirmations at the same instant are judged, the rest turned away, and none opens anything", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const { here, actor } = await arrive(ctx, person, "bearer");
  const tries = await Promise.allSettled(Array.from({ length: 25 }, () => stepUp(here, actor, { method: "password", password: "not it at all" })));
  const reasons = tries.map((tried) => (tried.status === "rejected" ? (tried.reason as { reason: string }).reason : "in"));
  expect(reasons.filter((reason) => reason === "wrong_password")).toHaveLength(10);
  expect(reasons.filter((reason) => reason === "rate_limited")).toHaveLength(15);
  await expect(stepUp(here, actor, { method: "password", password: PASSWORD })).rejects.toThrow(expect.objectContaining({ code: "rate_limited" }));
  expect((await outcomesOf(ctx, person.userId)).filter((outcome) => outcome === "wrong_password")).toHaveLength(10);
});

test("AUTH-4: the code that signed in does not confirm as well; the next one does, in two round trips after the actor's", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const secret = await giveTotp(ctx, person.userId);
  const code = codeAt(secret, ctx.clock.now());
  const { here, actor } = await arrive(ctx, person, "bearer", PASSWORD, code);
  expect(actor.factors).toEqual({ totp: true, passkey: false });
  await expect(stepUp(here, actor, { method: "totp", code })).rejects.toThrow(expect.objectContaining({ reason: "wrong_code" }));
  ctx.setNow(ctx.clock.now() + 30_000);
  const before = ctx.meter.roundTrips;
  await stepUp(here, actor, { method: "totp", code: codeAt(secret, ctx.clock.now()) });
  expect(ctx.meter.roundTrips - before).toBe(2);
});

test("AUTH-8: a code confirms nobody who has not set one up", async () => {
  const ctx = testContext();
  const { here, actor } = await arrive(ctx, await makePerson(ctx), "bearer");
  await expect(stepUp(here, actor, { method: "totp", code: "123456" })).rejects.toThrow(expect.objectContaining({ code: "invalid_input" }));
});

test("AUTH-8, AUTH-9: a session that was ended meanwhile confirms nothing", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const secret = await giveTotp(ctx, person.userId);
  const { here, actor } = await arrive(ctx, person, "bearer", PASSWORD, codeAt(secret, ctx.clock.now()));
  await ctx.db.delete(sessions).where(eq(sessions.id, actor.session.id));
  ctx.setNow(ctx.clock.now() + 30_000);
  for (const proof of [{ method: "password", password: PASSWORD }, { method: "totp", code: codeAt(secret, ctx.clock.now()) }] as const)
    await expect(stepUp(here, actor, proof), proof.method).rejects.toMatchObject({ code: "unauthenticated", reason: "unauthenticated" });
  expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, actor.session.id))).map((event) => event.action)).toEqual(["session.started"]);
});
