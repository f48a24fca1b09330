import { excerptOf } from "#app/domain/chat/rules.ts";
import { commit, type Db } from "#db/client.ts";
import { summarise } from "#db/conversations.ts";
import type { Duty } from "./duty.ts";
import type { RoomAudience } from "./room-audience.ts";
import type { RoomStore } from "./room-store.ts";

/** How long until a summary is tried again that D1 did not take. */
const AGAIN = 5_000;
/** While much is said it is written no more often than this. */
const PAUSE = 300;

/** What D1 knows of a room: the last message, and what waits for whom. It follows what is stored here. */
export class RoomSummary implements Duty {
  private readonly db: Db;
  private readonly store: RoomStore;
  private readonly audience: RoomAudience;
  private readonly conversationId: () => string;
  private writing: Promise<void> | undefined;

  constructor(db: Db, store: RoomStore, audience: RoomAudience, conversationId: () => string) {
    this.db = db;
    this.store = store;
    this.audience = audience;
    this.conversationId = conversationId;
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
    await commit(this.db, summarise(this.db, {
      conversationId: this.conversationId(), revision, lastSeq, lastAt: last?.at ?? null, lastText: last && last.deletedAt === null ? excerptOf(last.text) : null, lastSenderId: last?.senderId ?? null,
      seats: talkers.map(({ userId, readsFrom }) => ({ userId, readSeq: this.store.pointer(userId), unread: this.store.unread(userId, readsFrom) })),
    }));
    this.store.setFact("summarised", revision);
  }

  private get written(): number {
    return this.store.fact<number>("summarised") ?? 0;
  }
}
