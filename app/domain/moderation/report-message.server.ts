import { commit } from "#db/client.ts";
import { insertReport, selectReportBy } from "#db/message-reports.ts";
import { selectModerators } from "#db/school-moderators.ts";
import { placeIn, selectPlace, type Place } from "#db/talkers.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import type { RoomMessage } from "../chat/rooms.ts";
import { excerptOf } from "../chat/rules.ts";
import { DomainError, notFound } from "../errors.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import { notify } from "../notifications/notify.server.ts";
import { overtaken } from "../races.server.ts";
import type { ReportInput } from "./inputs.ts";
import { courtFor, type Court } from "./rules.ts";

/** What the actor could report in a room: a page of others' messages, the last of them or those before one. */
export async function listReportable(ctx: AppContext, actor: Actor, conversationId: string, asked: { limit: number; before?: number | undefined }) {
  const [[row]] = await ctx.db.batch([selectPlace(ctx.db, actor.userId, conversationId, ctx.clock.now())]);
  const place = placeIn(row);
  requireModerated(place);
  const { messages, older } = await ctx.rooms.history(conversationId, { readsFrom: place.readsFrom, ...asked });
  const items = messages.filter(({ senderId, deletedAt }) => senderId !== actor.userId && deletedAt === null).map(({ seq, senderName, at, text }) => ({ seq, senderName, at, text: excerptOf(text) }));
  return { items, older: older ? messages[0]!.seq : null };
}

/** Rooms of a school have somebody to look at what is reported; a family's own has not. */
function requireModerated(place: Place | null): asserts place is Place & { schoolId: string } {
  if (!place) throw notFound();
  if (place.schoolId === null) throw new DomainError("forbidden", "room_has_no_moderators");
}

async function findReportable(ctx: AppContext, actor: Actor, { conversationId, readsFrom }: Place, seq: number): Promise<RoomMessage> {
  const message = await ctx.rooms.find(conversationId, { seq, readsFrom });
  if (!message || message.deletedAt !== null) throw notFound();
  if (message.senderId === actor.userId) throw new DomainError("forbidden", "report_own_message");
  return message;
}

/** Lays a message before the school's administration, or whoever stands in for it, with a copy of its words. Who wrote it hears nothing of it, unless it is taken away. */
export async function reportMessage(ctx: AppContext, actor: Actor, conversationId: string, seq: number, { reason, words }: ReportInput): Promise<Pick<Court, "before"> & { id: string }> {
  const now = ctx.clock.now();
  const attempt = limitedTry(ctx, LIMITS.report, actor.userId);
  const [[row], [earlier], moderators, counted] = await ctx.db.batch([selectPlace(ctx.db, actor.userId, conversationId, now), selectReportBy(ctx.db, { conversationId, seq, userId: actor.userId }), selectModerators(ctx.db, conversationId, ctx.settings.help.schoolId), attempt.count]);
  attempt.permit(counted);
  const place = placeIn(row);
  requireModerated(place);
  if (earlier) throw reportedBefore();
  const message = await findReportable(ctx, actor, place, seq);
  const id = ctx.ids.make("rep");
  const { before, schoolId, userIds } = courtFor(place.schoolId, message.senderId, moderators, ctx.settings.help.schoolId);
  const news = notify(ctx, userIds.filter((userId) => userId !== actor.userId), { type: "moderation.reported", facts: { reason }, path: `/admin/moderation/${id}`, cause: `${id}.reported`, severity: reason === "unsafe" ? "urgent" : "attention" });
  await commit(ctx.db, [
    insertReport(ctx.db, { id, conversationId, seq, schoolId, childId: place.childId, authorId: message.senderId, writtenAt: message.at, text: message.text, reportedBy: actor.userId, reason, words, createdAt: now }),
    record(ctx, actor, { action: "message.reported", subjectId: id, schoolId: place.schoolId, ...(place.childId ? { childId: place.childId } : {}), details: { conversationId, seq, reason, before } }),
    ...news.writes,
  ]).catch(overtaken(reportedBefore, "UNIQUE message_reports.conversation_id"));
  await ctx.jobs.ring(news.jobIds);
  return { id, before };
}

const reportedBefore = () => new DomainError("conflict", "reported_before");
