import type { AppContext } from "../../context.ts";
import type { PasskeySignInInput } from "./inputs.ts";
import { judgeAssertion, lookAtAssertion, withPasskey } from "./judge-assertion.server.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS, networkOf } from "./limits.ts";
import { attempted, startSession, type SignedIn, type SignInMethod } from "./start-session.server.ts";

/** Signs in by a discoverable passkey. It is two factors at once, the thing and the finger or PIN: no code is asked for. */
export async function signInWithPasskey(ctx: AppContext, shown: PasskeySignInInput, kind: "browser" | "bearer"): Promise<SignedIn> {
  const who = { userId: null as string | null, method: "passkey" as SignInMethod };
  return attempted(ctx, who, async () => {
    const byAddress = limitedTry(ctx, LIMITS.signInFromAddress, networkOf(ctx.visit.address));
    const [counted, [taken], [passkey]] = await ctx.db.batch([byAddress.count, ...lookAtAssertion(ctx, "sign_in", shown)]);
    who.userId = passkey?.userId ?? null;
    byAddress.permit(counted);
    const used = await judgeAssertion(ctx, shown, taken, passkey);
    return withPasskey(() => startSession(ctx, used.userId, kind, "passkey", [byAddress.giveBack, ...used.writes]));
  });
}
