import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY, HOUR } from "#app/domain/clock.ts";
import { endOtherSessions } from "#app/domain/identity/end-session.server.ts";
import { listTokens, makeToken, revokeToken } from "#app/domain/identity/personal-tokens.server.ts";
import { listSessions } from "#app/domain/identity/security-page.server.ts";
import { sessions } from "#db/schema/identity.ts";
import { notifications } from "#db/schema/notifications.ts";
import { actorOf, api, makeFamily, makeUser, PASSWORD, send, signedIn, testContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

const READ = { name: "Calendar", scopes: ["read" as const], expiresInDays: 30 };

test("AUTH-14: a token is shown once, kept as a digest, made after a step-up, and its owner is told", async () => {
  const ctx = testContext();
  const userId = await makeUser(ctx, "adult");
  await expect(makeToken(ctx, await actorOf(ctx, userId), READ)).rejects.toThrow(expect.objectContaining({ code: "step_up_required" }));
  const made = await makeToken(ctx, await actorOf(ctx, userId, { steppedUp: true }), READ);
  expect(JSON.stringify(await ctx.db.select().from(sessions).where(eq(sessions.userId, userId)))).not.toContain(made.token);
  const actor = await actorOf(ctx, userId);
  expect(await listTokens(ctx, actor)).toEqual([{ id: made.id, name: "Calendar", scopes: ["read"], createdAt: ctx.clock.now(), expiresAt: ctx.clock.now() + 30 * DAY, lastUsedAt: null }]);
  expect((await ctx.db.select().from(notifications).where(eq(notifications.userId, userId))).map((note) => note.facts)).toEqual([{ what: "token_made" }]);
  await expect(makeToken(ctx, await actorOf(ctx, await makeUser(ctx, "child"), { steppedUp: true }), READ)).rejects.toThrow(expect.objectContaining({ code: "forbidden" }));
});

test("AUTH-14: a token is no device: it is not among the sessions, and outlives their end", async () => {
  const ctx = testContext();
  const userId = await makeUser(ctx, "adult");
  const actor = await actorOf(ctx, userId, { steppedUp: true });
  const made = await makeToken(ctx, actor, READ);
  await endOtherSessions(ctx, actor);
  expect((await listSessions(ctx, actor)).map((session) => session.id)).toEqual([actor.session.id]);
  expect((await listTokens(ctx, actor)).map((token) => token.id)).toEqual([made.id]);
});

test("AUTH-14: it ends when it is revoked, and by itself; somebody else's is unknown", async () => {
  const ctx = testContext(Date.now());
  const userId = await makeUser(ctx, "adult");
  const actor = await actorOf(ctx, userId, { steppedUp: true });
  const made = await makeToken(ctx, actor, READ);
  expect((await api("GET", "/me", { token: made.token })).status).toBe(200);
  await expect(revokeToken(ctx, await actorOf(ctx, await makeUser(ctx, "adult")), made.id)).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
  await expect(revokeToken(ctx, actor, actor.session.id)).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
  await revokeToken(ctx, actor, made.id);
  expect((await api("GET", "/me", { token: made.token })).status).toBe(401);
  const past = { ...ctx, clock: { now: () => Date.now() - 30 * DAY } };
  const old = await makeToken(past, { ...actor, session: { ...actor.session, steppedUpUntil: Date.now() } }, READ);
  expect((await api("GET", "/me", { token: old.token })).status).toBe(401);
  for (const bad of [{ ...READ, expiresInDays: 366 }, { ...READ, expiresInDays: 0 }, { ...READ, scopes: [] }, { ...READ, scopes: ["everything"] }, { ...READ, name: " " }])
    expect((await api("POST", "/me/tokens", { token: await signedIn(ctx, userId, { steppedUp: true }), body: bad })).status, JSON.stringify(bad)).toBe(400);
});

test("AUTH-14: it does what its scopes say, steps up nothing, opens no page, and is no cookie", async () => {
  const ctx = testContext(Date.now());
  const { guardianId, childId, familyId } = await makeFamily(ctx);
  const actor = await actorOf(ctx, guardianId, { steppedUp: true });
  const { token: reads } = await makeToken(ctx, actor, READ);
  const { token: all } = await makeToken(ctx, actor, { ...READ, scopes: ["read", "family", "purchases", "school"] });
  expect((await api("GET", `/children/${childId}`, { token: reads })).status).toBe(200);
  const refused = await api("PATCH", `/families/${familyId}`, { token: reads, body: { name: "Renamed" } });
  expect([refused.status, await refused.json()]).toEqual([403, expect.objectContaining({ code: "forbidden", scope: "family" })]);
  expect((await api("PATCH", `/families/${familyId}`, { token: all, body: { name: "Renamed" } })).status).toBe(200);
  for (const [method, path, body] of [["POST", "/auth/step-up", { method: "password", password: PASSWORD }], ["GET", "/me/tokens", undefined], ["PUT", "/me/password", { currentPassword: PASSWORD, password: "a rather long sentence" }], ["GET", "/auth/2fa/status", undefined]] as const)
    expect((await api(method, path, { token: all, ...(body ? { body } : {}) })).status, path).toBe(403);
  for (const headers of [{ Authorization: `Bearer ${all}` }, { Cookie: `kinboard=${all}` }] as Record<string, string>[]) expect((await send("GET", "/home", { headers })).headers.get("Location")).toBe("/sign-in?to=%2Fhome");
  expect((await send("GET", "/api/v1/me", { headers: { Cookie: `kinboard=${all}` } })).status).toBe(401);
});

test("AUTH-14: when it was last used is kept to the hour", async () => {
  const ctx = testContext(Date.now() - 2 * HOUR);
  const userId = await makeUser(ctx, "adult");
  const made = await makeToken(ctx, await actorOf(ctx, userId, { steppedUp: true }), READ);
  await api("GET", "/me", { token: made.token });
  expect((await listTokens(ctx, await actorOf(ctx, userId)))[0]!.lastUsedAt).toBeGreaterThan(Date.now() - HOUR);
});

test("AUTH-14: by pages without scripts: made, shown once, listed, ended", async () => {
  const ctx = testContext(Date.now());
  const browser = await visitor(ctx, await makeUser(ctx, "adult"), { steppedUp: true });
  const wrong = await browser.post("/settings/security/tokens", { act: "make", name: "Calendar", expiresInDays: "30" });
  expect([wrong.status, (await wrong.text()).includes('value="Calendar"')]).toEqual([400, true]);
  const page = await (await browser.post("/settings/security/tokens", { act: "make", name: "Calendar", read: "yes", expiresInDays: "30" })).text();
  const token = /<code>([\w-]{40,})<\/code>/.exec(page)![1]!;
  expect((await api("GET", "/me", { token })).status).toBe(200);
  const list = await (await browser.open("/settings/security/tokens")).text();
  expect([list.includes(token), list.includes("See what you see")]).toEqual([false, true]);
  const tokenId = /name="tokenId" value="([^"]+)"/.exec(list)![1]!;
  expect((await browser.post("/settings/security/tokens", { act: "revoke", tokenId })).headers.get("Location")).toBe("/settings/security/tokens?revoked");
  expect((await api("GET", "/me", { token })).status).toBe(401);
});

test("AUTH-14: nobody has more than twenty; one that is ended makes room", async () => {
  const ctx = testContext();
  const userId = await makeUser(ctx, "adult");
  const actor = await actorOf(ctx, userId, { steppedUp: true });
  const made = [];
  for (let n = 0; n < 20; n++) made.push(await makeToken(ctx, actor, READ));
  await expect(makeToken(ctx, actor, READ)).rejects.toMatchObject({ code: "conflict", reason: "too_many_tokens" });
  await revokeToken(ctx, actor, made[7]!.id);
  await makeToken(ctx, actor, READ);
  expect(await listTokens(ctx, actor)).toHaveLength(20);
});
