import { commit } from "#db/client.ts";
import { closeDigest, failDigest, gatherDigests, listDigestsDue, selectDigest, selectDigestReader } from "#db/deliveries.ts";
import { insertJobs } from "#db/operation.ts";
import { selectPushSubscriptions } from "#db/push-subscriptions.ts";
import type { AppContext } from "../../context.ts";
import type { JobKind, JobPayloads } from "../jobs.server.ts";
import { stillConcerning } from "./concerns.server.ts";
import { nudge } from "./hand.server.ts";
import { digestMailOf } from "./words.ts";

/** People in a run; the rest come with the next. */
const A_RUN = 100;
/** More stands in the inbox. */
const IN_A_DIGEST = 100;

/** Gathers what is due into one digest for each person. Late, doubled or skipped runs change nothing: what is in one digest is in no other. */
export async function gatherDueDigests(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  const userIds = await listDigestsDue(ctx.db, now, A_RUN);
  if (userIds.length === 0) return 0;
  const jobs = userIds.map((userId) => ({ id: ctx.ids.make("job"), kind: "send-digest" satisfies JobKind, payload: { userId, digestAt: now }, availableAt: now, createdAt: now }));
  await commit(ctx.db, [gatherDigests(ctx.db, userIds, now), ...insertJobs(ctx.db, jobs)]);
  await ctx.jobs.ring(jobs.map(({ id }) => id));
  return userIds.length;
}

/** One mail with what was held and is still unread; to whom no mail goes, one push. */
export async function sendDigest(ctx: AppContext, { userId, digestAt }: JobPayloads["send-digest"]): Promise<void> {
  const [[reader], held, browsers] = await ctx.db.batch([selectDigestReader(ctx.db, userId), selectDigest(ctx.db, userId, digestAt, IN_A_DIGEST), selectPushSubscriptions(ctx.db, userId)]);
  const told = reader ? await stillConcerning(ctx, userId, held) : [];
  const send = async (): Promise<string | null> => {
    if (told.length === 0) return null;
    if (reader!.email) return ctx.mail.send({ to: reader!.email, ...digestMailOf(told, reader!, ctx.settings.origin), idempotencyKey: `digest.${userId}.${digestAt}` });
    return nudge(ctx, browsers, false);
  };
  const providerRef = await send();
  await commit(ctx.db, [closeDigest(ctx.db, userId, digestAt, providerRef === null ? [] : told.map(({ id }) => id), providerRef, ctx.clock.now())]);
}

export const giveUpDigest = (ctx: AppContext, { userId, digestAt }: JobPayloads["send-digest"]) => failDigest(ctx.db, userId, digestAt);
