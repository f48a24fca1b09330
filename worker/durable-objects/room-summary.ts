import { excerptOf } from "#app/domain/chat/rules.ts";
import type { AppContext } from "#app/context.ts";
import { tellOfMessages } from "#app/domain/notifications/tell-of-messages.server.ts";
import { commitReturning, type Write } from "#db/client.ts";
import { selectListening, summarise } from "#db/conversations.ts";
import type { Duty } from "./duty.ts";
import type { RoomAudience } from "./room-audience.ts";
import type { RoomStore } from "./room-store.ts";

/** How long until a summary is tried again that D1 did not take. */
const AGAIN = 5_000;
/** While much is said it is written no more often than this. */
const PAUSE = 300;

type Outside = Pick<AppContext, "db" | "ids" | "clock" | "jobs">;

/** What D1 knows of a room: the last message, and what waits for whom. It follows what is stored here. */
export class RoomSummary implements Duty {
  private readonly outside: Outside;
  private readonly store: RoomStore;
  private readonly audience: RoomAudience;
  private readonly conversationId: () => string;
  /** Opened a page after the audience was last asked for. */
  private readonly newcomers: (userIds: string[]) => void;
  private writing: Promise<void> | undefined;

  constructor(outside: Outside, store: RoomStore, audience: RoomAudience, conversationId: () => string, newcomers: (userIds: string[]) => void) {
    this.outside = outside;
    this.store = store;
    this.audience = audience;
    this.conversationId = conversationId;
    this.newcomers = newcomers;
  }

  due(): number | null {
    return this.written < this.store.revision ? Date.now() + AGAIN : null;
  }

  work(): Promise<void> {
    return (this.writing ??= this.follow().finally(() => (this.writing = undefined)));
  }

  private async follow(): Promise<void> {
    while (this.written < this.store.revision) {
      await this.write();
      await scheduler.wait(PAUSE);
    }
  }

  private async write(): Promise<void> {
    const talkers = await this.audience.talkers();
    const { revision, lastSeq } = this.store;
    const last = lastSeq > 0 ? this.store.find({ seq: lastSeq, readsFrom: 0 }) : null;
    const conversationId = this.conversationId();
    const readers = talkers.map(({ userId, capacity, readsFrom }) => ({ userId, capacity, readSeq: this.store.pointer(userId), unread: this.store.unread(userId, readsFrom), from: this.store.unheard(userId, readsFrom) }));
    const { db } = this.outside;
    const summary = summarise(db, {
      conversationId, revision, lastSeq, lastAt: last?.at ?? null, lastText: last && last.deletedAt === null ? excerptOf(last.text) : null, lastSenderId: last?.senderId ?? null,
      seats: this.store.readers(talkers).map(({ userId, readsFrom }) => ({ userId, readSeq: this.store.pointer(userId), unread: this.store.unread(userId, readsFrom) })),
    });
    const news = tellOfMessages(this.outside, { conversationId, last, readers });
    const answers = await commitReturning(db, [...summary, ...news.writes, selectListening(db, conversationId) as unknown as Write]);
    await news.ring();
    this.store.setFact("summarised", revision);
    const came = (answers.at(-1) as { userId: string }[]).filter(({ userId }) => !talkers.some((talker) => talker.userId === userId && talker.listens === 1));
    if (came.length > 0) this.newcomers(came.map(({ userId }) => userId));
  }

  private get written(): number {
    return this.store.fact<number>("summarised") ?? 0;
  }
}
