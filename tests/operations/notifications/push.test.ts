import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from "jose";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { commit } from "#db/client.ts";
import { deliveries, mailboxMessages, pushSubscriptions } from "#db/schema/notifications.ts";
import { notify } from "#app/domain/notifications/notify.server.ts";
import { api, makeUser, NOON, runJobs, signedIn, testContext, unique, type TestContext } from "#tests/world.ts";
import { nudgesTo, pushAnswers, pushEndpoint } from "#tests/vendors/client.ts";

const tell = (ctx: TestContext, userId: string, severity: "info" | "urgent" = "info") =>
  commit(ctx.db, notify(ctx, [userId], { type: "purchase.asked", severity, facts: { child: "Amina", plan: "Ten hours", amount: 150_000, currency: "KES" }, path: "/approvals/preq_1", cause: unique("cause") }).writes);
const outcomes = async (ctx: TestContext, userId: string) => (await ctx.db.select().from(deliveries).where(eq(deliveries.userId, userId))).filter(({ channel }) => channel === "push").map(({ outcome }) => outcome);

/** Somebody with a browser that is nudged. */
async function reader(ctx: TestContext) {
  const [userId, browser] = [await makeUser(ctx, "adult"), unique("browser")];
  const token = await signedIn(ctx, userId);
  const made = await api("POST", "/push-subscriptions", { token, body: { endpoint: pushEndpoint(browser) } });
  expect(made.status).toBe(201);
  return { userId, browser, token, subscriptionId: ((await made.json()) as { id: string }).id };
}

test("NOT-3: a push is signed by VAPID for its own push service, and carries nothing at all", async () => {
  const ctx = testContext();
  const { userId, browser } = await reader(ctx);
  await tell(ctx, userId, "urgent");
  await runJobs(ctx);
  const [nudge, ...more] = await nudgesTo(browser);
  expect(more).toEqual([]);
  expect(nudge).toMatchObject({ key: ctx.push.publicKey, urgency: "high", topic: "inbox", ttl: "86400" });
  const point = Uint8Array.from(atob(nudge!.key.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  const part = (from: number) => btoa(String.fromCharCode(...point.slice(from, from + 32))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const key = await importJWK({ kty: "EC", crv: "P-256", x: part(1), y: part(33) }, "ES256");
  const { payload } = await jwtVerify(nudge!.token, key, { currentDate: new Date() });
  expect(payload).toMatchObject({ aud: new URL(pushEndpoint(browser)).origin, sub: expect.stringContaining("mailto:") as string });
  expect(payload.exp! - Date.now() / 1000).toBeLessThanOrEqual(86_400);
  expect([decodeProtectedHeader(nudge!.token).alg, Object.keys(decodeJwt(nudge!.token)).sort()]).toEqual(["ES256", ["aud", "exp", "sub"]]);
});

test("NOT-3: a browser that is gone is forgotten; a push service that is down is asked again", async () => {
  const ctx = testContext();
  const [gone, down] = [await reader(ctx), await reader(ctx)];
  await pushAnswers(gone.browser, [410]);
  await pushAnswers(down.browser, [503]);
  for (const { userId } of [gone, down]) await tell(ctx, userId);
  await runJobs(ctx);
  expect(await ctx.db.select().from(pushSubscriptions).where(eq(pushSubscriptions.userId, gone.userId))).toEqual([]);
  expect([await outcomes(ctx, gone.userId), await outcomes(ctx, down.userId)]).toEqual([["dropped"], ["retrying"]]);
  ctx.setNow(NOON + 60_000);
  await runJobs(ctx);
  expect([await outcomes(ctx, down.userId), (await nudgesTo(down.browser)).length]).toEqual([["sent"], 1]);
});

test("NOT-3: an endpoint in one's own house is refused at the field", async () => {
  const token = await signedIn(testContext(Date.now()), await makeUser(testContext(), "adult"));
  for (const endpoint of ["https://127.0.0.1/push", "http://fcm.googleapis.com/x", "https://192.168.1.1/x", "https://[::1]/x", "https://localhost/x", "https://kinboard.internal/x", "http://127.0.0.1:1/push", "no address"]) {
    const answer = await api("POST", "/push-subscriptions", { token, body: { endpoint } });
    expect([endpoint, answer.status]).toEqual([endpoint, 400]);
    expect(await answer.text()).toContain("endpoint");
  }
});

test("NOT-3: a browser belongs to whoever said so last, and is removed by its owner alone", async () => {
  const ctx = testContext(Date.now());
  const [first, second] = [await reader(ctx), await reader(ctx)];
  expect((await api("DELETE", `/push-subscriptions/${first.subscriptionId}`, { token: second.token })).status).toBe(404);
  await api("POST", "/push-subscriptions", { token: second.token, body: { endpoint: pushEndpoint(first.browser) } });
  const mine = async (token: string) => ((await (await api("GET", "/push-subscriptions", { token })).json()) as { items: unknown[] }).items.length;
  expect([await mine(first.token), await mine(second.token)]).toEqual([0, 2]);
  expect((await api("DELETE", `/push-subscriptions/${second.subscriptionId}`, { token: second.token })).status).toBe(204);
  expect(await mine(second.token)).toBe(1);
});

test("NOT-3: in development a push for a public service lands beside the mail", async () => {
  const ctx = testContext();
  const service = `https://${unique("push")}.example.org`;
  expect(await ctx.push.send({ endpoint: `${service}/secret`, urgent: false })).toBe("taken");
  expect(await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, service))).toMatchObject([{ channel: "push", body: "Something new in Kinboard" }]);
});
