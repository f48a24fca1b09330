import { commit } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import { DomainError, invalid } from "../errors.ts";
import type { CodeChannel } from "./code-factors.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { planCode } from "./plan-code.server.ts";
import { findHalf } from "./verify-second-factor.server.ts";

type Waiting = { userId: string; codeAddresses: { channel: CodeChannel; address: string }[] };

/** Sends a code to who has shown the right password and waits at the second factor. */
export async function sendSignInCode(ctx: AppContext, person: Waiting, channel: CodeChannel): Promise<void> {
  const factor = person.codeAddresses.find((one) => one.channel === channel);
  if (!factor) throw invalid("by", "factor_not_set_up");
  const [forPerson, toAddress] = [limitedTry(ctx, LIMITS.codesFor, person.userId), limitedTry(ctx, LIMITS.codesTo, factor.address)];
  const [asked, sent] = await ctx.db.batch([forPerson.count, toAddress.count]);
  forPerson.permit(asked);
  toAddress.permit(sent);
  const code = await planCode(ctx, person.userId, channel, "sign_in");
  await commit(ctx.db, code.writes);
  await ctx.jobs.ring([code.jobId]);
}

export async function sendCodeToHalf(ctx: AppContext, channel: CodeChannel): Promise<void> {
  const half = await findHalf(ctx);
  if (!half) throw new DomainError("unauthenticated", "sign_in_again");
  await sendSignInCode(ctx, half, channel);
}
