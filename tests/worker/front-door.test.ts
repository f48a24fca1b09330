import { expect, test } from "vitest";
import { openApiFile } from "#tests/documented.ts";
import { api, makeFamily, PASSWORD, send, signedIn, testContext } from "#tests/world.ts";

test("OPS-4: the health answer says ready once the schema is there", async () => {
  expect((await send("GET", "/api/health")).status).toBe(200);
});

test("AUTH-13: an unknown account and a wrong password get the same answer", async () => {
  const unknown = await api("POST", "/auth/tokens", { body: { identifier: "nobody@example.test", password: PASSWORD } });
  expect(unknown.status).toBe(401);
  expect(await unknown.json()).toMatchObject({ code: "unauthenticated" });
});

test("EDGE-1: the sign-in page is HTML first", async () => {
  const answer = await send("GET", "/sign-in");
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<form method="post"');
});

test("AUTH-15: the caller's own children, and nobody else's, are under /me", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  await makeFamily(ctx);
  const answer = await api("GET", "/me", { token: await signedIn(ctx, family.guardianId) });
  expect(await answer.json()).toMatchObject({ isParent: true, managedChildren: [family.childId, family.siblingId].sort() });
});

test("OPS-4: the API describes itself, as a document and as a page", async () => {
  const answer = await openApiFile();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Content-Type")).toBe("application/json");
  expect(Object.keys((await answer.json<{ paths: object }>()).paths)).toContain("/me");
  expect(await (await openApiFile("docs")).text()).toContain("GET /me");
});
