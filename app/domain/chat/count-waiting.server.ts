import { selectCounters } from "#db/counters.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { readRule } from "../consent/access.ts";
import type { Counters } from "./protocol.ts";

/** All that waits for the actor, counted from the truth. */
export async function countWaiting(ctx: AppContext, actor: Actor): Promise<Counters> {
  const [[counters]] = await ctx.db.batch([selectCounters(ctx.db, actor.userId, readRule("assessments"), ctx.clock.now())]);
  return counters!;
}
