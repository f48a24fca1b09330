import { putPassword, selectMailedSecret, spendMailedSecret, verifyEmail } from "#db/accounts.ts";
import { broke } from "#db/errors.ts";
import { hasSecondFactor } from "#db/second-factors.ts";
import { deleteSessions } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { invalid } from "../errors.ts";
import { requireGoodSecret } from "./require-good-password.server.ts";
import { hashPassword } from "./password-hash.server.ts";
import { hashToken } from "./sessions.ts";
import { startSession, type SignedIn } from "./start-session.server.ts";

const lapsed = () => invalid("token", "set_up_link_lapsed");

/** Whose account the mailed link opens; null for a link that is used, lapsed or made up. */
export async function findSetUpLink(ctx: AppContext, token: string) {
  return (await selectMailedSecret(ctx.db, "set_up_account", await hashToken(token), ctx.clock.now()))[0] ?? null;
}

/** Takes over the account by the mailed link, once: an own password, a proven address, and signed in. Who has a second factor is still asked for it. */
export async function setUpAccount(ctx: AppContext, token: string, password: string, kind: "browser" | "bearer"): Promise<SignedIn> {
  const link = await findSetUpLink(ctx, token);
  if (!link) throw lapsed();
  await requireGoodSecret(ctx, password, link);
  const now = ctx.clock.now();
  const secured = await hasSecondFactor(ctx.db, link.userId);
  try {
    return await startSession(ctx, link.userId, secured ? "half" : kind, "mailed_link", [
      ...spendMailedSecret(ctx.db, link.userId, link.secretId, "set_up_account", now),
      putPassword(ctx.db, link.userId, { kind: link.kind === "child" ? "pin" : "password", hash: await hashPassword(password), mustChange: false, changedAt: now }),
      deleteSessions(ctx.db, link.userId),
      verifyEmail(ctx.db, link.userId, now),
      record(ctx, link, { action: "user.set_up", subjectId: link.userId }),
    ]);
  } catch (error) {
    throw broke(error, "NOT NULL mailed_secrets.secret_hash") ? lapsed() : error;
  }
}
