import { commit, type Write } from "#db/client.ts";
import { selectOwnCredential } from "#db/credentials.ts";
import { rotateSession, stepUpSession } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import type { PasskeySignInInput, StepUpInput } from "./inputs.ts";
import { judgeAssertion, lookAtAssertion, passkeyRefused, withPasskey } from "./judge-assertion.server.ts";
import { guessCode, withCode } from "./judge-code.server.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { isSecretOf } from "./one-time-secret.server.ts";
import { hashToken, STEP_UP_LIFE, type IssuedSession } from "./sessions.ts";
import { attempted, type SignInMethod } from "./start-session.server.ts";

/**
 * Confirms who is asking; for ten minutes the session may do what needs that. A browser's session goes on under a new token, which
 * is answered; a bearer keeps its token, and null is answered.
 */
export async function stepUp(ctx: AppContext, actor: Actor, input: StepUpInput): Promise<IssuedSession | null> {
  return attempted(ctx, { userId: actor.userId, method: methodOf(actor, input) }, async () => {
    const { expiresAt, writes } = await prove(ctx, actor, input);
    return withPasskey(() => withCode(() => confirm(ctx, actor, expiresAt, input.method, writes)));
  });
}

function methodOf(actor: Actor, input: StepUpInput): SignInMethod {
  return input.method === "password" && actor.kind === "child" ? "pin" : input.method;
}

const prove = (ctx: AppContext, actor: Actor, input: StepUpInput) =>
  input.method === "password" ? provePassword(ctx, actor, input.password) : input.method === "totp" ? proveCode(ctx, actor, input.code) : provePasskey(ctx, actor, input);

type Proof = { expiresAt: number; writes: Write[] };
const selectOwn = (ctx: AppContext, actor: Actor) => selectOwnCredential(ctx.db, actor.userId, actor.session.id);

async function provePassword(ctx: AppContext, actor: Actor, password: string): Promise<Proof> {
  const proof = limitedTry(ctx, LIMITS.stepUp, actor.userId);
  const [counted, [own]] = await ctx.db.batch([proof.count, selectOwn(ctx, actor)]);
  if (!own) throw new DomainError("unauthenticated");
  proof.permit(counted);
  if (!(await isSecretOf(ctx, own, password))) throw new DomainError("unauthenticated", "wrong_password", { fields: [{ path: "password", message: "wrong_password" }] });
  return { expiresAt: own.sessionExpiresAt, writes: [proof.giveBack] };
}

async function proveCode(ctx: AppContext, actor: Actor, code: string): Promise<Proof> {
  const guess = await guessCode(ctx, actor.userId, code);
  const [counted, [backup], [own]] = await ctx.db.batch([...guess.look, selectOwn(ctx, actor)]);
  if (!own) throw new DomainError("unauthenticated");
  if (!own.totp && own.codeAddresses.length === 0) throw invalid("method", "factor_not_set_up");
  return { expiresAt: own.sessionExpiresAt, writes: (await guess.judge(counted, { totp: own.totp, backup })).writes };
}

async function provePasskey(ctx: AppContext, actor: Actor, shown: PasskeySignInInput): Promise<Proof> {
  const [[taken], [passkey], [own]] = await ctx.db.batch([...lookAtAssertion(ctx, "step_up", shown), selectOwn(ctx, actor)]);
  if (!own || taken?.userId !== actor.userId) throw passkeyRefused();
  return { expiresAt: own.sessionExpiresAt, writes: (await judgeAssertion(ctx, shown, taken, passkey)).writes };
}

async function confirm(ctx: AppContext, actor: Actor, expiresAt: number, method: StepUpInput["method"], writes: Write[]): Promise<IssuedSession | null> {
  const until = ctx.clock.now() + STEP_UP_LIFE;
  const { id: sessionId, kind } = actor.session;
  const session = kind === "browser" ? { sessionId, token: ctx.ids.secret(), expiresAt } : null;
  await commit(ctx.db, [
    ...writes,
    session ? rotateSession(ctx.db, sessionId, await hashToken(session.token), until) : stepUpSession(ctx.db, sessionId, until),
    record(ctx, actor, { action: "session.stepped_up", subjectId: sessionId, details: { method } }),
  ]);
  return session;
}
