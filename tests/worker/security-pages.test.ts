import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { codeAt } from "#app/domain/identity/totp.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { makePerson } from "#tests/operations/identity/people.ts";
import { fieldsOf, Visitor } from "#tests/visitor.ts";
import { IN_TIME } from "#tests/patience.ts";
import { api, makeFamily, PASSWORD, send, signedIn, testContext, unique, type TestContext } from "#tests/world.ts";

const NEW = "a rather long sentence";

async function arrive() {
  const ctx = testContext(Date.now());
  const person = await makePerson(ctx);
  const visitor = new Visitor({ "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" });
  await visitor.signIn(person.identifier, PASSWORD);
  return { ctx, visitor, ...person };
}

/** Posts a form, answers the question "is it you?" and goes on, as a person without JavaScript does. */
async function confirmed(visitor: Visitor, path: string, fields: Record<string, string>): Promise<Response> {
  const demand = await visitor.post(path, fields);
  expect(demand.status).toBe(403);
  const form = fieldsOf(await demand.text(), "/step-up").map(([name, value]): [string, string] => [name, name === "stepUpPassword" ? PASSWORD : value]);
  const on = await visitor.post("/step-up", form);
  expect(on.status).toBe(307);
  return visitor.follow(on, form);
}

/** The queue of the Worker under test brings it, in its own time. */
const mailTo = (ctx: TestContext, recipient: string) => vi.waitFor(async () => {
  const [mail] = await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, recipient));
  if (!mail) throw new Error(`no mail to ${recipient} yet`);
  return mail;
}, IN_TIME);

test("AUTH-8: changing the password asks who it is, then goes on with nothing retyped; the confirmation holds for the next act", async () => {
  const { visitor, identifier } = await arrive();
  const done = await confirmed(visitor, "/settings/security", { act: "change-password", password: NEW });
  expect([done.status, done.headers.get("Location")]).toEqual([303, "/settings/security?done=change-password"]);
  expect(await (await visitor.get("/settings/security?done=change-password")).text()).toContain("Your password is changed");
  expect((await visitor.post("/settings/security", { act: "change-password", password: `${NEW} again` })).status).toBe(303);
  expect((await api("POST", "/auth/tokens", { body: { identifier, password: `${NEW} again` } })).status).toBe(201);
});

test("AUTH-3: a short password comes back at its field, before anything is asked", async () => {
  const { visitor } = await arrive();
  const answer = await visitor.post("/settings/security", { act: "change-password", password: "short" });
  expect(answer.status).toBe(400);
  const html = await answer.text();
  expect(html).toContain('id="password-problem"');
  expect(html).not.toContain('value="short"');
});

test("AUTH-9: devices are listed by name, one is ended, then all others; another's session is not there", async () => {
  const { visitor, identifier } = await arrive();
  const other = new Visitor({ "User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36" });
  await other.signIn(identifier, PASSWORD);
  const third = new Visitor();
  await third.signIn(identifier, PASSWORD);
  const html = await (await visitor.get("/settings/security")).text();
  expect(html).toContain("Firefox on Linux");
  expect(html).toContain("Chrome on Android");
  const { items } = (await (await send("GET", "/api/v1/me/sessions", { headers: { Cookie: visitor.cookie } })).json()) as { items: { id: string; current: boolean; userAgent: string | null }[] };
  expect(items.map((item) => item.current).sort()).toEqual([false, false, true]);
  const android = items.find((item) => item.userAgent?.includes("Android"))!;

  const stranger = await arrive();
  expect((await stranger.visitor.post("/settings/security", { act: "end-session", sessionId: android.id })).status).toBe(404);
  expect((await visitor.post("/settings/security", { act: "end-session", sessionId: android.id })).status).toBe(303);
  expect((await other.get("/settings")).headers.get("Location")).toMatch(/^\/sign-in/);
  expect((await third.get("/settings")).status).toBe(200);
  expect((await visitor.post("/settings/security", { act: "end-others" })).status).toBe(303);
  expect((await third.get("/settings")).headers.get("Location")).toMatch(/^\/sign-in/);
  expect((await visitor.get("/settings")).status).toBe(200);
});

test("AUTH-10: sign-ins are shown with outcome and device, page by page", async () => {
  const { visitor, identifier } = await arrive();
  for (let i = 0; i < 9; i++) await new Visitor().signIn(identifier, "not it at all");
  await visitor.signIn(identifier, PASSWORD);
  const first = await (await visitor.get("/settings/security")).text();
  expect(first).toContain("Wrong password");
  const older = /href="(\/settings\/security\?before=[^"]+)"/.exec(first)?.[1];
  expect(await (await visitor.get(older!)).text()).toContain("Signed in");
  const token = ((await (await api("POST", "/auth/tokens", { body: { identifier, password: PASSWORD } })).json()) as { token: string }).token;
  const page = (await (await api("GET", "/me/login-history?limit=2", { token })).json()) as { items: { success: boolean; reason: string | null }[]; nextCursor: string };
  expect(page.items.map((item) => item.success)).toEqual([true, true]);
  const next = (await (await api("GET", `/me/login-history?limit=2&cursor=${page.nextCursor}`, { token })).json()) as typeof page;
  expect(next.items.map((item) => item.reason)).toEqual(["wrong_credentials", "wrong_credentials"]);
});

test("AUTH-4: the second factor is set up without JavaScript, by picture or text; its backup codes are shown once", async () => {
  const { visitor, identifier } = await arrive();
  await confirmed(visitor, "/settings/security/2fa", { act: "set-up" });
  const page = await (await visitor.get("/settings/security/2fa")).text();
  expect(page).toContain('<svg class="qr" role="img"');
  const secret = /secret=([A-Z2-7]+)/.exec(page)![1]!;
  expect(page).toContain(secret.match(/.{4}/g)!.join(" "));
  const wrong = await visitor.post("/settings/security/2fa", { act: "enable", code: "abcdef" });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain('id="code-problem"');
  const on = await visitor.post("/settings/security/2fa", { act: "enable", code: codeAt(secret, Date.now()) });
  const codes = [...(await on.text()).matchAll(/<code>([a-z2-9]{5}-[a-z2-9]{5})<\/code>/g)].map((found) => found[1]!);
  expect(codes).toHaveLength(10);
  const later = await (await visitor.get("/settings/security/2fa")).text();
  expect(later).toContain("10 codes are left");
  expect(later).not.toContain(secret);
  for (const code of codes) expect(later).not.toContain(code);

  const half = await new Visitor().post("/sign-in", { identifier, password: PASSWORD });
  expect(half.headers.get("Location")).toMatch(/^\/sign-in\/verify/);
  expect((await visitor.post("/settings/security/2fa", { act: "disable" })).headers.get("Location")).toBe("/settings/security/2fa?off");
  expect((await new Visitor().post("/sign-in", { identifier, password: PASSWORD })).headers.get("Location")).toBe("/home");
});

test("AUTH-9: signing out ends the session, and doing it twice is no fault", async () => {
  const { visitor } = await arrive();
  const { cookie } = visitor;
  expect((await visitor.get("/sign-out")).status).toBe(200);
  const out = await visitor.post("/sign-out", {});
  expect([out.status, out.headers.get("Location")]).toEqual([303, "/sign-in?done=out"]);
  expect(visitor.cookies.has("kinboard")).toBe(false);
  expect((await send("GET", "/api/v1/me", { headers: { Cookie: cookie } })).status).toBe(401);
  expect((await visitor.post("/sign-out", {})).status).toBe(303);
});

test("AUTH-3: the way from a forgotten password to a new one, without JavaScript", async () => {
  const { ctx, identifier } = await arrive();
  const visitor = new Visitor();
  expect((await visitor.get("/password-reset")).status).toBe(404);
  const ask = { email: identifier, way: "link" };
  expect((await visitor.post("/recover", { ...ask, email: "no address" })).status).toBe(400);
  const sent = await visitor.post("/recover", ask);
  expect(await (await visitor.follow(sent, {})).text()).toContain("a mail is on its way to it");
  const mail = await mailTo(ctx, identifier);
  const link = /http:\/\/localhost(\/password-reset\/[\w-]+)/.exec(mail.body)![1]!;
  expect((await visitor.post(link, { password: "short" })).status).toBe(400);
  expect((await visitor.post(link, { password: NEW })).headers.get("Location")).toBe("/sign-in?done=password");
  expect(await (await visitor.get(link)).text()).toContain("This link was used already");
  expect((await visitor.signIn(identifier, NEW)).headers.get("Location")).toBe("/home");
});

test("AUTH-1: the way from nothing to a family, without JavaScript; what was typed stays", async () => {
  const ctx = testContext(Date.now());
  const visitor = new Visitor();
  const email = `${unique("new")}@example.test`;
  const typed = { name: "Njeri Kamau", email, password: NEW, familyName: "Kamau family", currency: "UGX", timeZone: "Africa/Kampala" };
  const refused = await visitor.post("/sign-up", { ...typed, password: "short", familyName: "" });
  expect(refused.status).toBe(400);
  const html = await refused.text();
  for (const part of ['id="password-problem"', 'id="familyName-problem"', `value="${email}"`, 'value="UGX" selected']) expect(html).toContain(part);
  const begun = await visitor.post("/sign-up?to=%2Fshop", typed);
  const verify = begun.headers.get("Location")!;
  expect((await visitor.get(verify)).status).toBe(200);
  expect((await visitor.post(verify, { code: "abcdef" })).status).toBe(400);
  const mail = await mailTo(ctx, email);
  const done = await visitor.post(verify, { code: mail.subject.slice(0, 6) });
  expect([done.status, done.headers.get("Location")]).toEqual([303, "/shop"]);
  const me = (await (await send("GET", "/api/v1/me", { headers: { Cookie: visitor.cookie } })).json()) as { name: string };
  expect(me.name).toBe("Njeri Kamau");
});

test("AUTH-15: a child's guardians are its parent managers; an adult has none", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const me = async (userId: string) => (await api("GET", "/me", { token: await signedIn(ctx, userId) })).json();
  expect(await me(family.childId)).toMatchObject({ id: family.childId, isParent: false, managedChildren: [], parentManagers: expect.arrayContaining([family.guardianId, family.otherGuardianId, family.viewerId]) as unknown });
  expect(await me(family.guardianId)).toMatchObject({ isParent: true, parentManagers: [] });
});
