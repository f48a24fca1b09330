import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { users } from "#db/schema/identity.ts";
import { saveCard } from "#tests/operations/payments/paying-family.ts";
import { api, makeFamily, PASSWORD, PIN, runJobs, send, testContext, type Family, type TestContext } from "#tests/world.ts";

/** Somebody with a bearer token of their own, got at the front door. */
type Caller = {
  userId: string;
  get(path: string): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  put(path: string, body: unknown): Promise<Response>;
  patch(path: string, body: unknown): Promise<Response>;
  stepUp(): Promise<void>;
};

export type PayingFamily = Family & { ctx: TestContext; customer: string; guardian: Caller; other: Caller; viewer: Caller; child: Caller; admin: Caller };

export const kes = (amount: number) => ({ amount, currency: "KES" });

/** By the real clock: a family whose primary guardian has a saved card, everybody signed in, nobody stepped up. */
export async function payingFamily(): Promise<PayingFamily> {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const customer = await saveCard(ctx, { userId: family.guardianId, name: "Guardian", email: null }, "pm_card_visa");
  const [guardian, other, viewer, admin] = await Promise.all([family.guardianId, family.otherGuardianId, family.viewerId, family.adminId].map((userId) => signIn(ctx, userId, PASSWORD)));
  return { ctx, ...family, customer, guardian: guardian!, other: other!, viewer: viewer!, admin: admin!, child: await signIn(ctx, family.childId, PIN) };
}

async function signIn(ctx: TestContext, userId: string, password: string): Promise<Caller> {
  const user = await ctx.db.select({ email: users.email, username: users.username }).from(users).where(eq(users.id, userId)).get();
  const answer = await api("POST", "/auth/tokens", { body: { identifier: user!.email ?? user!.username, password } });
  expect(answer.status).toBe(201);
  const { token } = (await answer.json()) as { token: string };
  return {
    userId,
    get: (path) => api("GET", path, { token }),
    post: (path, body = {}, headers = {}) => api("POST", path, { token, body, headers }),
    put: (path, body) => api("PUT", path, { token, body }),
    patch: (path, body) => api("PATCH", path, { token, body }),
    stepUp: async () => expect((await api("POST", "/auth/step-up", { token, body: { method: "password", password } })).status).toBe(204),
  };
}

/** The body of an answer that must have that status. */
export async function read<T>(asked: Promise<Response>, status = 200): Promise<T> {
  const answer = await asked;
  const text = await answer.text();
  expect(answer.status, text).toBe(status);
  return JSON.parse(text) as T;
}

export type Asked = { id: string; status: string; band: string; decisions: { by: string; outcome: string }[]; payment: { id: string; status: string } | null };

export const ask = (by: Caller, studentId: string, planId: string) => read<Asked>(by.post(`/students/${studentId}/purchase-requests`, { planId }), 201);

/** The queue runs jobs by itself; what it has not got to is done here, until nothing waits. */
export async function untilPaid(at: PayingFamily, requestId: string): Promise<Asked> {
  for (let tries = 0; tries < 50; tries++) {
    at.ctx.setNow(Date.now());
    await runJobs(at.ctx);
    const request = await read<Asked>(at.guardian.get(`/purchase-requests/${requestId}`));
    if (request.payment?.status === "succeeded") return request;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${requestId} was not paid`);
}

export const deliver = (payload: string, signature: string) => send("POST", "/hooks/stripe", { text: payload, headers: { "Content-Type": "application/json", "Stripe-Signature": signature } });
