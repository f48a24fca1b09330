import { insertCalendarFeed, revokeCalendarFeed, selectCalendarFeeds } from "#db/calendar-feeds.ts";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { hashToken } from "../identity/sessions.ts";
import { authorize } from "../policy.ts";
import type { NewCalendarFeedInput } from "./calendar-inputs.ts";

const MOST = 20;

/** `child`: null where it is for everybody, or for who is no longer the actor's to know. */
export type CalendarFeed = { id: string; name: string; childId: string | null; child: string | null; createdAt: number; lastReadAt: number | null };

export async function listCalendarFeeds(ctx: AppContext, actor: Actor): Promise<CalendarFeed[]> {
  const feeds = await selectCalendarFeeds(ctx.db, actor.userId);
  return feeds.map((feed) => ({ ...feed, child: feed.childId === actor.userId || (feed.childId !== null && wardOf(actor, feed.childId)) ? feed.child : null }));
}

/** An address for a calendar program, shown this once. Whoever holds it reads what its owner may see, each time anew. */
export async function makeCalendarFeed(ctx: AppContext, actor: Actor, { name, childId }: NewCalendarFeedInput): Promise<CalendarFeed & { address: string }> {
  if (childId !== undefined) authorize(actor, "lesson:view", childId);
  const [id, secret] = [ctx.ids.make("cal"), ctx.ids.secret()];
  const made = { id, name, childId: childId ?? null, createdAt: ctx.clock.now(), lastReadAt: null };
  const writes = [
    insertCalendarFeed(ctx.db, { ...made, userId: actor.userId, secretHash: await hashToken(secret) }, MOST),
    record(ctx, actor, { action: "calendar_feed.made", subjectId: id, ...(childId === undefined ? {} : { childId }) }),
  ];
  await commit(ctx.db, writes).catch((error: unknown) => {
    throw broke(error, "NOT NULL calendar_feeds.name") ? new DomainError("conflict", "too_many_calendars") : error;
  });
  return { ...made, child: childId === actor.userId ? actor.name : (wardOf(actor, childId ?? "")?.name ?? null), address: `${ctx.settings.origin}/calendar/${secret}.ics` };
}

export async function revokeCalendarFeedOf(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  const feed = (await selectCalendarFeeds(ctx.db, actor.userId)).find((own) => own.id === id);
  if (!feed) throw notFound();
  await commit(ctx.db, [revokeCalendarFeed(ctx.db, actor.userId, id, ctx.clock.now()), record(ctx, actor, { action: "calendar_feed.revoked", subjectId: id, ...(feed.childId === null ? {} : { childId: feed.childId }) })]);
}
