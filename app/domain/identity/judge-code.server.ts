import { selectSentCode, spendSentCode, type SentCode } from "#db/code-factors.ts";
import { broke } from "#db/errors.ts";
import type { Write } from "#db/client.ts";
import { selectBackupCode, spendBackupCode, spendTotpStep } from "#db/second-factors.ts";
import type { AppContext } from "../../context.ts";
import { DomainError } from "../errors.ts";
import { backupCodeHash } from "./make-backup-codes.server.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { sentCodeHash } from "./plan-code.server.ts";
import { stepOfCode } from "./totp.ts";

type TotpFactor = { sealedSecret: string; lastStep: number };
/** A code that was right. Its writes use it up and break the batch they stand in if somebody else was faster. */
type UsedCode = { method: "totp" | "backup_code" | "sms_code" | "email_code"; writes: Write[] };
/** What a typed code may be. */
type Candidates = { totp: TotpFactor | null; backup: { usedAt: number | null } | undefined; sent?: SentCode | undefined };

const wrongCode = () => new DomainError("unauthenticated", "wrong_code", { fields: [{ path: "code", message: "wrong_code" }] });

/** A guess at a code: of the authenticator app, a backup code, or one that was sent. `look` stands in the caller's batch: the guess is counted before it is judged. */
export async function guessCode(ctx: AppContext, userId: string, code: string) {
  const guess = limitedTry(ctx, LIMITS.code, userId);
  const backupHash = await backupCodeHash(ctx, userId, code);
  return {
    look: [guess.count, selectBackupCode(ctx.db, userId, backupHash)] as const,
    /** Throws rate_limited or unauthenticated. */
    async judge(counted: unknown[], { totp, backup, sent }: Candidates): Promise<UsedCode> {
      guess.permit(counted);
      const step = totp && stepOfCode(await ctx.vault.open(totp.sealedSecret), code.replace(/\s/g, ""), ctx.clock.now());
      if (totp && step !== null && step > totp.lastStep) return { method: "totp", writes: [spendTotpStep(ctx.db, userId, step), guess.giveBack] };
      if (sent && sent.codeHash === (await sentCodeHash(ctx, sent.id, code))) return { method: `${sent.channel}_code`, writes: [spendSentCode(ctx.db, userId, sent.id, ctx.clock.now()), guess.giveBack] };
      if (backup?.usedAt === null) return { method: "backup_code", writes: [spendBackupCode(ctx.db, userId, backupHash, ctx.clock.now()), guess.giveBack] };
      throw wrongCode();
    },
  };
}

/** At sign-in, where every kind of code is good. */
export async function judgeCode(ctx: AppContext, userId: string, totp: TotpFactor | null, code: string): Promise<UsedCode> {
  const guess = await guessCode(ctx, userId, code);
  const [counted, [backup], [sent]] = await ctx.db.batch([...guess.look, selectSentCode(ctx.db, userId, "sign_in", ctx.clock.now())]);
  return guess.judge(counted, { totp, backup, sent });
}

const TAKEN = ["NOT NULL totp_factors.last_step", "NOT NULL backup_codes.code_hash", "NOT NULL sent_codes.code_hash", "NOT NULL sessions.token_hash"];

/** Commits what a code opens. Throws unauthenticated when the same code opened something at the same instant. */
export async function withCode<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw broke(error, ...TAKEN) ? wrongCode() : error;
  }
}
