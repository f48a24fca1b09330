import { findChild, type Child } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { authorize } from "../policy.ts";

export async function getChild(ctx: AppContext, actor: Actor, childId: string): Promise<Child> {
  authorize(actor, "child:view", childId);
  const child = await findChild(ctx.db, actor.userId, ctx.clock.now(), childId);
  if (!child) throw notFound();
  return child;
}
