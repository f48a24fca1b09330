import { putSentCode, type CodeChannel, type CodePurpose } from "#db/code-factors.ts";
import type { Write } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import { MINUTE } from "../clock.ts";
import { planJob } from "../jobs.server.ts";

const CODE_LIFE = 10 * MINUTE;

export const sentCodeHash = (ctx: AppContext, id: string, code: string) => ctx.vault.digest(`sent-code:${id}:${code.replace(/\s/g, "")}`);

/** A fresh code on its way, rows for the caller's batch. Until it is handed over it lies sealed in its job. */
export async function planCode(ctx: AppContext, userId: string, channel: CodeChannel, purpose: CodePurpose): Promise<{ writes: Write[]; jobId: string }> {
  const now = ctx.clock.now();
  const id = ctx.ids.make("code");
  const code = ctx.ids.digits(6);
  const job = planJob(ctx, "send-code", { codeId: id, sealedCode: await ctx.vault.seal(code) });
  return { writes: [...putSentCode(ctx.db, { id, userId, channel, purpose, codeHash: await sentCodeHash(ctx, id, code), expiresAt: now + CODE_LIFE, createdAt: now }), job.write], jobId: job.id };
}
