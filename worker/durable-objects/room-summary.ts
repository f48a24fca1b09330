import { excerptOf } from "#app/domain/chat/rules.ts";
import type { AppContext } from "#app/context.ts";
import { tellOfMessages } from "#app/domain/notifications/tell-of-messages.server.ts";
import { commitReturning, type Write } from "#db/client.ts";
import { summarise } from "#db/conversations.ts";
import type { Talker } from "#db/talkers.ts";
import type { Duty } from "./duty.ts";
import type { RoomAudience } from "./room-audience.ts";
import type { RoomStore } from "./room-store.ts";

/** How long until a summary is tried again that D1 did not take. */
const AGAIN = 5_000;
/** While much is said it is written no more often than this. */
const PAUSE = 600;

type Outside = Pick<AppContext, "db" | "ids" | "clock" | "jobs">;

/** What D1 knows of a room: the last message, and what waits for whom. It follows what is stored here. */
export class RoomSummary implements Duty {
  private readonly outside: Outside;
  private readonly store: RoomStore;
  private readonly audience: RoomAudience;
  private readonly conversationId: () => string;
  /** Called when D1 has said who listens since the summary stands. */
  private readonly heard: () => void;
  private writing: Promise<void> | undefined;

  constructor(outside: Outside, store: RoomStore, audience: RoomAudience, conversationId: () => string, heard: () => void) {
    this.outside = outside;
    this.store = store;
    this.audience = audience;
    this.conversationId = conversationId;
    this.heard = heard;
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
    const placed = await this.audience.placed();
    const { revision, lastSeq } = this.store;
    const last = lastSeq > 0 ? this.store.find({ seq: lastSeq, readsFrom: 0 }) : null;
    const conversationId = this.conversationId();
    const readers = placed.map(({ userId, capacity, readsFrom }) => ({ userId, capacity, readSeq: this.store.pointers.of(userId), unread: this.store.unread(userId, readsFrom), from: this.store.unheard(userId, readsFrom) }));
    const { db } = this.outside;
    const summary = summarise(db, {
      conversationId, revision, lastSeq, lastAt: last?.at ?? null, lastText: last && last.deletedAt === null ? excerptOf(last.text) : null, lastSenderId: last?.senderId ?? null,
      seats: this.audience.all.map(({ userId, readsFrom }) => ({ userId, readSeq: this.store.pointers.of(userId), unread: this.store.unread(userId, readsFrom) })),
    });
    const news = tellOfMessages(this.outside, { conversationId, last, readers });
    const now = Date.now();
    // Whoever counts what waits before this batch is heard of in it; whoever counts after it, counts this too.
    const answers = await commitReturning(db, [...summary, ...news.writes, this.audience.question(now) as unknown as Write]);
    await news.ring();
    this.audience.keep(answers.at(-1) as Talker[], now);
    this.store.setFact("summarised", revision);
    this.heard();
  }

  private get written(): number {
    return this.store.fact<number>("summarised") ?? 0;
  }
}
