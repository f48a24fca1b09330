import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { findByEmail } from "#db/accounts.ts";
import { insertRecovery, makeRoomForRecovery, selectCircle } from "#db/recoveries.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { planJob } from "../jobs.server.ts";
import { notify } from "../notifications/notify.server.ts";
import type { AskRecoveryInput } from "./inputs.ts";
import { permitMail, requestPasswordReset } from "./request-mail.server.ts";
import { WAIT_FOR_WORD } from "./recovery.ts";
import { hashToken } from "./sessions.ts";

/**
 * Asks to get back in. `link`: a link to a new password. `factor`: a link that begins the waiting time after which the second factors go
 * too. `vouch`: another guardian is asked; the answer is a secret that only the asker holds. Whether anybody has that address is looked up by
 * the job: here nothing can tell.
 */
export async function askRecovery(ctx: AppContext, { email, way }: AskRecoveryInput): Promise<string | null> {
  if (way === "link") {
    await requestPasswordReset(ctx, email);
    return null;
  }
  await permitMail(ctx, email);
  const secret = ctx.ids.secret();
  const job = way === "vouch" ? planJob(ctx, "begin-recovery", { email, secretHash: await hashToken(secret) }) : planJob(ctx, "mail-recovery-link", { email });
  await commit(ctx.db, [job.write]);
  await ctx.jobs.ring([job.id]);
  return way === "vouch" ? secret : null;
}

/** The job behind `vouch`: a recovery that waits, news to every guardian whose word counts, and to the owner, who can call it off. Twice is once. */
export async function beginRecovery(ctx: AppContext, { email, secretHash }: { email: string; secretHash: string }): Promise<void> {
  const owner = await findByEmail(ctx.db, email);
  if (owner?.status !== "active" || owner.kind !== "adult") return;
  const now = ctx.clock.now();
  const id = ctx.ids.make("rec");
  const vouchers = (await selectCircle(ctx.db, owner.userId, now)).filter((one) => one.mayVouch).map((one) => one.userId);
  const told = notify(ctx, vouchers, { type: "recovery.asked", facts: { person: owner.name }, path: `/recoveries/${id}`, cause: `${id}.asked`, severity: "attention" });
  const mail = planJob(ctx, "tell-recovery", { recoveryId: id, userId: owner.userId });
  try {
    await commit(ctx.db, [
      makeRoomForRecovery(ctx.db, owner.userId, now),
      insertRecovery(ctx.db, { id, userId: owner.userId, secretHash, expiresAt: now + WAIT_FOR_WORD, createdAt: now }),
      record(ctx, null, { action: "recovery.asked", subjectId: owner.userId, details: { recoveryId: id, vouchers } }),
      ...told.writes, mail.write,
    ]);
  } catch (error) {
    // Done by an earlier run, or another recovery is in its waiting time.
    if (broke(error, "UNIQUE recoveries.secret_hash", "UNIQUE recoveries.user_id")) return;
    throw error;
  }
  await ctx.jobs.ring([...told.jobIds, mail.id]);
}
