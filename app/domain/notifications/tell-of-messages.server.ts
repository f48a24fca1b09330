import type { Write } from "#db/client.ts";
import { planPachcaNotice, readMessageNews, tellReaders, type RoomReader } from "#db/message-news.ts";
import type { AppContext } from "../../context.ts";
import { DAY } from "../clock.ts";

type RoomNews = {
  conversationId: string;
  /** The room's last message. */
  last: { seq: number; at: number; senderId: string | null; silent: boolean; deletedAt: number | null } | null;
  /** Everybody with a place in the room. */
  readers: RoomReader[];
};

/** Older messages tell no school chat: a summary may be written again for other reasons. */
const NEWS = DAY;
/** Whoever has the room open reads it meanwhile, and is not sent what they see. */
const READING_TIME = 20_000;

/**
 * What a room's messages tell outside it, to stand in the batch of its summary: each reader who has not read them, once until they do, and the school's own chat where the family's side wrote.
 * Nothing of what was said is in it. Safe to repeat. Ring afterwards.
 */
export function tellOfMessages(ctx: Pick<AppContext, "db" | "ids" | "clock" | "jobs">, { conversationId, last, readers }: RoomNews): { writes: Write[]; ring(): Promise<void> } {
  const now = ctx.clock.now();
  const told = readers.filter(({ from }) => from !== null).map((reader) => ({ ...reader, id: ctx.ids.make("note"), jobId: ctx.ids.make("job") }));
  const through = readers.filter(({ unread }) => unread === 0).map(({ userId }) => userId);
  const sender = readers.find(({ userId }) => userId === last?.senderId);
  const forSchool = last && sender && sender.capacity !== "staff" && !last.silent && last.deletedAt === null && last.at > now - NEWS ? `job_pachca_${conversationId}_${last.seq}` : null;
  return {
    writes: [
      ...(told.length > 0 ? tellReaders(ctx.db, conversationId, told, now, now + READING_TIME) : []),
      ...(through.length > 0 ? [readMessageNews(ctx.db, conversationId, through, now)] : []),
      ...(forSchool ? [planPachcaNotice(ctx.db, forSchool, conversationId, last!.seq, now)] : []),
    ],
    async ring() {
      await ctx.jobs.ring(told.map(({ jobId }) => jobId), now + READING_TIME);
      if (forSchool) await ctx.jobs.ring([forSchool]);
    },
  };
}
