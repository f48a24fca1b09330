import { commit } from "#db/client.ts";
import { insertAnnouncements, selectAudienceOf, selectAudiences, selectOwnAnnouncements, selectSeen } from "#db/announcements.ts";
import { placeIn, selectPlace } from "#db/talkers.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { requireAhead, sayTimed, type Timed } from "../chat/plan-message.server.ts";
import { onPage } from "../chat/read-room.server.ts";
import { notFound } from "../errors.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";

type To = { classId: string | null; schoolId: string | null };

/** One room for each author and audience, whoever comes first to make it. */
const roomOf = (audienceId: string, authorId: string) => `conv_${[audienceId, authorId].map((id) => id.slice(id.indexOf("_") + 1)).join("")}`;

/** Tells a class of one's own, or the school that one runs: students and their guardians read it. Now, or at a later instant. */
export async function announce(ctx: AppContext, actor: Actor, { classId, schoolId }: To, timed: Timed): Promise<{ conversationId: string; seq: number | null }> {
  const now = ctx.clock.now();
  requireAhead(timed.sendAt, now);
  const attempt = limitedTry(ctx, LIMITS.announce, actor.userId);
  const [audiences, counted] = await ctx.db.batch([selectAudiences(ctx.db, actor.userId), attempt.count]);
  attempt.permit(counted);
  const audience = audiences.find((one) => (classId === null ? one.classId === null && one.schoolId === schoolId : one.classId === classId));
  if (!audience) throw notFound();
  const conversationId = roomOf(audience.classId ?? audience.schoolId, actor.userId);
  await commit(ctx.db, [
    insertAnnouncements(ctx.db, { id: conversationId, schoolId: audience.schoolId, classId: audience.classId, staffId: actor.userId, createdAt: now }),
    record(ctx, actor, { action: "announcement.made", subjectId: conversationId, schoolId: audience.schoolId, details: { classId: audience.classId, sendAt: timed.sendAt, silent: timed.silent } }),
  ]);
  const said = await sayTimed(ctx, actor, conversationId, timed);
  return { conversationId, seq: said?.seq ?? null };
}

/** Whom one may tell, and what one has told. */
export async function loadAnnouncements(ctx: AppContext, actor: Actor) {
  const [audiences, rooms] = await ctx.db.batch([selectAudiences(ctx.db, actor.userId), selectOwnAnnouncements(ctx.db, actor.userId)]);
  return { audiences, rooms };
}

/** One's own announcements to an audience, each with how many of those whom it is for have seen it, and what waits. To everybody else it does not exist. */
export async function readAnnouncements(ctx: AppContext, actor: Actor, conversationId: string, asked: { limit: number; before?: number | undefined }) {
  const now = ctx.clock.now();
  const [[row], steps, [audience]] = await ctx.db.batch([selectPlace(ctx.db, actor.userId, conversationId, now), selectSeen(ctx.db, conversationId, now), selectAudienceOf(ctx.db, conversationId)]);
  const place = placeIn(row);
  if (place?.kind !== "announcement" || place.staffId !== actor.userId) throw notFound();
  const [{ messages, older }, planned] = await Promise.all([ctx.rooms.history(conversationId, { readsFrom: 0, ...asked }), ctx.rooms.planned(conversationId, actor.userId)]);
  const count = (from: number) => steps.filter(({ readSeq }) => readSeq >= from).reduce((sum, { readers }) => sum + readers, 0);
  return { conversationId, className: audience?.className ?? null, school: audience?.school ?? "", writes: place.writes, of: count(0), older: older ? messages[0]!.seq : null, planned, items: messages.map((message) => ({ ...onPage(message, actor.userId), silent: message.silent, seen: count(message.seq) })) };
}
