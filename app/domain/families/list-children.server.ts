import { listWards, type Child } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { byId, pageOf, type Page, type Paging } from "../paging.ts";

/** All my children, across families and schools. */
export async function listChildren(ctx: AppContext, actor: Actor, { limit, cursor }: Paging): Promise<Page<Child>> {
  return pageOf(await listWards(ctx.db, actor.userId, ctx.clock.now(), { after: cursor, limit: limit + 1 }), limit, byId);
}
