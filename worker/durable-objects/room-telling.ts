import type { Delivery } from "./delivery.ts";
import type { Duty } from "./duty.ts";
import { inTime } from "./in-time.ts";
import type { Reader, RoomAudience } from "./room-audience.ts";
import type { RoomStore } from "./room-store.ts";

const AGAIN = 3_000;
/** Goes up to a listener in one call; more goes in the next. */
const MOST = 200;

type Listener = Pick<Reader, "readsFrom" | "listens"> & { told: number; telling: Promise<void> | undefined };
type Content = (listener: Reader, since: number, limit: number) => Delivery;

/**
 * Tells the listeners what is stored, each in order and one call at a time, so that what comes meanwhile goes together. Up to which revision
 * all were told is kept: should the room or an inbox die between, the alarm tells it again, and inboxes leave out what a socket has had.
 */
export class RoomTelling implements Duty {
  private readonly store: RoomStore;
  private readonly audience: RoomAudience;
  private readonly content: Content;
  private readonly deliver: (userId: string, delivery: Delivery) => Promise<void>;
  /** Who was told since the room woke, and from where on they read. */
  private readonly listeners = new Map<string, Listener>();
  /** All were told up to here. */
  private told: number;
  private kept: number;

  constructor(store: RoomStore, audience: RoomAudience, content: Content, deliver: (userId: string, delivery: Delivery) => Promise<void>) {
    this.store = store;
    this.audience = audience;
    this.content = content;
    this.deliver = deliver;
    this.told = this.kept = store.fact<number>("told") ?? 0;
  }

  due(): number | null {
    return this.told < this.store.revision ? Date.now() + AGAIN : null;
  }

  async work(): Promise<void> {
    if (this.told === this.store.revision) return;
    const listening = await this.audience.listening();
    const revision = this.store.revision;
    await Promise.all(listening.map((reader) => this.reach(reader)));
    for (const userId of this.listeners.keys()) if (!this.audience.reader(userId)?.listens) this.listeners.delete(userId);
    if (this.told < revision && !this.someoneMissed(revision)) this.told = revision;
  }

  /** To be called when D1 has said anew who listens: who was left out, has begun to listen since or reads from elsewhere is told what is last, and thereby what waits. */
  tellMissed(): Promise<void> {
    if (this.someoneMissed(0)) this.told = Math.min(this.told, this.store.revision - 1);
    this.keep();
    return this.work();
  }

  /** Written by and by: what is told again does no harm. */
  keep(): void {
    if (this.kept !== this.told) this.store.setFact("told", this.told);
    this.kept = this.told;
  }

  private someoneMissed(revision: number): boolean {
    return this.audience.all.some((reader) => reader.listens > 0 && (this.known(reader)?.told ?? -1) < revision);
  }

  /** Tells one listener all there is. Throws when they could not be reached. */
  private reach(reader: Reader): Promise<void> {
    const listener = this.known(reader) ?? { readsFrom: reader.readsFrom, listens: reader.listens, told: this.told, telling: undefined };
    this.listeners.set(reader.userId, listener);
    return (listener.telling ??= this.tell(listener, reader).finally(() => (listener.telling = undefined)));
  }

  /** What they were told, as the listener that they are now. */
  private known({ userId, readsFrom, listens }: Reader): Listener | undefined {
    const found = this.listeners.get(userId);
    return found?.readsFrom === readsFrom && found.listens === listens ? found : undefined;
  }

  private async tell(listener: Listener, reader: Reader): Promise<void> {
    while (listener.told < this.store.revision) {
      const delivery = this.content(reader, listener.told, MOST);
      await inTime(this.deliver(reader.userId, delivery), "a listener");
      listener.told = delivery.revision;
    }
  }
}
