import type { Write } from "#db/client.ts";
import { insertCarrying, isMerged } from "#db/merges.ts";
import type { AppContext } from "../../context.ts";

type Merged = { keptId: string; goneId: string };

/** Jobs by which, in every room of the account that goes, what it has read counts as read for the one that is kept. To stand in the merge's batch; the first of them can be rung. */
export function planCarrying(ctx: AppContext, merged: Merged): { write: Write; jobId: string } {
  const id = ctx.ids.make("job");
  return { write: insertCarrying(ctx.db, merged, id, ctx.clock.now()), jobId: `${id}_0` };
}

/** Does nothing after the merge was undone. */
export async function carryPointers(ctx: AppContext, { keptId, goneId, conversationIds }: Merged & { conversationIds: string[] }): Promise<void> {
  if (!(await isMerged(ctx.db, { keptId, goneId }))) return;
  for (const id of conversationIds) await ctx.rooms.carry(id, { from: goneId, to: keptId, at: ctx.clock.now() });
}
