import { deleteLimit, putPassword, selectMailedSecret, spendMailedSecret } from "#db/accounts.ts";
import { commit } from "#db/client.ts";
import { deleteCodeFactors } from "#db/code-factors.ts";
import { broke } from "#db/errors.ts";
import { deletePasskeys } from "#db/passkeys.ts";
import { finishRecovery as finish, insertRecovery, makeRoomForRecovery, selectCircle, selectRecoveryBySecret } from "#db/recoveries.ts";
import { deleteBackupCodes, deleteTotp } from "#db/second-factors.ts";
import { deleteSessions } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import { announceChange } from "./announce-change.server.ts";
import { LIMITS, limitKey } from "./limits.ts";
import { hashPassword } from "./password-hash.server.ts";
import { recoveryState, TIME_TO_FINISH, WAIT_TO_OBJECT } from "./recovery.ts";
import { requireGoodPassword } from "./require-good-password.server.ts";
import { hashToken } from "./sessions.ts";
import { tellBegun } from "./tell-recovery.server.ts";

/** Six figures that the asker tells the other guardian. Made from the secret, so that there are some whether or not anybody has that address. */
export async function spokenCode(ctx: AppContext, secretHash: string): Promise<string> {
  const digest = new TextEncoder().encode(await ctx.vault.digest(`spoken:${secretHash}`));
  return String(digest.reduce((sum, byte) => (sum * 257 + byte) % 1_000_000, 0)).padStart(6, "0");
}

/**
 * How far the holder of the secret has come. `waiting` is also said of a secret that means nothing, of an address that nobody has, and of
 * what was called off or has lapsed: a stranger learns nothing. `mailed`: the link of a mail, good to begin the waiting time.
 */
export async function findOwnRecovery(ctx: AppContext, secret: string) {
  const [secretHash, now] = [await hashToken(secret), ctx.clock.now()];
  const [[found], [mailed]] = await ctx.db.batch([selectRecoveryBySecret(ctx.db, secretHash), selectMailedSecret(ctx.db, "recover_account", secretHash, now)]);
  const state = found ? recoveryState(found.recovery, now) : "over";
  const code = await spokenCode(ctx, secretHash);
  if (found && (state === "cooling" || state === "ready")) return { state, readyAt: found.recovery.readyAt, code } as const;
  return { state: mailed ? "mailed" : "waiting", readyAt: null, code } as const;
}

/** Begins the waiting time by a mailed link: no word is needed from who reads the owner's mail, but everybody has the same 48 hours to object. */
export async function startRecovery(ctx: AppContext, secret: string): Promise<void> {
  const [secretHash, now] = [await hashToken(secret), ctx.clock.now()];
  const [link] = await selectMailedSecret(ctx.db, "recover_account", secretHash, now);
  if (!link) throw invalid("token", "link_lapsed");
  const id = ctx.ids.make("rec");
  const readyAt = now + WAIT_TO_OBJECT;
  const told = tellBegun(ctx, { id, userId: link.userId, personName: link.name, readyAt }, await selectCircle(ctx.db, link.userId, now));
  try {
    await commit(ctx.db, [
      ...spendMailedSecret(ctx.db, link.userId, link.secretId, "recover_account", now),
      makeRoomForRecovery(ctx.db, link.userId, now),
      insertRecovery(ctx.db, { id, userId: link.userId, secretHash, status: "vouched", readyAt, expiresAt: readyAt + TIME_TO_FINISH, createdAt: now }),
      record(ctx, null, { action: "recovery.begun", subjectId: link.userId, details: { recoveryId: id, readyAt, by: "mail" } }),
      ...told.writes,
    ]);
  } catch (error) {
    if (broke(error, "NOT NULL mailed_secrets.secret_hash")) throw invalid("token", "link_lapsed");
    throw broke(error, "UNIQUE recoveries.user_id") ? new DomainError("conflict", "recovery_under_way") : error;
  }
  await ctx.jobs.ring(told.jobIds);
}

/** A new password for the holder of the secret, once, after the waiting time. Every factor, passkey, token and session goes; the guardians are told. */
export async function finishRecovery(ctx: AppContext, secret: string, password: string): Promise<void> {
  const now = ctx.clock.now();
  const [found] = await selectRecoveryBySecret(ctx.db, await hashToken(secret));
  if (!found || recoveryState(found.recovery, now) !== "ready") throw notReady();
  const { recovery: { id, userId, voucherId }, personName, email } = found;
  await requireGoodPassword(ctx, password, { name: personName, email });
  const circle = await selectCircle(ctx.db, userId, now);
  const told = announceChange(ctx, { userId }, "account_recovered");
  const news = notify(ctx, circle.map((one) => one.userId), { type: "recovery.done", facts: { person: personName }, path: "/inbox", cause: `${id}.done`, severity: "attention" });
  try {
    await commit(ctx.db, [
      finish(ctx.db, id, now),
      putPassword(ctx.db, userId, { kind: "password", hash: await hashPassword(password), changedAt: now }),
      deleteTotp(ctx.db, userId), deleteCodeFactors(ctx.db, userId), deleteBackupCodes(ctx.db, userId), deletePasskeys(ctx.db, userId), deleteSessions(ctx.db, userId),
      deleteLimit(ctx.db, limitKey(LIMITS.signIn, email ?? "")),
      record(ctx, null, { action: "recovery.done", subjectId: userId, details: { recoveryId: id, voucherId } }),
      ...told.writes, ...news.writes,
    ]);
  } catch (error) {
    throw broke(error, "NOT NULL recoveries.status") ? notReady() : error;
  }
  await ctx.jobs.ring([...told.jobIds, ...news.jobIds]);
}

const notReady = () => invalid("token", "recovery_not_ready");
