import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { deleteTotp, deleteUnguardedBackupCodes, enableTotp as enable, putPendingTotp, replaceBackupCodes, selectTotp } from "#db/second-factors.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, invalid } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { announceChange } from "./announce-change.server.ts";
import { newBackupCodes } from "./make-backup-codes.server.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { requireAdult } from "./require-adult.ts";
import { newTotpSecret, stepOfCode, totpUri } from "./totp.ts";

const enabledAlready = () => new DomainError("conflict", "totp_enabled_already");

/** A secret for the authenticator app. It counts for nothing until its first code is shown. */
export async function setUpTotp(ctx: AppContext, actor: Actor): Promise<{ secret: string; uri: string }> {
  requireAdult(actor);
  requireStepUp(actor, ctx.clock.now());
  if (actor.factors.totp) throw enabledAlready();
  const secret = newTotpSecret(ctx.ids.secret());
  await commit(ctx.db, [putPendingTotp(ctx.db, actor.userId, await ctx.vault.seal(secret))]);
  return { secret, uri: totpUri(secret, actor.email ?? actor.name) };
}

/** Turns the second factor on by its first code. Answers the backup codes, which are shown this once. */
export async function enableTotp(ctx: AppContext, actor: Actor, code: string): Promise<{ backupCodes: string[] }> {
  requireAdult(actor);
  requireStepUp(actor, ctx.clock.now());
  const guess = limitedTry(ctx, LIMITS.code, actor.userId);
  const [counted, [pending]] = await ctx.db.batch([guess.count, selectTotp(ctx.db, actor.userId)]);
  guess.permit(counted);
  if (!pending) throw new DomainError("conflict", "totp_not_started");
  if (pending.enabledAt !== null) throw enabledAlready();
  const now = ctx.clock.now();
  const step = stepOfCode(await ctx.vault.open(pending.sealedSecret), code.replace(/\s/g, ""), now);
  if (step === null) throw invalid("code", "wrong_code");
  const codes = await newBackupCodes(ctx, actor.userId);
  const told = announceChange(ctx, actor, "totp_enabled");
  try {
    await commit(ctx.db, [enable(ctx.db, actor.userId, step, now), guess.giveBack, ...replaceBackupCodes(ctx.db, actor.userId, codes.hashes, now), ...told.writes]);
  } catch (error) {
    throw broke(error, "NOT NULL totp_factors.last_step") ? enabledAlready() : error;
  }
  await ctx.jobs.ring(told.jobIds);
  return { backupCodes: codes.shown };
}

export async function disableTotp(ctx: AppContext, actor: Actor): Promise<void> {
  requireStepUp(actor, ctx.clock.now());
  if (!actor.factors.totp) return;
  const told = announceChange(ctx, actor, "totp_disabled");
  await commit(ctx.db, [deleteTotp(ctx.db, actor.userId), deleteUnguardedBackupCodes(ctx.db, actor.userId), ...told.writes]);
  await ctx.jobs.ring(told.jobIds);
}
