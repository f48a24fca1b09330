import { commit } from "#db/client.ts";
import { bumpRules, retireControl } from "#db/decisions.ts";
import { broke } from "#db/errors.ts";
import { findGuardianship, updateGuardianship, type Guardianship } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { guardianshipNews } from "./guardianship-news.server.ts";
import type { ChangeGuardianshipInput } from "./inputs.ts";

/** The primary guardian changes what another (or they themselves) may do, is to the child, or when they are called. Rights need a step-up. */
export async function changeGuardianship(ctx: AppContext, actor: Actor, id: string, input: ChangeGuardianshipInput): Promise<Guardianship> {
  const now = ctx.clock.now();
  const before = await findGuardianship(ctx.db, actor.userId, id, now);
  if (!before) throw notFound();
  authorize(actor, "guardianship:manage", before.childId);
  const { rights, ...rest } = input;
  if (rights) requireStepUp(actor, now);
  const change = Object.fromEntries(Object.entries({ ...rest, ...rights }).filter(([field, value]) => value !== undefined && value !== before[field as keyof Guardianship])) as Partial<Guardianship>;
  if (Object.keys(change).length === 0) return before;
  const old = Object.fromEntries(Object.keys(change).map((field) => [field, before[field as keyof Guardianship]]));
  const news = guardianshipNews(ctx, actor, [before.guardianId], { id: before.childId, name: before.childName });
  try {
    await commit(ctx.db, [
      updateGuardianship(ctx.db, { id, childId: before.childId, primaryId: actor.userId, now }, change),
      ...(rights ? [bumpRules(ctx.db, before.childId)] : []),
      ...(change.canApprovePurchases === false ? [retireControl(ctx.db, before.childId, before.guardianId, now)] : []),
      record(ctx, actor, { action: "guardianship.changed", subjectId: id, childId: before.childId, details: { guardianId: before.guardianId, old, new: change } }),
      ...news.writes,
    ]);
  } catch (error) {
    if (broke(error, "NOT NULL guardianships.active")) throw new DomainError("conflict", "guardianship_over");
    throw error;
  }
  await ctx.jobs.ring(news.jobIds);
  return { ...before, ...change };
}
