import { insertDelivery } from "#db/deliveries.ts";
import { notePachcaProblem, selectPachcaNotice, takePachcaTurn, type PachcaNotice } from "#db/integrations.ts";
import type { AppContext } from "../../context.ts";
import { excerptOf } from "../chat/rules.ts";
import { PoisonJob, RetryAt } from "../job-retries.ts";
import { noticeOf } from "./words.ts";

/** About four a second. */
const PACE = 250;
/** After one second, two, four. */
const RETRIES = 3;
/** So that not all who wait come back at once. */
const jitter = (ctx: AppContext) => Number(ctx.ids.digits(3)) >> 2;

type Notice = { conversationId: string; seq: number };

/**
 * One notice in the school's channel. By itself it says of which subject, and where to read it: who wrote what goes outside only where the child's family lets it.
 * Throws when it is to be tried again, and as poison when never.
 */
export async function postToPachca(ctx: AppContext, { conversationId, seq }: Notice, attempt: number): Promise<void> {
  const now = ctx.clock.now();
  const [[notice]] = await ctx.db.batch([selectPachcaNotice(ctx.db, conversationId, now)]);
  if (!notice) return;
  // Somebody else's turn: that was no attempt.
  if (!(await takePachcaTurn(ctx.db, notice.schoolId, now, now + PACE))) throw new RetryAt("paced", now + PACE + jitter(ctx), false);
  const content = await contentOf(ctx, notice, conversationId, seq);
  if (content === null) return;
  const answer = await ctx.pachca.post({ token: await ctx.vault.open(notice.sealedToken), channelId: notice.channelId, content });
  if (answer.taken) {
    await insertDelivery(ctx.db, { id: `dlv_pachca_${conversationId}_${seq}`, channel: "pachca", attempts: attempt, at: ctx.clock.now() });
    await notePachcaProblem(ctx.db, notice.schoolId, null);
    return;
  }
  const problem = answer.status === null ? "Pachca cannot be reached" : `Pachca answered ${answer.status}`;
  await notePachcaProblem(ctx.db, notice.schoolId, problem);
  if (answer.again === "no" || attempt > RETRIES) {
    await insertDelivery(ctx.db, { id: `dlv_pachca_${conversationId}_${seq}`, channel: "pachca", outcome: "failed", attempts: attempt, problem, at: ctx.clock.now() });
    throw new PoisonJob(problem);
  }
  throw new RetryAt(problem, ctx.clock.now() + Math.max(answer.afterMs, 2 ** (attempt - 1) * 1000) + jitter(ctx));
}

async function contentOf(ctx: AppContext, notice: PachcaNotice, conversationId: string, seq: number): Promise<string | null> {
  const link = `${ctx.settings.origin}/messages/${conversationId}`;
  if (!notice.contentOpen) return noticeOf(notice, link);
  const message = await ctx.rooms.find(conversationId, { seq, readsFrom: 0 });
  return message && message.deletedAt === null ? noticeOf(notice, link, { sender: message.senderName, text: excerptOf(message.text) }) : null;
}
