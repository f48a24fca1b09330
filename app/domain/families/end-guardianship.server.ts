import { commit } from "#db/client.ts";
import { bumpRules, retireControl } from "#db/decisions.ts";
import { endLent } from "#db/lent-rights.ts";
import { endGuardianship as endIt, findGuardianship, type Guardianship } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import { guardianshipNews } from "./guardianship-news.server.ts";

/**
 * Ends one's own guardianship, rights that one lent, or as primary guardian another's; their budget rule and what they lent go with it. The primary one is handed over first.
 * Throws conflict `primary_hands_over`, `last_guardian`.
 */
export async function endGuardianship(ctx: AppContext, actor: Actor, id: string): Promise<Guardianship> {
  const now = ctx.clock.now();
  const guardianship = await findGuardianship(ctx.db, actor.userId, id, now);
  if (!guardianship) throw notFound();
  const { childId, guardianId } = guardianship;
  if (guardianId !== actor.userId && guardianship.delegatedBy !== actor.userId) authorize(actor, "guardianship:manage", childId);
  requireStepUp(actor, now);
  if (!guardianship.active) throw new DomainError("conflict", "guardianship_over");
  if (guardianship.isPrimary) throw new DomainError("conflict", "primary_hands_over");
  const news = guardianshipNews(ctx, actor, [guardianId, ...(guardianship.primaryId ? [guardianship.primaryId] : [])], { id: childId, name: guardianship.childName });
  await commit(ctx.db, [
    endIt(ctx.db, { id, childId, now }, actor.userId),
    endLent(ctx.db, guardianId, childId, now, now),
    retireControl(ctx.db, childId, guardianId, now),
    bumpRules(ctx.db, childId),
    record(ctx, actor, { action: "guardianship.ended", subjectId: id, childId, details: { guardianId } }),
    ...news.writes,
  ]).catch(overtaken(() => new DomainError("conflict", "last_guardian"), "NOT NULL guardianships.active"));
  await ctx.jobs.ring(news.jobIds);
  return { ...guardianship, active: false, endsAt: now };
}
