import { commit } from "#db/client.ts";
import { hasSecondFactor, replaceBackupCodes } from "#db/second-factors.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { announceChange } from "./announce-change.server.ts";
import { BACKUP_CODES, backupCodeFrom, backupCodeText } from "./backup-codes.ts";

export const backupCodeHash = (ctx: AppContext, userId: string, code: string) => ctx.vault.digest(`backup-code:${userId}:${backupCodeText(code)}`);

export async function newBackupCodes(ctx: AppContext, userId: string): Promise<{ shown: string[]; hashes: string[] }> {
  const shown = Array.from({ length: BACKUP_CODES }, () => backupCodeFrom(ctx.ids.secret()));
  return { shown, hashes: await Promise.all(shown.map((code) => backupCodeHash(ctx, userId, code))) };
}

/** Ten new backup codes, shown this once; the old ones are worth nothing from now on. */
export async function makeBackupCodes(ctx: AppContext, actor: Actor): Promise<{ backupCodes: string[] }> {
  requireStepUp(actor, ctx.clock.now());
  if (!(await hasSecondFactor(ctx.db, actor.userId))) throw new DomainError("conflict", "factor_not_set_up");
  const codes = await newBackupCodes(ctx, actor.userId);
  const told = announceChange(ctx, actor, "backup_codes_made");
  await commit(ctx.db, [...replaceBackupCodes(ctx.db, actor.userId, codes.hashes, ctx.clock.now()), ...told.writes]);
  await ctx.jobs.ring(told.jobIds);
  return { backupCodes: codes.shown };
}
