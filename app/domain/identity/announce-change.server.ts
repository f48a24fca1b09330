import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { notify } from "../notifications/notify.server.ts";
import type { SecurityChange } from "./changes.ts";

/** The audit event of a change of security settings, and the note to their owner; rows for the batch of the change. */
export function announceChange(ctx: AppContext, person: Pick<Actor, "userId">, what: SecurityChange, subjectId: string = person.userId) {
  const news = notify(ctx, [person.userId], { type: "security.changed", facts: { what }, path: "/settings/security", cause: `${what}.${ctx.ids.make("act")}`, severity: "attention" });
  return { writes: [record(ctx, person, { action: `security.${what}`, subjectId }), ...news.writes], jobIds: news.jobIds };
}
