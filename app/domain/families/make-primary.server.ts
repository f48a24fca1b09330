import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import { findGuardianship, movePrimary, type Guardianship } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import { guardianshipNews } from "./guardianship-news.server.ts";

/** Hands being the primary guardian over to another guardian of the child, in one write: there is never a moment with two. */
export async function makePrimary(ctx: AppContext, actor: Actor, id: string): Promise<Guardianship> {
  const now = ctx.clock.now();
  const guardianship = await findGuardianship(ctx.db, actor.userId, id, now);
  if (!guardianship) throw notFound();
  const { childId, guardianId } = guardianship;
  authorize(actor, "guardianship:manage", childId);
  requireStepUp(actor, now);
  if (guardianship.isPrimary) return guardianship;
  const news = guardianshipNews(ctx, actor, [guardianId], { id: childId, name: guardianship.childName });
  await commit(ctx.db, [
    ...movePrimary(ctx.db, { id, childId, primaryId: actor.userId, now }),
    bumpRules(ctx.db, childId),
    record(ctx, actor, { action: "guardianship.made_primary", subjectId: id, childId, details: { from: actor.userId, to: guardianId } }),
    ...news.writes,
  ]).catch(overtaken(() => new DomainError("conflict", "primary_moved"), "NOT NULL guardianships.is_primary"));
  await ctx.jobs.ring(news.jobIds);
  return { ...guardianship, isPrimary: true };
}
