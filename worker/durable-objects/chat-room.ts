import { DurableObject } from "cloudflare:workers";
import type { Changed, History, Outgoing, Planned, PlannedMessage, RoomMessage, Sent, Since } from "#app/domain/chat/rooms.ts";
import { openDb } from "#db/client.ts";
import { parseEnv } from "../env.ts";
import { ids } from "../ids.ts";
import { jobBell } from "../queues/job-bell.ts";
import { durableInboxes } from "../providers/rooms.ts";
import type { Opened, Opening, Passing } from "./delivery.ts";
import { Alarm } from "./duty.ts";
import { RoomAudience, type Reader } from "./room-audience.ts";
import { RoomPeople } from "./room-people.ts";
import { RoomPlans } from "./room-plans.ts";
import { RoomPresence } from "./room-presence.ts";
import { RoomStore } from "./room-store.ts";
import { RoomSummary } from "./room-summary.ts";
import { RoomTelling } from "./room-telling.ts";
import { RoomWire } from "./room-wire.ts";
import { Turn } from "./turn.ts";

/** For so long D1 hears nothing of a change, while listeners are told. */
const LISTENERS_FIRST = 100;
/** More that is new than this is not sent over a socket at once. */
const MOST = 500;

/** One conversation: its messages, their order, and how far each has read. Called by the edge and by inboxes, which have asked whether the caller may. */
export class ChatRoom extends DurableObject {
  private readonly bindings = parseEnv(this.env as object);
  private readonly db = openDb(this.bindings.DB, (userIds) => this.ctx.waitUntil(durableInboxes(this.bindings.INBOXES, this.bindings.DB).stir(userIds)));
  private readonly store = new RoomStore(this.ctx.storage);
  private name: string | undefined;
  private readonly people = new RoomPeople(this.ctx.storage);
  private readonly audience = new RoomAudience(this.ctx.storage, this.db, () => this.conversationId);
  private readonly wire = new RoomWire(this.store, this.people, this.audience);
  private readonly outside = { db: this.db, ids, clock: { now: () => Date.now() }, jobs: jobBell(this.bindings.JOBS, () => undefined) };
  private readonly summary = new RoomSummary(this.outside, this.store, this.audience, () => this.conversationId, () => this.follow([this.telling.tellMissed()]));
  private readonly telling: RoomTelling = new RoomTelling(this.store, this.audience, (...asked) => this.wire.delivery(this.conversationId, ...asked), (userId, delivery) => this.inbox(userId).deliver(delivery));
  private readonly presence = new RoomPresence(this.ctx.storage, (userId, present) => this.inbox(userId).pass({ ...this.passing, present }));
  private readonly plans = new RoomPlans(this.ctx.storage, async () => (await this.audience.ask(), this.audience.placed()), (message) => this.send(message));
  private readonly clock = new Alarm(this.ctx.storage, [this.plans, this.summary, this.telling, this.presence]);
  /** Whatever comes in one turn is stored together; nobody hears of it before it is (the runtime holds back what goes out until then). */
  private readonly sends = new Turn<Outgoing, Sent>((messages) => {
    const sent = this.store.append(messages);
    if (sent.some((one) => "message" in one && !one.again)) this.changed();
    return sent;
  });

  send(message: Outgoing): Promise<Sent> {
    return this.sends.add(message);
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

  holds(asked: Since & { fileId: string }): boolean {
    return this.store.holds(asked);
  }

  forget(person: { userId: string; at: number }): void {
    this.plans.forget(person.userId);
    this.leave(person.userId);
    this.people.forget(person.userId);
    this.audience.forget(person.userId);
    if (this.store.forget(person)) this.changed();
  }

  read(reader: Since & { userId: string; seq: number; at: number }): void {
    if (this.store.read(reader)) this.changed();
  }

  carry({ from, to, at }: { from: string; to: string; at: number }): void {
    this.audience.doubt();
    this.store.carry({ from, to, at });
    this.changed();
  }

  plan(planned: Planned & { most: number }): boolean {
    const kept = this.plans.add(planned);
    this.clock.arrange();
    return kept;
  }

  planned(senderId: string): PlannedMessage[] {
    return this.plans.of(senderId);
  }

  unplan(planned: { id: string; senderId: string }): boolean {
    return this.plans.drop(planned);
  }

  /** Somebody opens the room on a page: what they have missed. From here on they are told. */
  async open({ userId, readsFrom, revision, people, until }: Opening): Promise<Opened> {
    if (revision > this.store.revision) return { ahead: true };
    const reader = await this.audience.opens(userId);
    this.enter(userId, reader, until);
    const { messages, more } = this.store.changes({ readsFrom, revision, limit: MOST });
    const last = more ? messages.at(-1)!.revision : this.store.revision;
    const answer = { revision: last, messages: messages.map((message) => this.wire.message(message, userId)), pointers: this.wire.pointers(userId, revision), present: this.presence.seen, more };
    return { ahead: false, ...answer, people: this.people.all.filter(([n]) => n > people) };
  }

  async stay(userId: string, until: number): Promise<void> {
    this.enter(userId, await this.audience.opens(userId), until);
  }

  leave(userId: string): void {
    this.presence.leave(userId);
    this.showPresent();
  }

  typing(userId: string, name: string): void {
    const typing = this.people.numberOf(userId, name);
    const others = this.presence.watching.filter((each) => each !== userId);
    // Holds for the moment only: said once.
    this.ctx.waitUntil(Promise.allSettled(others.map((each) => this.inbox(each).pass({ ...this.passing, typing }))));
  }

  override async alarm(): Promise<void> {
    await this.clock.ring();
    this.telling.keep();
  }

  private announce(changed: Changed): Changed {
    if ("message" in changed) this.changed();
    return changed;
  }

  /** Listeners are told and D1's summary follows; should either fail, or the room die first, the alarm makes up for it. */
  private changed(): void {
    this.clock.arrange();
    const told = this.telling.work();
    const before = Promise.race([told.catch(() => undefined), scheduler.wait(LISTENERS_FIRST)]);
    this.follow([told, before.then(() => this.summary.work())]);
  }

  private follow(works: Promise<void>[]): void {
    this.ctx.waitUntil(Promise.allSettled(works).then(() => {
      this.telling.keep();
      this.clock.arrange();
    }));
  }

  private enter(userId: string, reader: Reader | undefined, until: number): void {
    this.presence.enter(userId, reader?.writes === 1 ? this.people.numberOf(userId, reader.name) : 0, until);
    this.showPresent();
  }

  /** Should the room die before all are told, the alarm makes up for it. */
  private showPresent(): void {
    this.clock.arrange();
    this.follow([this.presence.work()]);
  }

  private get passing(): Passing {
    return { conversationId: this.conversationId, people: this.people.all };
  }

  private inbox(userId: string) {
    return this.bindings.INBOXES.get(this.bindings.INBOXES.idFromName(userId));
  }

  /** Kept, because an object that an alarm wakes is not told its name by every version of the runtime. */
  private get conversationId(): string {
    if (this.name !== undefined) return this.name;
    const kept = this.store.fact<string>("id");
    const name = this.ctx.id.name ?? kept;
    if (name === undefined) throw new Error("a room without a name");
    if (kept === undefined) this.store.setFact("id", name);
    return (this.name = name);
  }
}
