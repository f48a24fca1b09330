import { listWards, type Child } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";

/** All my children, across families and schools. */
export async function listChildren(ctx: AppContext, actor: Actor, { limit, cursor }: { limit: number; cursor?: string }): Promise<{ items: Child[]; nextCursor: string | null }> {
  const found = await listWards(ctx.db, actor.userId, ctx.clock.now(), { after: cursor, limit: limit + 1 });
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null };
}
