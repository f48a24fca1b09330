import { selectGuardiansOf } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";

/** Who looks after this child now; nobody looks after an adult. */
export async function listParentManagers(ctx: AppContext, actor: Actor): Promise<string[]> {
  if (actor.kind === "adult") return [];
  return (await selectGuardiansOf(ctx.db, actor.userId, ctx.clock.now())).map((guardian) => guardian.guardianId);
}
