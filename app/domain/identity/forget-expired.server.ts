import { deleteOldMailedSecrets } from "#db/accounts.ts";
import { deleteExpiredCodes } from "#db/code-factors.ts";
import { deleteOldLoginAttempts } from "#db/credentials.ts";
import { deleteExpiredChallenges } from "#db/passkeys.ts";
import { deleteExpiredEmailChanges } from "#db/profiles.ts";
import { deleteExpiredLimits } from "#db/rate-limits.ts";
import { deleteExpiredSessions } from "#db/sessions.ts";
import { deleteExpiredSignUps } from "#db/sign-ups.ts";
import type { AppContext } from "../../context.ts";
import { DAY } from "../clock.ts";

/** As long as somebody may want to look back at who signed in. */
const LOGIN_HISTORY = 365 * DAY;

/** Deletes sessions, challenges, counts, codes, sign-ups and links that have lapsed, and sign-ins of more than a year ago. */
export async function forgetExpired(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  const deleted = await ctx.db.batch([
    deleteExpiredSessions(ctx.db, now), deleteExpiredChallenges(ctx.db, now), deleteExpiredLimits(ctx.db, now), deleteExpiredSignUps(ctx.db, now), deleteExpiredEmailChanges(ctx.db, now), deleteExpiredCodes(ctx.db, now),
    deleteOldMailedSecrets(ctx.db, now), deleteOldLoginAttempts(ctx.db, now - LOGIN_HISTORY),
  ]);
  return deleted.reduce((sum, { meta }) => sum + meta.changes, 0);
}
