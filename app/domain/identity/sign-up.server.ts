import { commit } from "#db/client.ts";
import { insertSignUp } from "#db/sign-ups.ts";
import type { AppContext } from "../../context.ts";
import { MINUTE } from "../clock.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { planJob } from "../jobs.server.ts";
import type { SignUpInput } from "./inputs.ts";
import { hashPassword } from "./password-hash.server.ts";
import { permitMail } from "./request-mail.server.ts";
import { requireGoodPassword } from "./require-good-password.server.ts";

/** Half an hour to find the mail and type the code. */
const SIGN_UP_LIFE = 30 * MINUTE;

/**
 * Begins to be a user. Whether the address has an account already is looked up by the job and said only by mail to its owner: the
 * visitor gets the same answer from the same work.
 */
export async function signUp(ctx: AppContext, input: SignUpInput, repeat: Repeat | null = null): Promise<string> {
  const { name, email, timeZone, currency, invited } = input;
  await requireGoodPassword(ctx, input.password, input);
  return once(ctx, `sign-up:${email}`, repeat, async () => {
    await permitMail(ctx, email);
    const id = ctx.ids.secret();
    const now = ctx.clock.now();
    const family = invited ? null : { name: input.familyName ?? name, currency };
    const job = planJob(ctx, "mail-sign-up", { signUpId: id });
    await commit(ctx.db, [
      ...claimRepeat(ctx, `sign-up:${email}`, repeat, id),
      insertSignUp(ctx.db, { id, email, name, timeZone, family, passwordHash: await hashPassword(input.password), expiresAt: now + SIGN_UP_LIFE, createdAt: now }),
      job.write,
    ]);
    await ctx.jobs.ring([job.id]);
    return id;
  });
}
