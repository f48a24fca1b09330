import { exports } from "cloudflare:workers";
import { expect, test } from "vitest";

const fetch = (path: string, init?: RequestInit) => (exports as unknown as { default: Fetcher }).default.fetch(`http://localhost${path}`, init as never);

test("OPS-4: the health answer says ready once the schema is there", async () => {
  const answer = await fetch("/api/health");
  expect(answer.status).toBe(200);
});

test("AUTH-13: an unknown account and a wrong password get the same answer", async () => {
  const answer = await fetch("/api/v1/auth/tokens", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ identifier: "x", password: "y" }) });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ code: "unauthenticated" });
});

test("EDGE-1: the sign-in page is HTML first", async () => {
  const answer = await fetch("/sign-in");
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("<form method=\"post\">");
});
