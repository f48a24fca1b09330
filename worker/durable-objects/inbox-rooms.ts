import { timeToWire, TYPING_AGAIN, type Author, type Watch, type WireMessage } from "#app/domain/chat/protocol.ts";
import type { Rooms } from "#app/domain/chat/rooms.ts";
import { saidText } from "#app/domain/chat/text.ts";
import type { Bindings } from "../env.ts";
import { durableRooms } from "../providers/rooms.ts";
import type { Delivery, Opened, Passing } from "./delivery.ts";
import { inTime } from "./in-time.ts";
import type { InboxStanding } from "./inbox-standing.ts";
import type { InboxStore } from "./inbox-store.ts";
import type { LiveSocket, Watched } from "./live-socket.ts";

/** How long the others see somebody in a room without another word. */
const PRESENT = 5 * 60_000;

/** No messages, written out. */
const NONE = "[]";

type Message = { room: number; clientId: string; text: string };

/** The rooms that a person's pages watch: what goes to them and what comes from them, as far as the person has a place there. */
export class InboxRooms {
  private readonly store: InboxStore;
  private readonly standing: InboxStanding;
  private readonly namespace: Bindings["ROOMS"];
  private readonly port: Rooms;
  private readonly userId: () => string;
  private readonly sockets: () => LiveSocket[];
  /** Rooms asked for whose places are not known yet. */
  private readonly wanted = new Set<string>();
  /** Being asked what was missed, with the last change of which a delivery told meanwhile; Infinity: who is there has changed. */
  private readonly catchingUp = new Map<Watched, number>();
  private readonly sending = new WeakMap<LiveSocket, Promise<void>>();
  private readonly typed = new WeakMap<Watched, number>();

  constructor(store: InboxStore, standing: InboxStanding, namespace: Bindings["ROOMS"], userId: () => string, sockets: () => LiveSocket[]) {
    this.store = store;
    this.standing = standing;
    this.namespace = namespace;
    this.port = durableRooms(namespace);
    this.userId = userId;
    this.sockets = sockets;
  }

  asked(): string[] {
    return [...new Set([...this.wanted, ...this.sockets().flatMap(({ rooms }) => rooms.map(({ conversationId }) => conversationId))])];
  }

  async watch(socket: LiveSocket, rooms: Watch[]): Promise<void> {
    await this.learn(rooms.map(([, conversationId]) => conversationId));
    await Promise.all(rooms.map(async ([room, conversationId, revision, people]) => {
      if (!this.store.place(conversationId)) return socket.send(["no", room, "no_room"]);
      const watched = { room, conversationId, revision, people };
      if (!socket.watch(watched)) return socket.send(["no", room, "too_many"]);
      await this.catchUp(socket, watched);
    }));
  }

  /** The person's places in these rooms are known, as far as there are any. */
  private async learn(conversationIds: string[]): Promise<void> {
    const unknown = conversationIds.filter((id) => !this.store.place(id));
    for (const id of unknown) this.wanted.add(id);
    await (unknown.length > 0 ? this.standing.ask() : this.standing.sure());
    for (const id of unknown) this.wanted.delete(id);
  }

  /** Sends what the socket has missed. */
  private async catchUp(socket: LiveSocket, watched: Watched): Promise<void> {
    const place = this.store.place(watched.conversationId);
    if (!place) return;
    this.catchingUp.set(watched, 0);
    let [last, more] = [0, false];
    try {
      const until = Date.now() + PRESENT;
      const opening = { userId: this.userId(), readsFrom: place.readsFrom, revision: watched.revision, people: watched.people, until };
      const opened = await inTime<Opened>(this.stub(watched.conversationId).open(opening) as Promise<Opened>, "a room");
      this.store.open(watched.conversationId, until);
      if (socket.room(watched.room) !== watched) return;
      if (opened.ahead) {
        socket.unwatch(watched);
        return socket.send(["no", watched.room, "ahead"]);
      }
      more = opened.more;
      socket.reached(watched, opened.revision, opened.people.at(-1)?.[0] ?? 0);
      socket.send(["sync", watched.room, opened.revision, opened.people, opened.messages, opened.pointers, opened.present, opened.more ? 1 : 0]);
    } finally {
      last = this.catchingUp.get(watched)!;
      this.catchingUp.delete(watched);
    }
    if (more || last > watched.revision) await this.catchUp(socket, watched);
  }

  async deliver(delivery: Delivery): Promise<void> {
    await this.learn([delivery.conversationId]);
    const place = this.store.place(delivery.conversationId);
    if (!place) return; // None, or none any more.
    if (place.readsFrom === delivery.readsFrom) this.store.waits(delivery.conversationId, delivery.unread, delivery.revision);
    for (const socket of this.sockets()) {
      const watched = socket.of(delivery.conversationId);
      if (watched && watched.revision < delivery.revision) await this.hand(socket, watched, delivery, place.readsFrom);
    }
  }

  private async hand(socket: LiveSocket, watched: Watched, { since, revision, readsFrom, named, people, messages, pointers }: Delivery, place: number): Promise<void> {
    if (this.catchingUp.has(watched)) return this.missed(watched, revision);
    // Something was missed, or the room did not know yet from where on the person reads now.
    if (watched.revision < since || readsFrom !== place) return this.catchUp(socket, watched);
    const fresh = watched.revision === since ? messages : JSON.stringify((JSON.parse(messages) as WireMessage[]).filter((message) => message[1] > watched.revision));
    const authors = named > watched.people ? this.authors(watched, JSON.parse(people) as Author[]) : [];
    socket.reached(watched, revision, named);
    if (fresh !== NONE) socket.sendText(`["m",${watched.room},${[fresh, ...authors.map((each) => JSON.stringify(each))].join(",")}]`);
    if (pointers.length > 0) socket.send(["read", watched.room, pointers, ...(fresh === NONE ? authors : ([] as [])) as [Author[]?]]);
  }

  private missed(watched: Watched, revision: number): void {
    this.catchingUp.set(watched, Math.max(this.catchingUp.get(watched)!, revision));
  }

  async pass({ conversationId, people, typing, present }: Passing): Promise<void> {
    await this.standing.sure();
    if (!this.store.place(conversationId)) return;
    for (const socket of this.sockets()) {
      const watched = socket.of(conversationId);
      if (!watched) continue;
      // The answer that is under way may be older than this.
      if (present && this.catchingUp.has(watched)) {
        this.missed(watched, Infinity);
        continue;
      }
      const authors = this.authors(watched, people);
      if (authors.length > 0) socket.reached(watched, 0, people.at(-1)![0]);
      if (typing !== undefined) socket.send(["typing", watched.room, typing, ...authors]);
      if (present) socket.send(["here", watched.room, present, ...authors]);
    }
  }

  /** One after the other: whatever has to be asked again keeps its place. */
  send(socket: LiveSocket, message: Message): Promise<void> {
    const sent = (this.sending.get(socket) ?? Promise.resolve()).then(() => this.sendNext(socket, message));
    this.sending.set(socket, sent.catch(() => undefined));
    return sent;
  }

  private async sendNext(socket: LiveSocket, { room, clientId, text: typed }: Message): Promise<void> {
    const text = saidText(typed);
    const watched = await this.placeOf(socket, room);
    if (!watched) return socket.send(["no", clientId, "no_room"]);
    if (!watched.place.writes) return socket.send(["no", clientId, "read_only"]);
    if (text === "") return socket.send(["no", clientId, "malformed"]);
    const { conversationId } = watched;
    const message = { senderId: this.userId(), senderName: this.store.name, clientId, text, at: Date.now(), silent: false, files: [] };
    // A room that died in the midst of it is asked again: under the same client id it is the same message.
    const sent = await this.port.send(conversationId, message).catch(() => this.port.send(conversationId, message));
    if ("refused" in sent) return socket.send(["no", clientId, sent.refused]);
    socket.send(["ok", clientId, room, sent.message.seq, sent.message.revision, timeToWire(sent.message.at)]);
  }

  async typing(socket: LiveSocket, room: number): Promise<void> {
    const watched = await this.placeOf(socket, room);
    if (!watched?.place.writes || Date.now() - (this.typed.get(watched.watched) ?? 0) < TYPING_AGAIN / 2) return;
    this.typed.set(watched.watched, Date.now());
    await this.stub(watched.conversationId).typing(this.userId(), this.store.name);
  }

  async read(socket: LiveSocket, room: number, seq: number): Promise<void> {
    const watched = await this.placeOf(socket, room);
    if (!watched) return socket.send(["no", room, "no_room"]);
    await this.port.read(watched.conversationId, { userId: this.userId(), seq, at: Date.now(), readsFrom: watched.place.readsFrom });
  }

  /** Says of rooms in which the person has no place any more that they are gone. */
  dropLost(): void {
    for (const socket of this.sockets()) {
      for (const watched of socket.rooms.filter(({ conversationId }) => !this.store.place(conversationId))) {
        socket.unwatch(watched);
        socket.send(["gone", watched.room]);
      }
    }
  }

  /** The others see the person in the rooms that a page watches, and no more in those that none does. */
  async showOneself(): Promise<void> {
    const [watches, until] = [(conversationId: string) => this.sockets().some((socket) => socket.of(conversationId)), Date.now() + PRESENT];
    await Promise.all(this.store.opened.map(async ({ conversationId }) => {
      if (!watches(conversationId)) {
        this.store.leave(conversationId);
        await this.stub(conversationId).leave(this.userId());
      }
      // Or watches it again: the room may have heard of that before it heard that the person left.
      if (!watches(conversationId)) return;
      this.store.open(conversationId, until);
      await this.stub(conversationId).stay(this.userId(), until);
    }));
  }

  private async placeOf(socket: LiveSocket, room: number) {
    await this.standing.sure();
    const watched = socket.room(room);
    const place = watched && this.store.place(watched.conversationId);
    return place && { watched, place, conversationId: watched.conversationId };
  }

  /** Those whom the socket has not been named, for the end of a frame. */
  private authors(watched: Watched, people: Author[]): [authors?: Author[]] {
    const unknown = people.filter(([n]) => n > watched.people);
    return unknown.length > 0 ? [unknown] : [];
  }

  private stub(conversationId: string) {
    return this.namespace.get(this.namespace.idFromName(conversationId));
  }
}
