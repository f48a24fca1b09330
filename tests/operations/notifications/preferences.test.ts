import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { doPreferencesAct, PreferencesForm, preferencesTyped } from "#app/domain/notifications/preference-acts.server.ts";
import { loadPreferences } from "#app/domain/notifications/preferences-page.server.ts";
import { users } from "#db/schema/identity.ts";
import { actorOf, api, makeFamily, makeUser, signedIn, testContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

const chosen = { quiet: { from: "22:00", until: "06:30" }, digest: { hour: 18, weekday: 5 }, weeklyBudget: 5 };

test("NOT-2: preferences are as at first, then as chosen, and each is one's own", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const [token, other] = [await signedIn(ctx, family.guardianId), await signedIn(ctx, family.otherGuardianId)];
  const read = async (of: string) => (await api("GET", "/notification-preferences", { token: of })).json();
  const first = { timeZone: "Africa/Nairobi", quiet: { from: "21:00", until: "07:00" }, digest: { hour: 7, weekday: null }, weeklyBudget: null, choices: [] };
  expect(await read(token)).toEqual(first);
  const choices = [{ childId: family.childId, topic: "messages", channel: "email", least: "digest" }, { childId: null, topic: "money", channel: "push", least: "urgent" }];
  expect((await api("PUT", "/notification-preferences", { token, body: { ...chosen, choices } })).status).toBe(200);
  expect(await read(token)).toMatchObject({ ...chosen, choices: expect.arrayContaining(choices) as unknown });
  await api("PUT", "/notification-preferences", { token, body: { ...chosen, quiet: null, choices: [] } });
  expect(await read(token)).toMatchObject({ quiet: null, choices: [] });
  expect(await read(other)).toEqual(first);
});

test("NOT-2: what cannot be is refused at its field, and a child that is not one's own is unknown", async () => {
  const ctx = testContext(Date.now());
  const [family, stranger] = [await makeFamily(ctx), await makeFamily(ctx)];
  const token = await signedIn(ctx, family.guardianId);
  const put = (more: object) => api("PUT", "/notification-preferences", { token, body: { ...chosen, choices: [], ...more } });
  const one = { childId: null, topic: "money", channel: "email", least: "info" };
  for (const [more, field] of [
    [{ quiet: { from: "25:00", until: "06:00" } }, "quiet.from"], [{ quiet: { from: "07:00", until: "07:00" } }, "quiet.until"], [{ quiet: { from: "07:00", until: "06:00" } }, "quiet.until"], [{ digest: { hour: 23, weekday: null } }, "digest.hour"],
    [{ digest: { hour: 24, weekday: null } }, "digest.hour"], [{ digest: { hour: 12, weekday: 8 } }, "digest.weekday"], [{ weeklyBudget: -1 }, "weeklyBudget"], [{ weeklyBudget: 1.5 }, "weeklyBudget"],
    [{ choices: [{ ...one, channel: "sms", least: "digest" }] }, "choices.0.least"], [{ choices: [one, { ...one, least: "none" }] }, "choices"], [{ choices: [{ ...one, topic: "gossip" }] }, "choices.0.topic"],
  ] as const) {
    const answer = await put(more);
    expect([answer.status, JSON.stringify(await answer.json()).includes(`"${field}"`)], field).toEqual([400, true]);
  }
  expect((await put({ choices: [{ ...one, childId: stranger.childId }] })).status).toBe(404);
});

test("NOT-2: the page works without a script, keeps what was typed, and says what was chosen", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const person = await visitor(ctx, family.guardianId);
  const typed = { "act": "save", "quiet.from": "22:00", "quiet.until": "06:00", "digest.hour": "23", "digest.weekday": "1", "weeklyBudget": "7", "all.money.email": "urgent", [`${family.childId}.lessons.email`]: "none" };
  const refused = await person.post("/settings/notifications", typed);
  expect(refused.status).toBe(400);
  const html = await refused.text();
  for (const sign of ['id="digest.hour-problem"', 'value="22:00"', 'value="7"']) expect(html).toContain(sign);
  expect((await person.post("/settings/notifications", { ...typed, "digest.hour": "8" })).headers.get("Location")).toBe("/settings/notifications?done=save");
  const page = await person.open("/settings/notifications");
  expect(page.headers.get("Server-Timing")).toContain("2 trips");
  expect(await page.text()).toMatch(/Requests and money/);
  expect(await (await api("GET", "/notification-preferences", { token: await signedIn(ctx, family.guardianId) })).json()).toMatchObject({
    quiet: { from: "22:00", until: "06:00" }, digest: { hour: 8, weekday: 1 }, weeklyBudget: 7,
    choices: expect.arrayContaining([{ childId: null, topic: "money", channel: "email", least: "urgent" }, { childId: family.childId, topic: "lessons", channel: "email", least: "none" }]) as unknown,
  });
});

test("NOT-3: a browser is added and removed by plain forms", async () => {
  const ctx = testContext(Date.now());
  const person = await visitor(ctx, await makeUser(ctx, "adult"));
  expect((await person.post("/settings/notifications", { act: "push-on", endpoint: "https://10.0.0.1/x" })).status).toBe(400);
  expect((await person.post("/settings/notifications", { act: "push-on", endpoint: "https://fcm.googleapis.com/fcm/send/abc" })).status).toBe(303);
  const html = await (await person.open("/settings/notifications?done=push-on")).text();
  const [, subscriptionId] = /name="subscriptionId" value="([^"]+)"/.exec(html)!;
  expect((await person.post("/settings/notifications", { act: "push-off", subscriptionId: subscriptionId! })).status).toBe(303);
  expect(await (await person.open("/settings/notifications")).text()).not.toContain("subscriptionId");
});

test("NOT-2: the form of preferences as it is read: quiet hours and numbers, or none, and each select by its name", () => {
  const read = (typed: Record<string, string>) => PreferencesForm.safeParse(preferencesTyped({ act: "save", "digest.hour": "8", ...typed }));
  expect(read({ "quiet.from": "22:00", "quiet.until": "06:00", "weeklyBudget": "7", "digest.weekday": "1", "all.money.email": "urgent", "user_c.lessons.email": "none" }).data).toEqual({
    act: "save", quiet: { from: "22:00", until: "06:00" }, digest: { hour: 8, weekday: 1 }, weeklyBudget: 7,
    choices: [{ childId: null, topic: "money", channel: "email", least: "urgent" }, { childId: "user_c", topic: "lessons", channel: "email", least: "none" }],
  });
  expect(read({}).data).toEqual({ act: "save", quiet: null, digest: { hour: 8, weekday: null }, weeklyBudget: null, choices: [] });
  const fields = (typed: Record<string, string>) => read(typed).error!.issues.map(({ path }) => path.join("."));
  expect([fields({ "quiet.from": "22:00" }), fields({ "quiet.until": "22:00" }), fields({ weeklyBudget: "few" }), fields({ "all.gossip.email": "none" })]).toEqual([["quiet.until"], ["quiet.from"], ["weeklyBudget"], ["choices.0.topic"]]);
  expect(PreferencesForm.parse(preferencesTyped({ act: "push-off", subscriptionId: "psub_1" }))).toEqual({ act: "push-off", subscriptionId: "psub_1" });
});

test("NOT-2, NOT-3: the form does what its page says, and a person is offered the ways by which they can be reached", async () => {
  const ctx = testContext(Date.now());
  const { guardianId, childId } = await makeFamily(ctx);
  const guardian = await actorOf(ctx, guardianId);
  const act = (typed: Record<string, string>, to = ctx) => doPreferencesAct(to, guardian, PreferencesForm.parse(preferencesTyped(typed)));
  await act({ "act": "save", "digest.hour": "8", [`${childId}.money.email`]: "none" });
  const page = await loadPreferences(ctx, guardian);
  expect(page).toMatchObject({ quiet: null, digest: { hour: 8, weekday: null }, channels: ["email", "push"] });
  expect(page.children.find(({ id }) => id === childId)!.topics.find(({ topic }) => topic === "money")!.chosen[0]).toMatchObject({ channel: "email", least: "none" });
  await act({ act: "push-on", endpoint: "https://fcm.googleapis.com/fcm/send/abc" });
  const { browsers: [browser] } = await loadPreferences(ctx, guardian);
  await act({ act: "push-off", subscriptionId: browser!.id });
  expect((await loadPreferences(ctx, guardian)).browsers).toEqual([]);
  const withoutPush = { ...ctx, push: { ...ctx.push, publicKey: null } };
  expect((await loadPreferences(withoutPush, await actorOf(ctx, childId))).channels).toEqual([]);
  await expect(act({ act: "push-on", endpoint: "https://fcm.googleapis.com/fcm/send/abc" }, withoutPush)).rejects.toMatchObject({ code: "conflict", reason: "push_not_set_up" });
  await ctx.db.update(users).set({ phone: "+254712345678" }).where(eq(users.id, guardianId));
  expect((await loadPreferences(withoutPush, guardian)).channels).toEqual(["email", "sms"]);
});
