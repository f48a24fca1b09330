import { expect, test } from "vitest";
import { codeAt } from "#app/domain/identity/totp.ts";
import { giveTotp, makePerson } from "#tests/operations/identity/people.ts";
import { fieldsOf, Visitor } from "#tests/visitor.ts";
import { api, PASSWORD, send, testContext } from "#tests/world.ts";

test("AUTH-3: a browser signs in without JavaScript and comes to where it wanted", async () => {
  const { identifier } = await makePerson(testContext(Date.now()));
  const visitor = new Visitor();
  const refused = await visitor.post("/sign-in?to=%2Fapprovals", { identifier, password: "not it at all" });
  expect(refused.status).toBe(401);
  const html = await refused.text();
  expect(html).toContain(`value="${identifier}"`);
  expect(html).not.toContain("not it at all");
  const welcome = await visitor.post("/sign-in?to=%2Fapprovals", { identifier, password: PASSWORD });
  expect([welcome.status, welcome.headers.get("Location")]).toEqual([303, "/approvals"]);
  expect(welcome.headers.get("Set-Cookie")).toMatch(/^kinboard=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
});

test("AUTH-3: nobody is sent to another site after signing in", async () => {
  const { identifier } = await makePerson(testContext(Date.now()));
  const answer = await new Visitor().post("/sign-in?to=%2F%2Fevil.example", { identifier, password: PASSWORD });
  expect(answer.headers.get("Location")).toBe("/home");
});

test("AUTH-7: a half-session opens nothing but the page that asks for the code", async () => {
  const ctx = testContext(Date.now());
  const { userId, identifier } = await makePerson(ctx);
  const secret = await giveTotp(ctx, userId);
  const visitor = new Visitor();
  const half = await visitor.post("/sign-in?to=%2Fapprovals", { identifier, password: PASSWORD });
  expect(half.headers.get("Location")).toBe("/sign-in/verify?to=%2Fapprovals");
  const token = visitor.cookies.get("kinboard")!;

  for (const path of ["/step-up", "/step-up?to=/home"]) expect((await visitor.get(path)).headers.get("Location") ?? "", path).toMatch(/^\/sign-in/);
  for (const headers of [{ Cookie: `kinboard=${token}` }, { Authorization: `Bearer ${token}` }] as Record<string, string>[]) {
    expect((await send("GET", "/api/v1/me", { headers })).status).toBe(401);
  }
  expect((await visitor.get("/sign-in/verify")).status).toBe(200);

  const wrong = await visitor.post("/sign-in/verify?to=%2Fapprovals", { code: "abcdef" });
  expect(wrong.status).toBe(401);
  expect(await wrong.text()).toContain('id="code-problem"');
  const whole = await visitor.post("/sign-in/verify?to=%2Fapprovals", { code: codeAt(secret, Date.now()) });
  expect([whole.status, whole.headers.get("Location")]).toEqual([303, "/approvals"]);
  expect(visitor.cookies.get("kinboard")).not.toBe(token);
  expect((await send("GET", "/api/v1/me", { headers: { Cookie: visitor.cookie } })).status).toBe(200);
});

test("AUTH-8: /step-up sends the waiting form on as it came, and keeps it over a wrong password", async () => {
  const { identifier } = await makePerson(testContext(Date.now()));
  const visitor = new Visitor();
  await visitor.signIn(identifier, PASSWORD);
  const old = visitor.cookies.get("kinboard");
  const act: [string, string][] = [["note", 'Fine & "good" <3'], ["password", "the act's own"], ["stepUpAct", "/approvals/req_1?x=1"]];
  const wrong = await visitor.post("/step-up", [...act, ["stepUpPassword", "not it at all"]]);
  expect(wrong.status).toBe(401);
  const html = await wrong.text();
  expect(html).toContain('id="stepUpPassword-problem"');
  const again = fieldsOf(html, "/step-up").map(([name, value]): [string, string] => [name, name === "stepUpPassword" ? PASSWORD : value]);
  expect(again).toEqual(expect.arrayContaining(act));
  const on = await visitor.post("/step-up", again);
  expect([on.status, on.headers.get("Location")]).toEqual([307, "/approvals/req_1?x=1"]);
  expect(visitor.cookies.get("kinboard")).not.toBe(old);
});

test("AUTH-8: /step-up goes to no other site", async () => {
  const { identifier } = await makePerson(testContext(Date.now()));
  const visitor = new Visitor();
  await visitor.signIn(identifier, PASSWORD);
  const answer = await visitor.post("/step-up", { stepUpAct: "https://evil.example/", stepUpPassword: PASSWORD });
  expect(answer.headers.get("Location")).toBe("/home");
});

test("AUTH-8: the API asks for a step-up, takes it, and tells a wrong one", async () => {
  const { identifier } = await makePerson(testContext(Date.now()));
  const { token, expiresAt } = (await (await api("POST", "/auth/tokens", { body: { identifier, password: PASSWORD } })).json()) as { token: string; expiresAt: string };
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
  expect((await api("POST", "/auth/step-up", { token, body: { method: "password", password: "not it at all" } })).status).toBe(401);
  expect((await api("POST", "/auth/step-up", { token, body: { method: "smell" } })).status).toBe(400);
  expect((await api("POST", "/auth/step-up", { token, body: { method: "password", password: PASSWORD } })).status).toBe(204);
  expect((await api("POST", "/auth/step-up", { body: { method: "password", password: PASSWORD } })).status).toBe(401);
});

test("AUTH-13: the API says when to come back", async () => {
  const { identifier } = await makePerson(testContext(Date.now()));
  const answers = await Promise.all(Array.from({ length: 12 }, () => api("POST", "/auth/tokens", { body: { identifier, password: "not it at all" } })));
  const limited = answers.filter((answer) => answer.status === 429);
  expect(limited).toHaveLength(2);
  expect(Number(limited[0]!.headers.get("Retry-After"))).toBeGreaterThan(15 * 60 - 1);
  expect(await limited[0]!.json()).toMatchObject({ code: "rate_limited", status: 429 });
});
