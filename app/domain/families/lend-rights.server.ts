import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import { closeLapsed, selectAdultOfSharedFamily, selectGuardianship } from "#db/guardianships.ts";
import { insertLent } from "#db/lent-rights.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { requireStepUp } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import { guardianshipNews } from "./guardianship-news.server.ts";
import type { LendInput } from "./inputs.ts";
import { isPartOf } from "./presets.ts";
import { FAR_AHEAD, requireDates } from "./rules.ts";

/**
 * Lends some of one's own rights over a child to another adult of the family, for a time. They end by themselves, with the lender's own, or
 * when somebody ends them, and cannot be lent on. Throws conflict `already_guardian`, `not_yours_to_lend`.
 */
export async function lendRights(ctx: AppContext, actor: Actor, ownId: string, { rights, ...input }: LendInput, repeat: Repeat | null = null): Promise<string> {
  const now = ctx.clock.now();
  const [[own], [adult]] = await ctx.db.batch([selectGuardianship(ctx.db, actor.userId, ownId, now), selectAdultOfSharedFamily(ctx.db, actor.userId, ownId, input.guardianId, now)]);
  const ward = own && wardOf(actor, own.guardianship.childId);
  if (!own || !ward) throw notFound();
  if (own.guardianship.guardianId !== actor.userId) throw new DomainError("forbidden");
  requireStepUp(actor, now);
  if (!adult) throw invalid("guardianId", "adult_unknown");
  const { childId } = ward;
  const { startsAt = now, endsAt } = input;
  requireDates({ startsAt, endsAt }, now);
  if (endsAt > startsAt + FAR_AHEAD || (own.guardianship.endsAt !== null && endsAt > own.guardianship.endsAt)) throw invalid("endsAt", "lent_too_long");
  if (!isPartOf(rights, own.guardianship)) throw invalid("rights", "not_yours_to_lend");
  return once(ctx, actor.userId, repeat, async () => {
    const id = ctx.ids.make("gua");
    const news = guardianshipNews(ctx, actor, [input.guardianId, ...(own.primaryId ? [own.primaryId] : [])], { id: childId, name: ward.name });
    await commit(ctx.db, [
      ...claimRepeat(ctx, actor.userId, repeat, id),
      closeLapsed(ctx.db, input.guardianId, childId, now),
      insertLent(ctx.db, { id, guardianId: input.guardianId, childId, relationship: input.relationship, ...rights, contactPriority: 20, startsAt, endsAt, delegatedBy: actor.userId, createdAt: now }, now),
      bumpRules(ctx.db, childId),
      record(ctx, actor, { action: "guardianship.lent", subjectId: id, childId, details: { guardianId: input.guardianId, rights, startsAt, endsAt } }),
      ...news.writes,
    ]).catch(overtaken(() => new DomainError("conflict", "already_guardian"), "UNIQUE guardianships.guardian_id"))
      .catch(overtaken(() => new DomainError("conflict", "not_yours_to_lend"), "NOT NULL guardianships.relationship"));
    await ctx.jobs.ring(news.jobIds);
    return id;
  });
}
