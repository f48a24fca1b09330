import { commit } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import { planJob, type JobPayloads } from "../jobs.server.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS, networkOf } from "./limits.ts";

/** Asks for a link to a new password. Whether anybody has that address is looked up by the job: here nothing can tell. */
export const requestPasswordReset = (ctx: AppContext, email: string): Promise<void> => requestMail(ctx, "mail-password-reset", email);

/** The code of an address not yet confirmed, once more. */
export const requestSignUpMail = (ctx: AppContext, email: string): Promise<void> => requestMail(ctx, "mail-sign-up", email);

async function requestMail(ctx: AppContext, kind: "mail-password-reset" | "mail-sign-up", email: string): Promise<void> {
  const to = limitedTry(ctx, LIMITS.mailTo, email);
  const from = limitedTry(ctx, LIMITS.mailFrom, networkOf(ctx.visit.address));
  const [sent, asked] = await ctx.db.batch([to.count, from.count]);
  to.permit(sent);
  from.permit(asked);
  const job = planJob(ctx, kind, { email } satisfies JobPayloads[typeof kind]);
  await commit(ctx.db, [job.write]);
  await ctx.jobs.ring([job.id]);
}
