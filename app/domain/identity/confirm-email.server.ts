import { followEmail } from "#db/code-factors.ts";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { selectEmailChange, takeEmail } from "#db/profiles.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { invalid } from "../errors.ts";
import { planJob } from "../jobs.server.ts";
import { announceChange } from "./announce-change.server.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { emailChangeCodeHash } from "./mail-email-change.server.ts";

/** The new address counts for who knows the code that was mailed there. The old one is told. */
export async function confirmEmail(ctx: AppContext, actor: Actor, code: string): Promise<void> {
  const now = ctx.clock.now();
  const { userId } = actor;
  const guess = limitedTry(ctx, LIMITS.mailedCode, `email-change:${userId}`);
  const [counted, [change]] = await ctx.db.batch([guess.count, selectEmailChange(ctx.db, userId, now)]);
  guess.permit(counted);
  const codeHash = await emailChangeCodeHash(ctx, userId, code.replace(/\s/g, ""));
  if (!change) throw invalid("code", "email_change_lapsed");
  if (change.codeHash !== codeHash) throw invalid("code", "wrong_code");
  const told = announceChange(ctx, actor, "email_changed");
  const goodbye = change.email === null ? null : planJob(ctx, "mail-old-address", { email: change.email, name: change.name, locale: change.locale, key: ctx.ids.make("mail") });
  try {
    await commit(ctx.db, [
      ...takeEmail(ctx.db, { userId, email: change.newEmail, codeHash, now }),
      ...followEmail(ctx.db, { userId, from: change.email, to: change.newEmail, now }),
      ...told.writes,
      ...(goodbye ? [goodbye.write] : []),
    ]);
  } catch (error) {
    throw broke(error, "UNIQUE users.email", "NOT NULL users.name") ? invalid("code", "email_change_lapsed") : error;
  }
  await ctx.jobs.ring([...told.jobIds, ...(goodbye ? [goodbye.id] : [])]);
}
