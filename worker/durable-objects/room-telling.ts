import type { Talker } from "#db/talkers.ts";
import type { Delivery } from "./delivery.ts";
import type { Duty } from "./duty.ts";
import type { RoomAudience } from "./room-audience.ts";
import type { RoomStore } from "./room-store.ts";

const AGAIN = 3_000;
/** Goes up to a listener in one call; more goes in the next. */
const MOST = 200;

/** Whoever does not answer by then could not be reached. */
const PATIENCE = 10_000;

type Listener = { told: number; telling: Promise<void> | undefined };
type Content = (listener: Talker, talkers: Talker[], since: number, limit: number) => Delivery;

/**
 * Tells the listeners what is stored, each in order and one call at a time, so that what comes meanwhile goes together. Up to which revision
 * all were told is kept: should the room or an inbox die between, the alarm tells it again, and inboxes leave out what a socket has had.
 */
export class RoomTelling implements Duty {
  private readonly store: RoomStore;
  private readonly audience: RoomAudience;
  private readonly content: Content;
  private readonly deliver: (userId: string, delivery: Delivery) => Promise<void>;
  private readonly listeners = new Map<string, Listener>();

  constructor(store: RoomStore, audience: RoomAudience, content: Content, deliver: (userId: string, delivery: Delivery) => Promise<void>) {
    this.store = store;
    this.audience = audience;
    this.content = content;
    this.deliver = deliver;
  }

  due(): number | null {
    return this.told < this.store.revision ? Date.now() + AGAIN : null;
  }

  async work(): Promise<void> {
    if (this.told === this.store.revision) return;
    const talkers = await this.audience.talkers();
    const revision = this.store.revision;
    const listening = talkers.filter(({ listens }) => listens === 1);
    await Promise.all(listening.map((talker) => this.reach(talker, talkers)));
    for (const userId of this.listeners.keys()) if (!listening.some((talker) => talker.userId === userId)) this.listeners.delete(userId);
    if (this.told < revision) this.store.setFact("told", revision);
  }

  /** People who were not among the listeners when all was told: what is last is told to them anew, and thereby what waits. */
  async tellNewcomers(userIds: string[]): Promise<void> {
    this.audience.forget();
    const talkers = await this.audience.talkers();
    for (const userId of userIds) this.listeners.set(userId, { told: this.store.revision - 1, telling: undefined });
    await Promise.all(talkers.filter(({ userId }) => userIds.includes(userId)).map((talker) => this.reach(talker, talkers)));
  }

  /** Tells one listener all there is. Throws when they could not be reached. */
  private reach(talker: Talker, talkers: Talker[]): Promise<void> {
    const listener = this.listeners.get(talker.userId) ?? { told: this.told, telling: undefined };
    this.listeners.set(talker.userId, listener);
    return (listener.telling ??= this.tell(listener, talker, talkers).finally(() => (listener.telling = undefined)));
  }

  private async tell(listener: Listener, talker: Talker, talkers: Talker[]): Promise<void> {
    while (listener.told < this.store.revision) {
      const delivery = this.content(talker, talkers, listener.told, MOST);
      await inTime(this.deliver(talker.userId, delivery));
      listener.told = delivery.revision;
    }
  }

  private get told(): number {
    return this.store.fact<number>("told") ?? 0;
  }
}

/** Rejects when it takes too long. The timer goes with the answer: an object with a timer does not sleep. */
function inTime(work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error("a listener did not answer")), PATIENCE)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
