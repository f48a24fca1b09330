import { deleteCodeFactor, enableCodeFactor, putPendingCodeFactor, selectCodeFactors, selectSentCode, spendSentCode, type CodeChannel } from "#db/code-factors.ts";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { deleteUnguardedBackupCodes, replaceBackupCodes, selectFactorStatus } from "#db/second-factors.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, invalid } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { announceChange } from "./announce-change.server.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { newBackupCodes } from "./make-backup-codes.server.ts";
import { requireAdult } from "./require-adult.ts";
import { planCode, sentCodeHash } from "./plan-code.server.ts";

const enabledAlready = () => new DomainError("conflict", "code_factor_enabled_already");

/** Sends the first code to an address, for e-mail the account's own unless another is named. It counts for nothing until that code is shown. */
export async function setUpCodeFactor(ctx: AppContext, actor: Actor, channel: CodeChannel, wanted?: string): Promise<void> {
  requireAdult(actor);
  requireStepUp(actor, ctx.clock.now());
  const address = wanted ?? (channel === "email" ? actor.email : null);
  if (!address) throw invalid("address", channel === "sms" ? "phone_missing" : "email_missing");
  const [forPerson, toAddress] = [limitedTry(ctx, LIMITS.codesFor, actor.userId), limitedTry(ctx, LIMITS.codesTo, address)];
  const [asked, sent, factors] = await ctx.db.batch([forPerson.count, toAddress.count, selectCodeFactors(ctx.db, actor.userId)]);
  forPerson.permit(asked);
  toAddress.permit(sent);
  if (factors.some((factor) => factor.channel === channel && factor.verifiedAt !== null)) throw enabledAlready();
  const code = await planCode(ctx, actor.userId, channel, "set_up");
  await commit(ctx.db, [putPendingCodeFactor(ctx.db, { userId: actor.userId, channel, address, createdAt: ctx.clock.now() }), ...code.writes]);
  await ctx.jobs.ring([code.jobId]);
}

/** The first code once more, to the address that was named. */
export async function resendFirstCode(ctx: AppContext, actor: Actor, channel: CodeChannel): Promise<void> {
  requireAdult(actor);
  const pending = (await selectCodeFactors(ctx.db, actor.userId)).find((factor) => factor.channel === channel);
  if (!pending) throw new DomainError("conflict", "code_factor_not_started");
  await setUpCodeFactor(ctx, actor, channel, pending.address);
}

/** Turns the factor on by its first code. Answers backup codes, shown this once, to who had no second factor before. */
export async function enableCodes(ctx: AppContext, actor: Actor, channel: CodeChannel, code: string): Promise<{ backupCodes: string[] }> {
  requireAdult(actor);
  requireStepUp(actor, ctx.clock.now());
  const now = ctx.clock.now();
  const guess = limitedTry(ctx, LIMITS.code, actor.userId);
  const [counted, [sent], [status]] = await ctx.db.batch([guess.count, selectSentCode(ctx.db, actor.userId, "set_up", now), selectFactorStatus(ctx.db, actor.userId)]);
  guess.permit(counted);
  if (sent?.channel !== channel || sent.codeHash !== (await sentCodeHash(ctx, sent.id, code))) throw invalid("code", "wrong_code");
  const fresh = status!.backupCodesLeft ? null : await newBackupCodes(ctx, actor.userId);
  const told = announceChange(ctx, actor, channel === "sms" ? "sms_codes_enabled" : "email_codes_enabled");
  try {
    await commit(ctx.db, [
      spendSentCode(ctx.db, actor.userId, sent.id, now), enableCodeFactor(ctx.db, actor.userId, channel, now), guess.giveBack,
      ...(fresh ? replaceBackupCodes(ctx.db, actor.userId, fresh.hashes, now) : []), ...told.writes,
    ]);
  } catch (error) {
    throw broke(error, "NOT NULL sent_codes.code_hash") ? enabledAlready() : error;
  }
  await ctx.jobs.ring(told.jobIds);
  return { backupCodes: fresh?.shown ?? [] };
}

/** Takes the factor away, or an address that was never confirmed. Backup codes go with the last factor. */
export async function disableCodes(ctx: AppContext, actor: Actor, channel: CodeChannel): Promise<void> {
  requireStepUp(actor, ctx.clock.now());
  const known = (await selectCodeFactors(ctx.db, actor.userId)).find((factor) => factor.channel === channel);
  if (!known) return;
  const told = known.verifiedAt === null ? { writes: [], jobIds: [] } : announceChange(ctx, actor, channel === "sms" ? "sms_codes_disabled" : "email_codes_disabled");
  await commit(ctx.db, [deleteCodeFactor(ctx.db, actor.userId, channel), deleteUnguardedBackupCodes(ctx.db, actor.userId), ...told.writes]);
  await ctx.jobs.ring(told.jobIds);
}
