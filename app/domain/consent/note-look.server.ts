import { countLooks } from "#db/access-log.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { HOUR } from "../clock.ts";
import type { Capacity } from "./access.ts";
import type { DataType } from "./rules.ts";

type LookedAt = { childId: string; capacity: Capacity["as"]; schoolId?: string | null; /** Kinds of data that the answer really held. */ dataTypes: DataType[] };

/** Writes down, once the answer is out, who looked at what of the child, so that its guardians can see it. A child's look at itself is none. */
export function noteLook(ctx: AppContext, actor: Pick<Actor, "userId" | "viewedBy">, { childId, capacity, schoolId = null, dataTypes }: LookedAt): void {
  if (capacity === "self" && !actor.viewedBy) return;
  if (dataTypes.length === 0) return;
  const now = ctx.clock.now();
  const looker = actor.viewedBy ? { viewerId: actor.viewedBy.userId, capacity: "view_as" } : { viewerId: actor.userId, capacity };
  const looks = [...new Set(dataTypes)].map((dataType) => ({ childId, dataType, ...looker, schoolId, hourStartsAt: now - (now % HOUR), lastAt: now }));
  // A look that cannot be written must not take the answer away: it has been given.
  ctx.afterAnswer(() => countLooks(ctx.db, looks).run().catch((error: unknown) => ctx.log("look.not_noted", { error: String(error) })));
}

/** The same in the capacity that opened it. */
export const noteReading = (ctx: AppContext, actor: Actor, childId: string, capacity: Capacity, dataType: DataType): void =>
  noteLook(ctx, actor, { childId, capacity: capacity.as, schoolId: "schoolId" in capacity ? capacity.schoolId : null, dataTypes: [dataType] });
