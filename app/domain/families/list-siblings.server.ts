import { selectSiblings, type Child } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { authorize } from "../policy.ts";

/** The child's siblings, as far as the asking guardian is theirs too. */
export async function listSiblings(ctx: AppContext, actor: Actor, childId: string): Promise<Child[]> {
  authorize(actor, "child:view", childId);
  return selectSiblings(ctx.db, actor.userId, ctx.clock.now(), childId);
}
