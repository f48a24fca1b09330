import { commit, type Write } from "#db/client.ts";
import { insertLoginAttempt } from "#db/credentials.ts";
import { completeSession, deleteSessionByToken, insertSession } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { hashToken, SESSION_LIFE, type IssuedSession } from "./sessions.ts";

export type SignInMethod = "password" | "pin" | "passkey" | "totp" | "backup_code" | "email_code" | "sms_code" | "class_code" | "mailed_link";
/** `half`: the password was right, and only /sign-in/verify is open until the second factor is shown. */
export type SignedIn = IssuedSession & { kind: "browser" | "bearer" | "half" };

/** Writes the session, its place in the login history and its audit event, with whatever the sign-in used up. */
export async function startSession(ctx: AppContext, userId: string, kind: SignedIn["kind"], method: SignInMethod, writes: Write[], life: number = SESSION_LIFE[kind]): Promise<SignedIn> {
  const session = issue(ctx, ctx.ids.make("sess"), kind, life);
  const now = ctx.clock.now();
  await commit(ctx.db, [
    ...writes,
    ...(await leaveOldSession(ctx)),
    insertSession(ctx.db, {
      id: session.sessionId, tokenHash: await hashToken(session.token), userId, kind, createdAt: now, lastSeenAt: now, expiresAt: session.expiresAt,
      address: ctx.visit.address, userAgent: ctx.visit.userAgent,
    }),
    insertLoginAttempt(ctx.db, loginAttempt(ctx, userId, method, kind === "half" ? "second_factor_required" : "success")),
    ...(kind === "half" ? [] : [record(ctx, { userId }, { action: "session.started", subjectId: session.sessionId, details: { kind, method } })]),
  ]);
  return session;
}

/** The half-session made whole, under a new token. */
export async function finishSession(ctx: AppContext, half: { userId: string; sessionId: string }, method: SignInMethod, writes: Write[]): Promise<SignedIn> {
  const session = issue(ctx, half.sessionId, "browser", SESSION_LIFE.browser);
  await commit(ctx.db, [
    ...writes,
    completeSession(ctx.db, half.userId, half.sessionId, { tokenHash: await hashToken(session.token), now: ctx.clock.now(), expiresAt: session.expiresAt }),
    insertLoginAttempt(ctx.db, loginAttempt(ctx, half.userId, method, "success")),
    record(ctx, half, { action: "session.started", subjectId: half.sessionId, details: { kind: "browser", method } }),
  ]);
  return session;
}

/** Runs the judging of a sign-in; a refusal goes into the login history before it is said. */
export async function attempted<T>(ctx: AppContext, who: { userId: string | null; method: SignInMethod }, judge: () => Promise<T>): Promise<T> {
  try {
    return await judge();
  } catch (error) {
    if (error instanceof DomainError) await insertLoginAttempt(ctx.db, loginAttempt(ctx, who.userId, who.method, error.reason));
    throw error;
  }
}

function issue(ctx: AppContext, sessionId: string, kind: SignedIn["kind"], life: number): SignedIn {
  return { sessionId, token: ctx.ids.secret(), expiresAt: ctx.clock.now() + life, kind };
}

/** The session that this browser showed until now; its cookie is about to be replaced. */
async function leaveOldSession(ctx: AppContext): Promise<Write[]> {
  return ctx.visit.token?.via === "cookie" ? [deleteSessionByToken(ctx.db, await hashToken(ctx.visit.token.value))] : [];
}

function loginAttempt(ctx: AppContext, userId: string | null, method: SignInMethod, outcome: string) {
  return { id: ctx.ids.make("login"), userId, method, outcome, address: ctx.visit.address, userAgent: ctx.visit.userAgent, at: ctx.clock.now() };
}
