import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { changePassword } from "#app/domain/identity/change-password.server.ts";
import { findActor } from "#app/domain/identity/find-actor.server.ts";
import { requestPasswordReset } from "#app/domain/identity/request-mail.server.ts";
import { findResetLink, resetPassword } from "#app/domain/identity/reset-password.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { HOUR } from "#app/domain/clock.ts";
import { sessions } from "#db/schema/identity.ts";
import { mailboxMessages, notifications } from "#db/schema/notifications.ts";
import { jobs } from "#db/schema/operation.ts";
import { failing, LOST } from "#tests/before-commit.ts";
import { actorOf, makeUser, PASSWORD, PIN, runJobs, testContext, type TestContext } from "#tests/world.ts";
import { giveTotp, makePerson, makeUnmailed, visiting, type Person } from "./people.ts";

const NEW = "a rather long sentence";
const mailsTo = (ctx: TestContext, recipient: string) => ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, recipient)).orderBy(mailboxMessages.id);
const linkFor = async (ctx: TestContext, { identifier }: Person) => {
  await requestPasswordReset(ctx, identifier);
  await runJobs(ctx);
  return /password-reset\/([\w-]+)/.exec((await mailsTo(ctx, identifier)).filter((mail) => mail.subject === "Choose a new password").at(-1)?.body ?? "")?.[1] ?? "";
};

test("AUTH-3: the present password changes it; other sessions end, this one goes on, and its owner is told", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const here = await signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "browser");
  await signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "bearer");
  const actor = (await findActor(visiting(ctx, { token: { value: here.token, via: "cookie" } }))) as Actor;
  await expect(changePassword(ctx, actor, { password: NEW })).rejects.toThrow(expect.objectContaining({ code: "step_up_required" }));
  await expect(changePassword(ctx, actor, { currentPassword: "not it at all", password: NEW })).rejects.toThrow(expect.objectContaining({ reason: "wrong_password" }));
  await changePassword(ctx, actor, { currentPassword: PASSWORD, password: NEW });
  expect((await ctx.db.select().from(sessions).where(eq(sessions.userId, person.userId))).map((session) => session.id)).toEqual([here.sessionId]);
  await signIn(ctx, { identifier: person.identifier, password: NEW }, "bearer");
  await expect(signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "bearer")).rejects.toThrow();
  const told = await ctx.db.select().from(notifications).where(eq(notifications.userId, person.userId));
  expect(told.map((note) => note.facts)).toEqual([{ what: "password_changed" }]);
});

test("AUTH-3: one's own name or address, and a breached password, are refused", async () => {
  const ctx = testContext();
  const actor = await actorOf(ctx, await makeUser(ctx, "adult", "Wanjiku Kamau-Njeri"), { steppedUp: true });
  for (const password of ["Wanjiku Kamau-Njeri", "wanjikukamau-njeri", actor.email!, actor.email!.split("@")[0]!]) {
    await expect(changePassword(ctx, actor, { password }), password).rejects.toThrow(expect.objectContaining({ fields: [{ path: "password", message: "password_is_name" }] }));
  }
  const leaky = { ...ctx, breachedPasswords: { includes: (password: string) => Promise.resolve(password === "password123") } };
  await expect(changePassword(leaky, actor, { password: "password123" })).rejects.toThrow(expect.objectContaining({ fields: [{ path: "password", message: "password_breached" }] }));
});

test("AUTH-3: a child's PIN is not the child's to change", async () => {
  const ctx = testContext();
  const actor = await actorOf(ctx, await makeUser(ctx, "child"), { steppedUp: true });
  await expect(changePassword(ctx, actor, { currentPassword: PIN, password: NEW })).rejects.toThrow(expect.objectContaining({ code: "forbidden" }));
});

test("AUTH-3: the mailed link renews the password once, ends every session and lifts the lock, but not the second factor", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  await giveTotp(ctx, person.userId);
  for (let i = 0; i < 11; i++) await signIn(ctx, { identifier: person.identifier, password: "not it at all" }, "bearer").catch(() => undefined);
  const token = await linkFor(ctx, person);
  expect((await findResetLink(ctx, token))?.userId).toBe(person.userId);
  await resetPassword(ctx, token, NEW);
  await expect(signIn(ctx, { identifier: person.identifier, password: NEW }, "bearer")).rejects.toThrow(expect.objectContaining({ code: "second_factor_required" }));
  await expect(resetPassword(ctx, token, "yet another sentence")).rejects.toThrow(expect.objectContaining({ fields: [{ path: "token", message: "link_lapsed" }] }));
});

test("AUTH-3: a link used twenty times at once works once; a later link ends with the first that is used", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const [token, later] = [await linkFor(ctx, person), await linkFor(ctx, person)];
  expect(later).not.toBe(token);
  const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => resetPassword(ctx, token, `${NEW} ${index}`)));
  expect(tries.filter((tried) => tried.status === "fulfilled")).toHaveLength(1);
  expect(await findResetLink(ctx, later)).toBeNull();
});

test("AUTH-3: a link lapses after an hour, and a refused password does not use it up", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const token = await linkFor(ctx, person);
  await expect(resetPassword(ctx, token, person.identifier)).rejects.toThrow();
  ctx.setNow(ctx.clock.now() + HOUR - 1);
  expect(await findResetLink(ctx, token)).not.toBeNull();
  ctx.setNow(ctx.clock.now() + 1);
  expect(await findResetLink(ctx, token)).toBeNull();
});

test("AUTH-13: asking for a link is the same work for a known and an unknown address, and no job or mail says more", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const trips = [];
  for (const email of [person.identifier, "nobody@example.test"]) {
    const before = ctx.meter.roundTrips;
    await requestPasswordReset(ctx, email);
    trips.push(ctx.meter.roundTrips - before);
  }
  expect(trips[1]).toBe(trips[0]);
  await runJobs(ctx);
  expect(await mailsTo(ctx, person.identifier)).toHaveLength(1);
  expect(await mailsTo(ctx, "nobody@example.test")).toEqual([]);
  expect((await ctx.db.select().from(jobs).where(eq(jobs.kind, "mail-password-reset"))).every((job) => job.status === "done")).toBe(true);
});

test("AUTH-13: five mails an hour to one address, of any number asked for at once", async () => {
  const ctx = testContext();
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => requestPasswordReset(ctx, "flooded@example.test")));
  expect(tries.filter((tried) => tried.status === "fulfilled")).toHaveLength(5);
});

test("AUTH-3: who has no address may not take their name for a password either", async () => {
  const ctx = testContext();
  const actor = await actorOf(ctx, (await makeUnmailed(ctx)).userId, { steppedUp: true });
  await expect(changePassword(ctx, actor, { password: actor.name.toUpperCase() })).rejects.toMatchObject({ fields: [{ path: "password", message: "password_is_name" }] });
  await changePassword(ctx, actor, { password: NEW });
});

test("AUTH-3: a database that fails does not use the link up, nor call it lapsed", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const token = await linkFor(ctx, person);
  await expect(resetPassword(failing(ctx), token, NEW)).rejects.toBe(LOST);
  await signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "bearer");
  await resetPassword(ctx, token, NEW);
  await signIn(ctx, { identifier: person.identifier, password: NEW }, "bearer");
});
