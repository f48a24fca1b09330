import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { codeFactors, emailChanges, mailedSecrets, sentCodes, users } from "#db/schema/identity.ts";
import { deliveries, mailboxMessages, notifications } from "#db/schema/notifications.ts";
import { auditEvents, jobs } from "#db/schema/operation.ts";
import { changeProfile } from "#app/domain/identity/change-profile.server.ts";
import { confirmEmail } from "#app/domain/identity/confirm-email.server.ts";
import { doProfileAct, ProfileForm, profileTyped } from "#app/domain/identity/profile-acts.server.ts";
import { notify } from "#app/domain/notifications/notify.server.ts";
import { commit } from "#db/client.ts";
import { failing, LOST } from "#tests/before-commit.ts";
import { visitor } from "#tests/visit.ts";
import { actorOf, api, join, makeFamily, makeOwner, makeStaff, makeTeacher, makeTutor, makeUser, runJobs, signedIn, testContext, unique, type TestContext } from "#tests/world.ts";
import { makeUnmailed } from "./people.ts";

const WHOLE = {
  phone: "0712 345 678", locale: "en-KE", timeZone: "Africa/Kampala", contactMethod: "sms", billingAddress: "P.O. Box 1, Nairobi",
  emergencyContact: { name: "Aunt Asha", phone: "+44 20 7946 0958" }, notificationDefaults: { email: "urgent" },
};
const KEPT = { ...WHOLE, phone: "+254712345678", emergencyContact: { name: "Aunt Asha", phone: "+442079460958" } };
const emailOf = async (ctx: TestContext, userId: string) => (await ctx.db.select().from(users).where(eq(users.id, userId)))[0]!.email!;
const mailsTo = (ctx: TestContext, recipient: string) => ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, recipient));
const acts = async (ctx: TestContext, userId: string) => (await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, userId)).orderBy(auditEvents.id)).map((event) => event.action);

async function one(more: { steppedUp?: boolean } = { steppedUp: true }) {
  const ctx = testContext(Date.now());
  const userId = await makeUser(ctx, "adult");
  return { ctx, userId, email: await emailOf(ctx, userId), token: await signedIn(ctx, userId, more) };
}
async function codeIn(ctx: TestContext, recipient: string): Promise<string> {
  ctx.setNow(Date.now());
  await runJobs(ctx);
  return /^\d{6}$/m.exec((await mailsTo(ctx, recipient)).at(-1)!.body)![0];
}

test("FAM-12: a profile persists for every role", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const { schoolId } = family;
  const parent = await makeUser(ctx, "adult");
  await join(ctx, parent, schoolId, "parent");
  for (const userId of [family.guardianId, family.adminId, parent, await makeOwner(ctx, schoolId), await makeTeacher(ctx, schoolId), await makeTutor(ctx, schoolId), await makeStaff(ctx, schoolId)]) {
    const token = await signedIn(ctx, userId);
    expect((await api("PATCH", "/me/profile", { token, body: { ...WHOLE, name: "Achieng' Otieno" } })).status).toBe(200);
    expect(await (await api("GET", "/me/profile", { token })).json()).toMatchObject({ ...KEPT, name: "Achieng' Otieno", pendingEmail: null });
  }
  const token = await signedIn(ctx, family.childId);
  expect((await api("PATCH", "/me/profile", { token, body: { locale: "en-US", timeZone: "Europe/London" } })).status).toBe(200);
  expect(await (await api("GET", "/me/profile", { token })).json()).toMatchObject({ locale: "en-US", timeZone: "Europe/London", email: null });
});

test("FAM-12: what is not said stays, null takes it away, and saying it again writes nothing", async () => {
  const { ctx, userId, token } = await one();
  await api("PATCH", "/me/profile", { token, body: WHOLE });
  await api("PATCH", "/me/profile", { token, body: { phone: null, emergencyContact: null } });
  expect(await (await api("GET", "/me/profile", { token })).json()).toMatchObject({ ...KEPT, phone: null, emergencyContact: null });
  const before = await acts(ctx, userId);
  await api("PATCH", "/me/profile", { token, body: { ...WHOLE, phone: null, emergencyContact: null } });
  expect(await acts(ctx, userId)).toEqual(before);
  expect(before).toEqual(["profile.changed", "profile.changed"]);
});

test("FAM-12: a child does not rename itself, nor say how to reach it", async () => {
  const ctx = testContext(Date.now());
  const { childId } = await makeFamily(ctx);
  const token = await signedIn(ctx, childId, { steppedUp: true });
  for (const body of [{ name: "Batman" }, { email: "bat@example.test" }, { phone: "0712345678" }, { locale: "en-KE", billingAddress: "Cave" }]) expect((await api("PATCH", "/me/profile", { token, body })).status, JSON.stringify(body)).toBe(403);
  const page = await visitor(ctx, childId);
  const html = await (await page.open("/settings/profile")).text();
  expect(html).not.toContain('name="name"');
  expect(html).toContain('name="picture"');
  expect((await page.post("/settings/profile", { act: "save", locale: "en-KE", timeZone: "Africa/Nairobi" })).headers.get("Location")).toBe("/settings/profile?done=save");
});

test.each([
  [{ phone: "0812345678" }, "phone"], [{ timeZone: "Mars/Olympus" }, "timeZone"], [{ timeZone: "+03:00" }, "timeZone"], [{ locale: "xx" }, "locale"], [{ name: " " }, "name"], [{ name: "http://spam.example" }, "name"], [{ email: "nobody" }, "email"],
  [{ emergencyContact: { name: "Asha", phone: "12" } }, "emergencyContact.phone"], [{ notificationDefaults: { email: "loud" } }, "notificationDefaults.email"], [{ contactMethod: "owl" }, "contactMethod"],
])("FAM-12: %j is refused at its field", async (body, path) => {
  const { token } = await one();
  const answer = await api("PATCH", "/me/profile", { token, body });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { errors: { path: string }[] }).errors.map((error) => error.path)).toEqual([path]);
});

test("FAM-12: a new address counts once its code is typed; the old one is told, and links mailed there lead nowhere", async () => {
  const { ctx, userId, email, token } = await one();
  const wanted = `${unique("new")}@example.test`;
  await ctx.db.insert(mailedSecrets).values({ id: unique("msec"), purpose: "reset_password", userId, secretHash: unique("hash"), expiresAt: Date.now() + 3_600_000, createdAt: Date.now() });
  const asked = await api("PATCH", "/me/profile", { token, body: { email: wanted.toUpperCase() } });
  expect(await asked.json()).toMatchObject({ email, pendingEmail: wanted });
  const code = await codeIn(ctx, wanted);
  expect((await api("POST", "/me/profile/email", { token, body: { code: code === "000000" ? "000001" : "000000" } })).status).toBe(400);
  expect(await emailOf(ctx, userId)).toBe(email);
  expect(await (await api("POST", "/me/profile/email", { token, body: { code } })).json()).toMatchObject({ email: wanted, pendingEmail: null });
  expect((await api("POST", "/me/profile/email", { token, body: { code } })).status).toBe(400);
  ctx.setNow(Date.now());
  await runJobs(ctx);
  expect((await mailsTo(ctx, email)).map((mail) => mail.subject)).toEqual(["This address no longer signs in"]);
  expect(await ctx.db.select().from(notifications).where(eq(notifications.userId, userId))).toMatchObject([{ type: "security.changed", facts: { what: "email_changed" } }]);
  expect((await ctx.db.select().from(mailedSecrets).where(eq(mailedSecrets.userId, userId)))[0]!.usedAt).not.toBeNull();
  expect(await acts(ctx, userId)).toEqual(["profile.email_change_asked", "security.email_changed"]);
  expect(JSON.stringify(await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, userId)))).not.toContain(wanted);
});

test("AUTH-5, FAM-12: codes that went to the account's address go to the new one, and those under way there are good no more; an address named for codes alone stays", async () => {
  const { ctx, userId, email, token } = await one();
  const other = await one();
  const own = `${unique("codes")}@example.test`;
  await ctx.db.insert(codeFactors).values([{ userId, channel: "email", address: email, verifiedAt: 1, createdAt: 1 }, { userId: other.userId, channel: "email", address: own, verifiedAt: 1, createdAt: 1 }]);
  await ctx.db.insert(sentCodes).values({ id: unique("code"), userId, channel: "email", purpose: "sign_in", codeHash: "x", expiresAt: Date.now() + 600_000, createdAt: Date.now() });
  const addressAfter = async (of: { token: string; userId: string }) => {
    const wanted = `${unique("new")}@example.test`;
    await api("PATCH", "/me/profile", { token: of.token, body: { email: wanted } });
    await api("POST", "/me/profile/email", { token: of.token, body: { code: await codeIn(ctx, wanted) } });
    const [factor] = await ctx.db.select().from(codeFactors).where(eq(codeFactors.userId, of.userId));
    return { wanted, address: factor!.address };
  };
  const [mine, theirs] = [await addressAfter({ token, userId }), await addressAfter(other)];
  expect([mine.address, theirs.address]).toEqual([mine.wanted, own]);
  expect((await ctx.db.select().from(sentCodes).where(eq(sentCodes.userId, userId))).map((code) => code.usedAt !== null)).toEqual([true]);
});

test("FAM-12: an address that somebody has: the same answer, news only to its owner, and no change", async () => {
  const { ctx, userId, email, token } = await one();
  const other = await emailOf(ctx, await makeUser(ctx, "adult"));
  const answer = await api("PATCH", "/me/profile", { token, body: { email: other } });
  expect([answer.status, ((await answer.json()) as { pendingEmail: string }).pendingEmail]).toEqual([200, other]);
  ctx.setNow(Date.now());
  await runJobs(ctx);
  expect((await mailsTo(ctx, other)).map((mail) => mail.subject)).toEqual(["Your address is in use already"]);
  expect((await api("POST", "/me/profile/email", { token, body: { code: "000000" } })).status).toBe(400);
  expect(await emailOf(ctx, userId)).toBe(email);
});

test("FAM-12: without a step-up no address begins to change; the newest wish counts; guesses are limited; it can be given up", async () => {
  const { ctx, userId, token } = await one();
  const plain = await signedIn(ctx, userId);
  const [first, second] = [`${unique("first")}@example.test`, `${unique("second")}@example.test`];
  expect((await api("PATCH", "/me/profile", { token: plain, body: { email: first } })).status).toBe(403);
  await api("PATCH", "/me/profile", { token, body: { email: first } });
  const old = await codeIn(ctx, first);
  await api("PATCH", "/me/profile", { token, body: { email: second } });
  const code = await codeIn(ctx, second);
  if (old !== code) expect((await api("POST", "/me/profile/email", { token, body: { code: old } })).status).toBe(400);
  const guesses = await Promise.all(Array.from({ length: 8 }, (_, at) => api("POST", "/me/profile/email", { token, body: { code: `x${at}` } })));
  expect(guesses.filter((answer) => answer.status === 429).length).toBeGreaterThanOrEqual(4);
  expect((await api("POST", "/me/profile/email", { token, body: { code } })).status).toBe(429);
  expect((await api("DELETE", "/me/profile/email", { token })).status).toBe(204);
  expect(await ctx.db.select().from(emailChanges).where(eq(emailChanges.userId, userId))).toEqual([]);
});

test("FAM-12: of two who take one address at the same instant, one has it", async () => {
  const wanted = `${unique("both")}@example.test`;
  const people = [await one(), await one()];
  for (const { token } of people) await api("PATCH", "/me/profile", { token, body: { email: wanted } });
  const { ctx } = people[0]!;
  ctx.setNow(Date.now());
  await runJobs(ctx);
  const codes = (await mailsTo(ctx, wanted)).map((mail) => /^\d{6}$/m.exec(mail.body)![0]);
  const tried = await Promise.all(people.flatMap(({ token }) => codes.map((code) => api("POST", "/me/profile/email", { token, body: { code } }))));
  expect(tried.filter((answer) => answer.status === 200)).toHaveLength(1);
  expect(await ctx.db.select().from(users).where(eq(users.email, wanted))).toHaveLength(1);
});

test("FAM-12, NOT-2: mail below one's threshold stays in the inbox; what concerns the account goes out in any case", async () => {
  const { ctx, userId, email, token } = await one();
  await api("PATCH", "/me/profile", { token, body: { notificationDefaults: { email: "urgent" } } });
  const tell = (news: Parameters<typeof notify>[2]) => commit(ctx.db, notify(ctx, [userId], news).writes);
  ctx.setNow(Date.now());
  await tell({ type: "family.invited", facts: { family: "Otieno", by: "Achieng" }, path: "/family", cause: unique("cause"), severity: "attention" });
  await tell({ type: "security.changed", facts: { what: "passkey_added" }, path: "/settings/security", cause: unique("cause"), severity: "attention" });
  await runJobs(ctx);
  expect(await ctx.db.select().from(notifications).where(eq(notifications.userId, userId))).toHaveLength(2);
  expect(await ctx.db.select().from(deliveries).where(and(eq(deliveries.userId, userId), eq(deliveries.channel, "email")))).toHaveLength(1);
  expect((await mailsTo(ctx, email)).map((mail) => mail.subject)).toEqual(["A passkey was added to your account"]);
});

test("FAM-12, EDGE-1: the page keeps what was typed, asks for a step-up for another address, and confirms it", async () => {
  const ctx = testContext(Date.now());
  const userId = await makeUser(ctx, "adult");
  const email = await emailOf(ctx, userId);
  const typed = { "act": "save", "name": "Achieng", email, "locale": "en", "timeZone": "Africa/Nairobi", "contactMethod": "phone", "phone": "12", "emergencyContact.name": "Asha", "notificationDefaults.email": "none" };
  const person = await visitor(ctx, userId);
  const refused = await person.post("/settings/profile", typed);
  expect(refused.status).toBe(400);
  const html = await refused.text();
  for (const sign of ['id="phone-problem"', 'id="emergencyContact.phone-problem"', 'value="12"', 'value="Asha"']) expect(html).toContain(sign);
  const right = { ...typed, "phone": "0712345678", "emergencyContact.phone": "0112345678" };
  expect((await person.post("/settings/profile", right)).headers.get("Location")).toBe("/settings/profile?done=save");
  expect((await person.post("/settings/profile", { ...right, email: `${unique("new")}@example.test` })).status).toBe(403);
  const proven = await visitor(ctx, userId, { steppedUp: true });
  const wanted = `${unique("new")}@example.test`;
  await proven.post("/settings/profile", { ...right, email: wanted });
  const page = await proven.open("/settings/profile");
  expect(page.headers.get("Server-Timing")).toContain("2 trips");
  expect(await page.text()).toContain(wanted);
  expect((await proven.post("/settings/profile", { act: "confirm-email", code: await codeIn(ctx, wanted) })).headers.get("Location")).toBe("/settings/profile?done=confirm-email");
  expect(await emailOf(ctx, userId)).toBe(wanted);
});

test("FAM-12: who had no address gets one, and nobody is told goodbye", async () => {
  const ctx = testContext();
  const { userId } = await makeUnmailed(ctx);
  const wanted = `${unique("first")}@example.test`;
  const actor = await actorOf(ctx, userId, { steppedUp: true });
  await changeProfile(ctx, actor, { email: wanted });
  await runJobs(ctx);
  const code = /^\d{6}$/m.exec((await mailsTo(ctx, wanted)).at(-1)!.body)![0];
  await expect(confirmEmail(failing(ctx), actor, code)).rejects.toBe(LOST);
  await confirmEmail(ctx, actor, code);
  expect(await emailOf(ctx, userId)).toBe(wanted);
  expect((await ctx.db.select().from(jobs).where(eq(jobs.kind, "mail-old-address"))).filter(({ payload }) => JSON.stringify(payload).includes(actor.name))).toEqual([]);
  expect((await ctx.db.select().from(notifications).where(eq(notifications.userId, userId))).map(({ facts }) => facts)).toEqual([{ what: "email_changed" }]);
});

test("FAM-12: no code is mailed for a new address that was given up before the mail was written; the forms of the page give it up and remove the picture", async () => {
  const ctx = testContext();
  const userId = await makeUser(ctx, "adult");
  const wanted = `${unique("given-up")}@example.test`;
  const actor = await actorOf(ctx, userId, { steppedUp: true });
  await changeProfile(ctx, actor, { email: wanted });
  await doProfileAct(ctx, actor, ProfileForm.parse({ act: "cancel-email" }), undefined);
  await runJobs(ctx);
  expect(await mailsTo(ctx, wanted)).toEqual([]);
  await ctx.db.update(users).set({ avatarKey: "avatars/nowhere" }).where(eq(users.id, userId));
  await doProfileAct(ctx, actor, ProfileForm.parse({ act: "remove-picture" }), undefined);
  expect((await ctx.db.select().from(users).where(eq(users.id, userId)))[0]!.avatarKey).toBeNull();
  expect(await acts(ctx, userId)).toEqual(["profile.email_change_asked", "profile.email_change_cancelled", "profile.picture_removed"]);
});

test("FAM-12: an adult's form says of every field left empty that there is none; a child's holds how things look and no more", () => {
  const typed = { "act": "save", "name": "Achieng", "email": "a@example.test", "locale": "en", "timeZone": "Africa/Nairobi", "contactMethod": "sms", "phone": "0712345678", "billingAddress": "Road 1", "emergencyContact.name": "Asha", "emergencyContact.phone": "0112345678", "notificationDefaults.email": "urgent" };
  const adult = profileTyped("adult");
  expect(ProfileForm.parse(adult(typed))).toEqual({
    act: "save", name: "Achieng", email: "a@example.test", locale: "en", timeZone: "Africa/Nairobi", contactMethod: "sms", phone: "+254712345678", billingAddress: "Road 1",
    emergencyContact: { name: "Asha", phone: "+254112345678" }, notificationDefaults: { email: "urgent" },
  });
  const empty = adult({ act: "save", locale: "en" });
  expect(empty).toEqual({ act: "save", locale: "en", timeZone: "", name: "", email: undefined, contactMethod: undefined, phone: null, billingAddress: null, emergencyContact: null, notificationDefaults: undefined });
  expect(ProfileForm.safeParse(empty).error?.issues.map(({ path }) => path.join(".")).sort()).toEqual(["name", "timeZone"]);
  for (const [half, path] of [[{ "emergencyContact.name": "Asha" }, "emergencyContact.phone"], [{ "emergencyContact.phone": "0112345678" }, "emergencyContact.name"]] as const)
    expect(ProfileForm.safeParse(adult({ act: "save", name: "Achieng", locale: "en", timeZone: "UTC", ...half })).error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  expect(profileTyped("child")(typed)).toEqual({ act: "save", locale: "en", timeZone: "Africa/Nairobi" });
  expect(adult({ act: "confirm-email", code: "123456" })).toEqual({ act: "confirm-email", code: "123456" });
});
