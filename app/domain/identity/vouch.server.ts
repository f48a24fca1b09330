import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { ownerOf, selectCircle, selectRecovery, vouchFor } from "#db/recoveries.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { recoveryState, TIME_TO_FINISH, WAIT_TO_OBJECT } from "./recovery.ts";
import { spokenCode } from "./finish-recovery.server.ts";
import { tellBegun } from "./tell-recovery.server.ts";

/** A recovery as its owner or somebody who may vouch sees it. Throws not_found. */
export async function getRecovery(ctx: AppContext, actor: Actor, id: string) {
  const now = ctx.clock.now();
  const [found] = await selectRecovery(ctx.db, actor.userId, id, now);
  if (!found) throw notFound();
  const { recovery } = found;
  return { id, person: found.personName, own: recovery.userId === actor.userId, state: recoveryState(recovery, now), readyAt: recovery.readyAt, createdAt: recovery.createdAt };
}

/**
 * Another guardian's word that it is really this person who asks, shown by the code that only the asker has seen and says to them. From
 * then on everybody concerned has 48 hours to object.
 */
export async function vouch(ctx: AppContext, actor: Actor, id: string, code: string): Promise<{ readyAt: number }> {
  const now = ctx.clock.now();
  const guess = limitedTry(ctx, LIMITS.code, `vouch:${actor.userId}`);
  const [counted, [found], circle] = await ctx.db.batch([guess.count, selectRecovery(ctx.db, actor.userId, id, now), selectCircle(ctx.db, ownerOf(id), now)]);
  if (!found) throw notFound();
  const { recovery, personName } = found;
  if (recovery.userId === actor.userId) throw new DomainError("forbidden");
  requireStepUp(actor, now);
  guess.permit(counted);
  if (recoveryState(recovery, now) !== "waiting") throw over(recovery.status);
  if (code.replace(/\s/g, "") !== (await spokenCode(ctx, recovery.secretHash))) throw invalid("code", "spoken_code_wrong");
  const readyAt = now + WAIT_TO_OBJECT;
  const told = tellBegun(ctx, { id, userId: recovery.userId, personName, readyAt }, circle);
  try {
    await commit(ctx.db, [
      vouchFor(ctx.db, id, actor.userId, { now, readyAt, expiresAt: readyAt + TIME_TO_FINISH }), guess.giveBack,
      record(ctx, actor, { action: "recovery.vouched", subjectId: recovery.userId, details: { recoveryId: id, readyAt } }),
      ...told.writes,
    ]);
  } catch (error) {
    throw broke(error, "NOT NULL recoveries.status") ? over() : error;
  }
  await ctx.jobs.ring(told.jobIds);
  return { readyAt };
}

const over = (state?: string) => new DomainError("conflict", "recovery_over", { extra: state === undefined ? {} : { state } });
