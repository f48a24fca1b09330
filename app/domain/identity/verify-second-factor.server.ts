import { findHalfSession } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import { DomainError } from "../errors.ts";
import { rememberNobody } from "./find-actor.server.ts";
import { hashToken } from "./sessions.ts";
import { attempted, finishSession, type SignedIn, type SignInMethod } from "./start-session.server.ts";
import { judgeCode, withCode } from "./judge-code.server.ts";

type HalfSession = NonNullable<Awaited<ReturnType<typeof findHalfSession>>>;
const asked = new WeakMap<AppContext, Promise<HalfSession | null>>();

/** The half-session whose cookie is shown, or null. Asked once a request. */
export function findHalf(ctx: AppContext): Promise<HalfSession | null> {
  let answer = asked.get(ctx);
  if (!answer) asked.set(ctx, (answer = load(ctx)));
  return answer;
}

async function load(ctx: AppContext): Promise<HalfSession | null> {
  const { token } = ctx.visit;
  if (token?.via !== "cookie") return null;
  const half = await findHalfSession(ctx.db, await hashToken(token.value), ctx.clock.now());
  if (half) rememberNobody(ctx);
  return half;
}

/** Makes a half-session whole with a code of the authenticator app, one that was sent, or a backup code. */
export async function verifySecondFactor(ctx: AppContext, code: string): Promise<SignedIn> {
  const half = await findHalf(ctx);
  if (!half) throw new DomainError("unauthenticated", "sign_in_again");
  const who = { userId: half.userId, method: "totp" as SignInMethod };
  return attempted(ctx, who, async () => {
    const used = await judgeCode(ctx, half.userId, half.totp, code);
    who.method = used.method;
    return withCode(() => finishSession(ctx, half, used.method, used.writes));
  });
}
