import { accessOf, type ChildAccessRow } from "#db/child-access.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import type { Capacity } from "../consent/access.ts";
import { noteReading } from "../consent/note-look.server.ts";
import type { DataType } from "../consent/rules.ts";
import { authorizeRead } from "../policy.ts";

export type OpenChild = { id: string; name: string; timeZone: string; as: Capacity["as"] };

/** The child whose data of this kind the actor asks for, judged from the row of `selectChildAccess`; the look is written down. */
export function openChild(ctx: AppContext, actor: Actor, row: ChildAccessRow | undefined, dataType: DataType): OpenChild {
  const capacity = authorizeRead(actor, accessOf(row, actor, ctx.clock.now()), dataType);
  noteReading(ctx, actor, row!.childId, capacity, dataType);
  return { id: row!.childId, name: row!.name, timeZone: row!.timeZone, as: capacity.as };
}
