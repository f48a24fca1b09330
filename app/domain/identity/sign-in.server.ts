import { commit } from "#db/client.ts";
import { selectCredential } from "#db/credentials.ts";
import type { AppContext } from "../../context.ts";
import { DomainError } from "../errors.ts";
import type { SignInInput } from "./inputs.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS, networkOf } from "./limits.ts";
import { isSecretOf } from "./one-time-secret.server.ts";
import { sendSignInCode } from "./send-sign-in-code.server.ts";
import { attempted, startSession, type SignedIn, type SignInMethod } from "./start-session.server.ts";
import { judgeCode, withCode } from "./judge-code.server.ts";

/**
 * Signs in with e-mail or username and password or PIN. An unknown account takes the same work and gets the same answer as a wrong
 * password. Where a second factor is set up, a browser gets a half-session and a bearer second_factor_required, unless the code came along.
 */
export async function signIn(ctx: AppContext, input: SignInInput, kind: "browser" | "bearer"): Promise<SignedIn> {
  const who = { userId: null as string | null, method: "password" as SignInMethod };
  return attempted(ctx, who, async () => {
    const byName = limitedTry(ctx, LIMITS.signIn, input.identifier);
    const byAddress = limitedTry(ctx, LIMITS.signInFromAddress, networkOf(ctx.visit.address));
    const [named, placed, [person]] = await ctx.db.batch([byName.count, byAddress.count, selectCredential(ctx.db, input.identifier)]);
    if (person) Object.assign(who, { userId: person.userId, method: person.kind === "child" ? "pin" : "password" });
    byName.permit(named);
    byAddress.permit(placed);

    const right = await isSecretOf(ctx, person?.status === "active" ? person : null, input.password);
    if (!person || !right) throw new DomainError("unauthenticated", "wrong_credentials");
    const noFailure = [byName.giveBack, byAddress.giveBack];
    if (!person.totp && person.codeAddresses.length === 0) return startSession(ctx, person.userId, kind, who.method, noFailure);
    if (input.code) {
      const used = await judgeCode(ctx, person.userId, person.totp, input.code);
      return withCode(() => startSession(ctx, person.userId, kind, used.method, [...noFailure, ...used.writes]));
    }
    if (kind === "browser") return startSession(ctx, person.userId, "half", who.method, noFailure);
    await commit(ctx.db, noFailure);
    if (input.sendCodeBy) await sendSignInCode(ctx, person, input.sendCodeBy);
    const methods = [...(person.totp ? ["totp"] : []), ...person.codeAddresses.map((one) => one.channel)];
    throw new DomainError("second_factor_required", "second_factor_required", { extra: { methods } });
  });
}
