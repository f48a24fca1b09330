import type { Db } from "#db/client.ts";
import { selectTalkers, type Talker } from "#db/talkers.ts";
import { all } from "./sqlite.ts";

/** While much is said D1 is asked no more often than this. */
const LIFE = 2_000;

export type Reader = Pick<Talker, "userId" | "name" | "capacity" | "writes" | "readsFrom" | "listens">;
/** `placed` 0: the place has ended; what waits there is counted on, and right when they come back. */
type Kept = Reader & { placed: number };

const COLUMNS = ["userId", "name", "capacity", "writes", "readsFrom", "listens", "placed"] as const;

/** Everybody with a place in the room, as D1 said it last. Kept here, so that a room that wakes tells at once: whoever lost the right meanwhile is turned away by their own inbox. */
export class RoomAudience {
  private readonly storage: DurableObjectStorage;
  private readonly db: Db;
  private readonly conversationId: () => string;
  /** As in SQLite. */
  private known: Map<string, Kept> | undefined;
  /** When the question was put whose answer is kept; 0: before the room slept. */
  private askedAt = 0;
  private asking: Promise<void> | undefined;
  private doubted = false;

  constructor(storage: DurableObjectStorage, db: Db, conversationId: () => string) {
    this.storage = storage;
    this.db = db;
    this.conversationId = conversationId;
    storage.sql.exec("CREATE TABLE IF NOT EXISTS audience (user_id TEXT PRIMARY KEY, name TEXT NOT NULL, capacity TEXT NOT NULL, writes INTEGER NOT NULL, reads_from INTEGER NOT NULL, listens INTEGER NOT NULL, placed INTEGER NOT NULL) WITHOUT ROWID");
  }

  /** Those with a page open, as far as is known; D1 is asked where nobody is kept. */
  async listening(): Promise<Reader[]> {
    if (!this.all.some(({ placed }) => placed === 1)) await this.ask();
    return this.all.filter(({ listens }) => listens > 0);
  }

  /** As D1 said it just now. */
  async placed(): Promise<Reader[]> {
    if (this.doubted || Date.now() - this.askedAt >= LIFE) await (this.asking ??= this.ask().finally(() => (this.asking = undefined)));
    return this.all.filter(({ placed }) => placed === 1);
  }

  /** One who opens a page here: newer, maybe, than what is kept. */
  async opens(userId: string): Promise<Reader | undefined> {
    if (!this.reader(userId)?.listens) await this.ask();
    return this.reader(userId);
  }

  async ask(): Promise<void> {
    const now = Date.now();
    const [found] = await this.db.batch([this.question(now)]);
    this.keep(found, now);
  }

  question(now: number) {
    return selectTalkers(this.db, this.conversationId(), now);
  }

  /** What D1 answered to a question put then. */
  keep(found: Reader[], askedAt: number): void {
    if (askedAt < this.askedAt) return;
    const placed = new Set(found.map(({ userId }) => userId));
    const gone = this.all.filter(({ userId }) => !placed.has(userId)).map((reader) => ({ ...reader, writes: 0, listens: 0, placed: 0 }));
    for (const reader of [...found.map((each) => ({ ...each, placed: 1 })), ...gone]) {
      if (COLUMNS.every((column) => this.reader(reader.userId)?.[column] === reader[column])) continue;
      this.storage.sql.exec("INSERT OR REPLACE INTO audience VALUES (?, ?, ?, ?, ?, ?, ?)", ...COLUMNS.map((column) => reader[column]));
      this.readers.set(reader.userId, reader);
    }
    this.askedAt = askedAt;
    this.doubted = false;
  }

  /** Places have changed: no answer to an older question counts. */
  doubt(): void {
    this.askedAt = Date.now();
    this.doubted = true;
    this.asking = undefined;
  }

  reader(userId: string): Kept | undefined {
    return this.readers.get(userId);
  }

  /** Those too whose place has ended. */
  get all(): Kept[] {
    return [...this.readers.values()];
  }

  /** An erased person. */
  forget(userId: string): void {
    this.storage.sql.exec("DELETE FROM audience WHERE user_id = ?", userId);
    this.readers.delete(userId);
  }

  private get readers(): Map<string, Kept> {
    return (this.known ??= new Map(all<Kept>(this.storage, "SELECT user_id AS userId, name, capacity, writes, reads_from AS readsFrom, listens, placed FROM audience").map((reader) => [reader.userId, reader])));
  }
}
