import { commit } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import { planJob } from "../jobs.server.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS, networkOf } from "./limits.ts";

/** Asks for a link to a new password. Whether anybody has that address is looked up by the job: here nothing can tell. */
export async function requestPasswordReset(ctx: AppContext, email: string): Promise<void> {
  await permitMail(ctx, email);
  const job = planJob(ctx, "mail-password-reset", { email });
  await commit(ctx.db, [job.write]);
  await ctx.jobs.ring([job.id]);
}

/** Counts a mail that a stranger causes. Throws rate_limited, the same for every address. */
export async function permitMail(ctx: AppContext, email: string): Promise<void> {
  const to = limitedTry(ctx, LIMITS.mailTo, email);
  const from = limitedTry(ctx, LIMITS.mailFrom, networkOf(ctx.visit.address));
  const [sent, asked] = await ctx.db.batch([to.count, from.count]);
  to.permit(sent);
  from.permit(asked);
}
