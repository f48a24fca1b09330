import { DurableObject } from "cloudflare:workers";
import type { Changed, History, Outgoing, RoomMessage, Sent, Since } from "#app/domain/chat/rooms.ts";
import { excerptOf } from "#app/domain/chat/rules.ts";
import { commit } from "#db/client.ts";
import { summarise } from "#db/conversations.ts";
import { selectTalkers } from "#db/talkers.ts";
import { createContext, NOBODY } from "../context.ts";
import { parseEnv } from "../env.ts";
import { RoomStore } from "./room-store.ts";

/** How long to wait before a summary is tried again that D1 did not take. */
const AGAIN = 5_000;

/** One conversation: its messages, their order, and how far each has read. Called by the edge and by inboxes, which have asked whether the caller may. */
export class ChatRoom extends DurableObject {
  private readonly store = new RoomStore(this.ctx.storage);

  send(message: Outgoing): Sent {
    const sent = this.store.append(message);
    if ("message" in sent && !sent.again) this.changed();
    return sent;
  }

  history(asked: Since & { limit: number; before?: number | undefined; after?: number | undefined }): History {
    return this.store.history(asked);
  }

  changes(asked: Since & { revision: number; limit: number }) {
    return this.store.changes(asked);
  }

  find(asked: Since & { seq: number }): RoomMessage | null {
    return this.store.find(asked);
  }

  edit(change: { senderId: string; seq: number; text: string; at: number }): Changed {
    return this.announce(this.store.edit(change));
  }

  remove(change: { senderId: string | null; seq: number; at: number }): Changed {
    return this.announce(this.store.remove(change));
  }

  read(reader: Since & { userId: string; seq: number; at: number }): void {
    if (this.store.read(reader)) this.changed();
  }

  override async alarm(): Promise<void> {
    await this.summarise();
  }

  private announce(changed: Changed): Changed {
    if ("message" in changed) this.changed();
    return changed;
  }

  /** D1's summary follows; should it fail, or the room die first, the alarm makes up for it. */
  private changed(): void {
    void this.ctx.storage.setAlarm(Date.now() + AGAIN);
    this.ctx.waitUntil(this.summarise().catch(() => undefined));
  }

  private async summarise(): Promise<void> {
    const conversationId = this.ctx.id.name!;
    const { db } = createContext(parseEnv(this.env as object), { requestId: conversationId, ...NOBODY }, (work) => this.ctx.waitUntil(work));
    const [talkers] = await db.batch([selectTalkers(db, conversationId, Date.now())]);
    const { revision, lastSeq } = this.store;
    const last = lastSeq > 0 ? this.store.find({ seq: lastSeq, readsFrom: 0 }) : null;
    await commit(db, summarise(db, {
      conversationId, revision, lastSeq, lastAt: last?.at ?? null, lastText: last && last.deletedAt === null ? excerptOf(last.text) : null, lastSenderId: last?.senderId ?? null,
      seats: talkers.map(({ userId, readsFrom }) => ({ userId, readSeq: this.store.pointer(userId), unread: this.store.unread(userId, readsFrom) })),
    }));
    if (this.store.revision === revision) await this.ctx.storage.deleteAlarm();
  }
}
