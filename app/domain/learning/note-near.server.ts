import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { noteLook } from "../consent/note-look.server.ts";
import type { DataType } from "../consent/rules.ts";

/** Writes down that what was given to these children was read, with how far they are. */
export function noteNear(ctx: AppContext, actor: Actor, near: { id: string }[], dataType: DataType): void {
  for (const { id } of near) noteLook(ctx, actor, { childId: id, capacity: id === actor.userId ? "self" : wardOf(actor, id) ? "guardian" : "tutor", dataTypes: [dataType] });
}
