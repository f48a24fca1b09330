import { selectHeadcount } from "#db/people.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { authorize } from "../policy.ts";
import { KINDS, type Kind } from "../schools/roles.ts";

/** Further it is not counted: a large school would pay for it at every visit. */
export const COUNTED = 1000;

/** How many people of each kind the school has. */
export async function loadAdminHome(ctx: AppContext, actor: Actor, schoolId: string): Promise<Record<Kind, number>> {
  authorize(actor, "school:administer", schoolId);
  const counts = await ctx.db.batch(KINDS.map((kind) => selectHeadcount(ctx.db, schoolId, kind, COUNTED)) as [ReturnType<typeof selectHeadcount>, ...ReturnType<typeof selectHeadcount>[]]);
  return Object.fromEntries(KINDS.map((kind, at) => [kind, counts[at]![0]!.count])) as Record<Kind, number>;
}
