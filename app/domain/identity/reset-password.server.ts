import { deleteLimit, putPassword, selectMailedSecret, spendMailedSecret, verifyEmail } from "#db/accounts.ts";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { deleteSessions } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import { invalid } from "../errors.ts";
import { announceChange } from "./announce-change.server.ts";
import { LIMITS, limitKey } from "./limits.ts";
import { hashPassword } from "./password-hash.server.ts";
import { requireGoodPassword } from "./require-good-password.server.ts";
import { hashToken } from "./sessions.ts";

const lapsed = () => invalid("token", "link_lapsed");

/** Whose password the mailed link renews; null for a link that is used, lapsed or made up. */
export async function findResetLink(ctx: AppContext, token: string) {
  return (await selectMailedSecret(ctx.db, "reset_password", await hashToken(token), ctx.clock.now()))[0] ?? null;
}

/** A new password by a mailed link, once. Every session ends, a lock on the name is lifted, and the address counts as confirmed. */
export async function resetPassword(ctx: AppContext, token: string, password: string): Promise<void> {
  const link = await findResetLink(ctx, token);
  if (!link) throw lapsed();
  await requireGoodPassword(ctx, password, link);
  const now = ctx.clock.now();
  const told = announceChange(ctx, link, "password_reset");
  try {
    await commit(ctx.db, [
      ...spendMailedSecret(ctx.db, link.userId, link.secretId, "reset_password", now),
      putPassword(ctx.db, link.userId, { kind: "password", hash: await hashPassword(password), changedAt: now }),
      deleteSessions(ctx.db, link.userId),
      verifyEmail(ctx.db, link.userId, now),
      deleteLimit(ctx.db, limitKey(LIMITS.signIn, link.email)),
      ...told.writes,
    ]);
  } catch (error) {
    throw broke(error, "NOT NULL mailed_secrets.secret_hash") ? lapsed() : error;
  }
  await ctx.jobs.ring(told.jobIds);
}
