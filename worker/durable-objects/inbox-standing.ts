import { readRule } from "#app/domain/consent/access.ts";
import { commit, type Db } from "#db/client.ts";
import { selectCounters } from "#db/counters.ts";
import { firstOf, listen, listenNoMore, selectOwnRooms, selectSessionsAlive, selectTurns } from "#db/live.ts";
import { inTime } from "./in-time.ts";
import type { InboxStore } from "./inbox-store.ts";

/** How long the person counts as listening without another word, and how long what D1 said is believed without asking again. */
const LISTENS = 10 * 60_000;
export const RENEW = 2 * 60_000;

type Asked = { sessions: string[]; rooms: string[] };

/** What the person may and what waits for them, asked of D1 in one batch: when a page opens, when `stirred` says so, when a right ends by itself. */
export class InboxStanding {
  private readonly db: Db;
  private readonly store: InboxStore;
  private readonly userId: () => string;
  /** Whose sessions and rooms to ask about, and what to do with the answer. */
  private readonly about: () => Asked;
  private readonly answered: (endedSessions: string[]) => void;
  private last: Promise<unknown> = Promise.resolve();
  /** A question that is not put yet. */
  private next: Promise<void> | undefined;

  constructor(db: Db, store: InboxStore, userId: () => string, about: () => Asked, answered: (endedSessions: string[]) => void) {
    this.db = db;
    this.store = store;
    this.userId = userId;
    this.about = about;
    this.answered = answered;
  }

  /** Nothing is believed until D1 was asked again, even should the object die before. */
  doubt(): void {
    this.store.until = 0;
  }

  /** What is known holds now. */
  async sure(): Promise<void> {
    if (Date.now() >= this.store.until) await this.ask();
  }

  /** Whoever comes while D1 is being asked waits for the answer to a question put after they came. */
  ask(): Promise<void> {
    return (this.next ??= this.inTurn(() => {
      this.next = undefined;
      return this.put();
    }));
  }

  /** The person's first page is open. From here on they listen, by another mark than before: a room that told an earlier page tells this one, if D1 counted before it heard of what was said. */
  begin(): Promise<void> {
    return this.inTurn(() => {
      this.store.listensUntil = 0;
      return this.put();
    });
  }

  /** The person's last page is closed. One that opens meanwhile asks after this, and listens anew. */
  end(): Promise<void> {
    this.next = undefined;
    return this.inTurn(() => {
      const userId = this.userId();
      this.store.clear();
      return commit(this.db, [listenNoMore(this.db, userId)]);
    });
  }

  /** One after the other: of two writes under way at once D1 may take the later one first. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  private async put(): Promise<void> {
    const [userId, now] = [this.userId(), Date.now()];
    // Noted before the question: what is written after this batch will stir.
    const renewed = this.store.listensUntil - now < LISTENS / 2 ? [listen(this.db, userId, now + LISTENS)] : [];
    const { sessions, rooms } = this.about();
    // All that comes waits in turn: an answer that never came would hold up the person's pages for good.
    const answers = await inTime(this.db.batch([
      selectSessionsAlive(this.db, userId, sessions, now), selectOwnRooms(this.db, userId, [...this.store.rooms, ...rooms], now), selectTurns(this.db, userId, now), selectCounters(this.db, userId, readRule("assessments"), now),
      ...renewed,
    ]), "D1");
    const [alive, own, [turns], [counters]] = answers;
    if (renewed.length > 0) this.store.listensUntil = now + LISTENS;
    if (alive[0]) this.store.name = alive[0].name;
    if (counters) this.store.replace(own, counters);
    this.store.until = Math.min(firstOf(turns), now + RENEW, ...alive.map(({ until }) => until));
    // A page that opened meanwhile was not asked about: it asks for itself.
    this.answered(sessions.filter((asked) => !alive.some(({ id }) => id === asked)));
  }
}
