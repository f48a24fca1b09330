import { commit } from "#db/client.ts";
import { listViewable, setView } from "#db/view-as.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { MINUTE } from "../clock.ts";
import { noteLook } from "../consent/note-look.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { requireStepUp } from "../policy.ts";

export const VIEW_LIFE = 30 * MINUTE;

/** Through whose eyes one could look, and at which children. Throws not_found for anybody who is no guardian of a child that is one's own as primary guardian, or one's school's. */
export async function findView(ctx: AppContext, actor: Actor, personId: string): Promise<{ name: string; children: { id: string; name: string }[] }> {
  const found = personId === actor.userId ? [] : await listViewable(ctx.db, actor.userId, personId, ctx.clock.now());
  if (!found[0]) throw notFound();
  return { name: found[0].personName, children: found.map(({ childId, childName }) => ({ id: childId, name: childName })) };
}

/** Looks through another guardian's eyes, reading only, until one stops, signs out, half an hour is over or the right ends. From a browser, with a step-up; never by a token. */
export async function beginView(ctx: AppContext, actor: Actor, personId: string): Promise<void> {
  if (actor.viewedBy || actor.session.kind !== "browser") throw new DomainError("forbidden", "view_needs_browser");
  const { children } = await findView(ctx, actor, personId);
  const now = ctx.clock.now();
  requireStepUp(actor, now);
  const until = now + VIEW_LIFE;
  await commit(ctx.db, [
    setView(ctx.db, actor.session.id, { personId, until }),
    ...children.map(({ id }) => record(ctx, actor, { action: "view_as.begun", subjectId: personId, childId: id, details: { until } })),
  ]);
  for (const { id } of children) noteLook(ctx, { userId: personId, viewedBy: { userId: actor.userId, name: actor.name, until } }, { childId: id, capacity: "guardian", dataTypes: ["profile"] });
}

/** The way out. Again changes nothing. */
export async function endView(ctx: AppContext, actor: Actor): Promise<void> {
  if (!actor.viewedBy) return;
  await commit(ctx.db, [
    setView(ctx.db, actor.session.id, null),
    ...actor.wards.map(({ childId }) => record(ctx, { userId: actor.viewedBy!.userId }, { action: "view_as.ended", subjectId: actor.userId, childId })),
  ]);
}
