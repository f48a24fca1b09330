import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notify } from "../notifications/notify.server.ts";

/** Tells those concerned, but not who did it, that the circle round a child has changed. */
export function guardianshipNews(ctx: AppContext, actor: Actor, userIds: string[], child: { id: string; name: string }) {
  return notify(ctx, userIds.filter((userId) => userId !== actor.userId), {
    type: "guardianship.changed", facts: { child: child.name, by: actor.name }, path: "/family/people", cause: ctx.ids.make("circle"), severity: "attention", childId: child.id,
  });
}
