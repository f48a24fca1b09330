import { timeToWire, type Pointer, type WireFile, type WireMessage, type WireMore } from "#app/domain/chat/protocol.ts";
import type { RoomMessage } from "#app/domain/chat/rooms.ts";
import type { Delivery } from "./delivery.ts";
import type { Reader, RoomAudience } from "./room-audience.ts";
import type { RoomPeople } from "./room-people.ts";
import type { Changes, RoomStore } from "./room-store.ts";

/** What is stored, as it goes over the wire: written out once, however many are told. */
export class RoomWire {
  private readonly store: RoomStore;
  private readonly people: RoomPeople;
  private readonly audience: RoomAudience;
  private readonly messageTexts = new WeakMap<RoomMessage, string>();
  private readonly texts = new WeakMap<Changes, string>();

  constructor(store: RoomStore, people: RoomPeople, audience: RoomAudience) {
    this.store = store;
    this.people = people;
    this.audience = audience;
  }

  message({ seq, revision, senderId, senderName, clientId, at, text, silent, editedAt, deletedAt, files }: RoomMessage, readerId: string | null): WireMessage {
    const more: WireMore = {
      ...(senderId !== null && senderId === readerId ? { c: clientId } : {}), ...(editedAt === null ? {} : { e: timeToWire(editedAt) }), ...(deletedAt === null ? {} : { d: timeToWire(deletedAt) }), ...(silent ? { s: 1 as const } : {}),
      ...(files.length > 0 ? { f: files.map(({ id, name, type, size }): WireFile => [id, name, type, size]) } : {}),
    };
    const message: WireMessage = [seq, revision, this.people.numberOf(senderId, senderName), timeToWire(at), text];
    if (Object.keys(more).length > 0) message[5] = more;
    return message;
  }

  /** Of those who only look on nobody sees how far they have read. */
  pointers(readerId: string, since: number): Pointer[] {
    return this.store.pointers.since(since).flatMap((pointer): Pointer[] => {
      const reader = this.audience.reader(pointer.userId);
      return reader?.placed === 1 && (reader.writes === 1 || reader.userId === readerId) ? [[this.people.numberOf(reader.userId, reader.name), pointer.seq]] : [];
    });
  }

  delivery(conversationId: string, { userId, readsFrom }: Reader, since: number, limit: number): Delivery {
    const changes = this.store.changes({ readsFrom, revision: since, limit });
    const [messages, pointers] = [this.textFor(userId, changes), this.pointers(userId, since)];
    return { conversationId, since, revision: changes.more ? changes.messages.at(-1)!.revision : changes.revision, readsFrom, messages, pointers, unread: this.store.unread(userId, readsFrom), ...this.people.named };
  }

  /** One's own messages alone are not the same for all: they come with the id that one gave them. */
  private textFor(readerId: string, changes: Changes): string {
    if (changes.messages.some(({ senderId }) => senderId === readerId)) return this.join(changes, readerId);
    const text = this.texts.get(changes) ?? this.join(changes, null);
    this.texts.set(changes, text);
    return text;
  }

  private join({ messages }: Changes, readerId: string | null): string {
    return `[${messages.map((message) => (message.senderId === readerId ? JSON.stringify(this.message(message, readerId)) : this.textOf(message))).join(",")}]`;
  }

  private textOf(message: RoomMessage): string {
    const text = this.messageTexts.get(message) ?? JSON.stringify(this.message(message, null));
    this.messageTexts.set(message, text);
    return text;
  }
}
