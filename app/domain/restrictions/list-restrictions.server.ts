import { selectAttempts, selectConcerned, selectRestrictions } from "#db/restrictions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { administered, pupilOf } from "./pupil.server.ts";
import { standingOf } from "./rules.ts";

/** Whom one's own schools keep away from a pupil, their attempts to look all the same, and everybody whom a new restriction could concern. */
export async function listRestrictions(ctx: AppContext, actor: Actor, childId: string) {
  const now = ctx.clock.now();
  const asked = pupilOf(ctx, actor, childId);
  const schoolIds = administered(actor);
  const [pupils, set, tried, people] = await ctx.db.batch([
    asked.select, selectRestrictions(ctx.db, childId, schoolIds), selectAttempts(ctx.db, childId, schoolIds), selectConcerned(ctx.db, childId, schoolIds, now),
  ]);
  return {
    pupil: asked.require(pupils),
    restrictions: set.map(({ restriction, ...names }) => ({ ...restriction, ...names, standing: standingOf(restriction, now) })),
    attempts: tried.map(({ attempt, personName }) => ({ ...attempt, personName })),
    people: people.filter((person) => person.id !== actor.userId),
  };
}
type Listed = Awaited<ReturnType<typeof listRestrictions>>;
export type ListedRestriction = Listed["restrictions"][number];
