import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { changePassword } from "#app/domain/identity/change-password.server.ts";
import { handOver } from "#app/domain/identity/hand-over.server.ts";
import { findSetUpLink, setUpAccount } from "#app/domain/identity/set-up-account.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { commit } from "#db/client.ts";
import { passwords, sessions, users } from "#db/schema/identity.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { failing, LOST } from "#tests/before-commit.ts";
import { actorOf, api, PASSWORD, runJobs, signedIn, testContext, type TestContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";
import { giveTotp, makePerson, type Person } from "./people.ts";

const NEW = "a rather long sentence";
const give = async (ctx: TestContext, { userId, identifier }: Person, kind: "adult" | "child", way: "credential" | "link") => {
  const given = await handOver(ctx, { id: userId, kind, email: kind === "adult" ? identifier : null }, way);
  await commit(ctx.db, given.writes);
  return given.secret!;
};
const linkTo = async (ctx: TestContext, { identifier }: Person) => {
  await runJobs(ctx);
  const [mail] = (await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, identifier))).slice(-1);
  return /welcome\/([\w-]+)/.exec(mail?.body ?? "")![1]!;
};

test("AUTH-3: a one-time password lets its owner in, ends what was open, is typed in any case, and lapses after two weeks", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  await signedIn(ctx, person.userId);
  const secret = await give(ctx, person, "adult", "credential");
  expect(secret).toMatch(/^([a-z2-9]{4}-){2}[a-z2-9]{4}$/);
  expect(await ctx.db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual([]);
  expect((await ctx.db.select().from(passwords).where(eq(passwords.userId, person.userId)).get())).toMatchObject({ mustChange: true, kind: "password" });
  await expect(signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "bearer")).rejects.toThrow(expect.objectContaining({ reason: "wrong_credentials" }));
  await signIn(ctx, { identifier: person.identifier, password: ` ${secret.toUpperCase()}` }, "bearer");
  ctx.setNow(ctx.clock.now() + 14 * DAY);
  await expect(signIn(ctx, { identifier: person.identifier, password: secret }, "bearer")).rejects.toThrow(expect.objectContaining({ reason: "wrong_credentials" }));
});

test("AUTH-3: somebody else's one-time secret opens nothing", async () => {
  const ctx = testContext();
  const [one, other] = [await makePerson(ctx), await makePerson(ctx)];
  const secret = await give(ctx, one, "adult", "credential");
  await give(ctx, other, "adult", "credential");
  await expect(signIn(ctx, { identifier: other.identifier, password: secret }, "bearer")).rejects.toThrow(expect.objectContaining({ reason: "wrong_credentials" }));
});

describe("AUTH-3: who came in by a one-time secret", () => {
  test("finds every page and every call shut but the one to an own password, and then goes where they wanted", async () => {
    const ctx = testContext(Date.now());
    const person = await makePerson(ctx);
    await give(ctx, person, "adult", "credential");
    const browser = await visitor(ctx, person.userId);
    for (const path of ["/home", "/settings/security", "/inbox", "/step-up"]) {
      const answer = await browser.open(path);
      expect([answer.status, answer.headers.get("Location")], path).toEqual([302, `/settings/password-change?to=${encodeURIComponent(path)}`]);
    }
    expect((await browser.post("/settings/security", { act: "end-others" })).headers.get("Location")).toBe("/settings/password-change");
    expect((await browser.open("/sign-out")).status).toBe(200);
    const page = await (await browser.open("/settings/password-change")).text();
    expect(page).toContain("Choose your own password");
    expect(page).not.toContain("<nav");

    const token = await signedIn(ctx, person.userId);
    for (const [method, path] of [["GET", "/me"], ["GET", "/me/sessions"], ["DELETE", "/me/sessions"], ["POST", "/auth/2fa/totp/setup"]] as const) {
      const answer = await api(method, path, { token });
      expect([answer.status, ((await answer.json()) as { code: string }).code], path).toEqual([403, "password_change_required"]);
    }

    const done = await browser.post("/settings/password-change?to=%2Finbox", { password: NEW });
    expect([done.status, done.headers.get("Location")]).toEqual([303, "/inbox"]);
    expect((await browser.open("/inbox")).status).toBe(200);
    expect((await browser.open("/settings/password-change")).headers.get("Location")).toBe("/settings/security");
  });

  test("chooses by the API too, but not the same secret, nor a bad one", async () => {
    const ctx = testContext(Date.now());
    const person = await makePerson(ctx);
    const secret = await give(ctx, person, "adult", "credential");
    const token = await signedIn(ctx, person.userId);
    for (const [password, message] of [[secret, "password_is_old"], ["short", "password_too_short"], [person.identifier, "password_is_name"]] as const) {
      await expect(changePassword(ctx, await actorOf(ctx, person.userId), { password }), message).rejects.toThrow(expect.objectContaining({ fields: [{ path: "password", message }] }));
    }
    expect((await api("PUT", "/me/password", { token, body: { password: NEW } })).status).toBe(204);
    expect((await api("GET", "/me", { token })).status).toBe(200);
    // From now on it is a password like any other: proof is asked for before the next change.
    expect((await api("PUT", "/me/password", { token, body: { password: "another long sentence" } })).status).toBe(403);
  });

  test("AUTH-11: chooses a PIN if it is a child, once", async () => {
    const ctx = testContext();
    const child = await makePerson(ctx, "child");
    const pin = await give(ctx, child, "child", "credential");
    expect(pin).toMatch(/^\d{6}$/);
    await signIn(ctx, { identifier: child.identifier, password: pin }, "browser");
    for (const [password, message] of [["a rather long sentence", "pin_figures"], ["1234", "pin_guessable"], ["1212", "pin_guessable"]] as const)
      await expect(changePassword(ctx, await actorOf(ctx, child.userId), { password }), message).rejects.toThrow(expect.objectContaining({ fields: [{ path: "password", message }] }));
    await changePassword(ctx, await actorOf(ctx, child.userId), { password: "2847" });
    await signIn(ctx, { identifier: child.identifier, password: "2847" }, "browser");
    await expect(changePassword(ctx, await actorOf(ctx, child.userId, { steppedUp: true }), { password: "9174" })).rejects.toThrow(expect.objectContaining({ code: "forbidden" }));
  });
});

test("AUTH-12: a mailed link opens the account once, signs in and proves the address; the old password is gone at once", async () => {
  const ctx = testContext(Date.now());
  const person = await makePerson(ctx);
  await give(ctx, person, "adult", "link");
  await expect(signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "bearer")).rejects.toThrow(expect.objectContaining({ reason: "wrong_credentials" }));
  const token = await linkTo(ctx, person);
  await expect(setUpAccount(ctx, token, "short", "browser")).rejects.toThrow(expect.objectContaining({ fields: [{ path: "password", message: "password_too_short" }] }));
  expect((await setUpAccount(ctx, token, NEW, "browser")).kind).toBe("browser");
  expect((await actorOf(ctx, person.userId)).mustChangePassword).toBe(false);
  await expect(setUpAccount(ctx, token, NEW, "browser")).rejects.toThrow(expect.objectContaining({ fields: [{ path: "token", message: "set_up_link_lapsed" }] }));
});

test("AUTH-12: the same link at the same instant opens once, an old one not at all, and a second factor is still asked for", async () => {
  const ctx = testContext(Date.now());
  const person = await makePerson(ctx);
  await give(ctx, person, "adult", "link");
  const token = await linkTo(ctx, person);
  const both = await Promise.allSettled([setUpAccount(ctx, token, NEW, "browser"), setUpAccount(ctx, token, NEW, "browser")]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  await giveTotp(ctx, person.userId);
  await give(ctx, person, "adult", "link");
  const next = await linkTo(ctx, person);
  ctx.setNow(ctx.clock.now() + 7 * DAY);
  expect(await findSetUpLink(ctx, next)).toBeNull();
  ctx.setNow(ctx.clock.now() - 1);
  expect((await setUpAccount(ctx, next, NEW, "bearer")).kind).toBe("half");
});

test("AUTH-12: no link is made without an address, and none is mailed to who is gone by then", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  await expect(handOver(ctx, { id: person.userId, kind: "adult", email: null }, "link")).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "email", message: "email_missing" }] });
  await give(ctx, person, "adult", "link");
  await ctx.db.update(users).set({ status: "deactivated" }).where(eq(users.id, person.userId));
  await runJobs(ctx);
  expect(await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, person.identifier))).toEqual([]);
});

test("AUTH-11, AUTH-12: a child with an address opens its account by the link with a PIN; a database that fails does not use the link up", async () => {
  const ctx = testContext();
  const child = await makePerson(ctx, "child");
  const email = `${child.identifier}@example.test`;
  await ctx.db.update(users).set({ email }).where(eq(users.id, child.userId));
  await commit(ctx.db, (await handOver(ctx, { id: child.userId, kind: "child", email }, "link")).writes);
  const token = await linkTo(ctx, { ...child, identifier: email });
  await expect(setUpAccount(ctx, token, NEW, "browser")).rejects.toMatchObject({ fields: [{ path: "password", message: "pin_figures" }] });
  await expect(setUpAccount(failing(ctx), token, "2847", "browser")).rejects.toBe(LOST);
  expect((await setUpAccount(ctx, token, "2847", "browser")).kind).toBe("browser");
  expect(await ctx.db.select().from(passwords).where(eq(passwords.userId, child.userId)).get()).toMatchObject({ kind: "pin", mustChange: false });
  await signIn(ctx, { identifier: child.identifier, password: "2847" }, "bearer");
});
