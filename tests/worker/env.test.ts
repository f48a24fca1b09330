import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { parseEnv } from "#worker/env.ts";
import kinboard from "#worker/index.ts";

const production = {
  ...env,
  KINBOARD_ENV: "production", ORIGIN: "https://kinboard.org", STRIPE_SECRET_KEY: `sk_live_${"a1".repeat(20)}`, STRIPE_WEBHOOK_SECRET: `whsec_${"b2".repeat(16)}`, STRIPE_API_URL: undefined, STRIPE_CHECKOUT_URL: undefined, PACHCA_API_URL: undefined,
  PASSWORD_RANGE_URL: "https://api.pwnedpasswords.com", MAIL_API_URL: "https://api.resend.com", MAIL_API_KEY: "a live key", SMS_API_URL: "https://api.sms-gateway.africa", SMS_API_KEY: "a live key", VAULT_KEY: btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, at) => (at * 71) % 256))),
};
const URLS = ["ORIGIN", "STRIPE_API_URL", "STRIPE_CHECKOUT_URL", "MAIL_API_URL", "SMS_API_URL", "PASSWORD_RANGE_URL", "PACHCA_API_URL"];

test("OPS-3: production names its own hosts, and the vendors' where nothing else is said", () => {
  expect(parseEnv({ ...production })).toMatchObject({ ORIGIN: "https://kinboard.org", STRIPE_API_URL: "https://api.stripe.com", STRIPE_CHECKOUT_URL: "https://checkout.stripe.com" });
});

describe.each(URLS)("OPS-3: %s", (name) => {
  test.each(["http://localhost:8787", "https://localhost", "http://127.0.0.1:12111", "https://[::1]:8787", "http://kinboard.org", "https://kinboard.test", "https://pay.example", "https://mail.local:8443"])("production never names %s", (url) => {
    expect(() => parseEnv({ ...production, [name]: url })).toThrow(name);
  });
  test.each(["https://kinboard.org", "https://api.stripe.com", "http://localhost.kinboard.org", "https://127.0.0.1.nip.io"])("development and tests never name %s", (url) => {
    expect(() => parseEnv({ ...env, [name]: url })).toThrow(name);
    expect(() => parseEnv({ ...env, KINBOARD_ENV: "development", [name]: url })).toThrow(name);
  });
});

test.each(["ORIGIN", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "VAULT_KEY", "MAIL_API_URL", "MAIL_API_KEY", "SMS_API_URL", "SMS_API_KEY", "KINBOARD_ENV"])("OPS-3: production does not start without %s, and says so", (name) => {
  expect(() => parseEnv({ ...production, [name]: undefined })).toThrow(name.replace(/_API_KEY$/, "_API_URL"));
});

test("OPS-3: production does not start on development's secrets", () => {
  expect(() => parseEnv({ ...production, STRIPE_SECRET_KEY: "sk_test_development" })).toThrow("STRIPE_SECRET_KEY");
  expect(() => parseEnv({ ...production, STRIPE_WEBHOOK_SECRET: "whsec_development" })).toThrow("STRIPE_WEBHOOK_SECRET");
  expect(() => parseEnv({ ...production, VAULT_KEY: (env as unknown as { VAULT_KEY: string }).VAULT_KEY })).toThrow("VAULT_KEY");
});

test("OPS-3: development and tests do not start on a live key", () => {
  expect(() => parseEnv({ ...env, STRIPE_SECRET_KEY: production.STRIPE_SECRET_KEY })).toThrow("STRIPE_SECRET_KEY");
});

test.each(["/dev/mailbox", "/dev/vendors", "/dev/pieces"])("OPS-3: %s is not there in production", async (path) => {
  const waiting: Promise<unknown>[] = [];
  const execution = { waitUntil: (work: Promise<unknown>) => void waiting.push(work), passThroughOnException: () => undefined, props: {} };
  const answer = await kinboard.fetch(new Request(`https://kinboard.org${path}`), { ...production }, execution as never);
  await Promise.all(waiting);
  expect(answer.status).toBe(404);
  expect(answer.headers.get("Server-Timing")).toBeNull();
  expect(answer.headers.get("Strict-Transport-Security")).toContain("max-age=");
});
