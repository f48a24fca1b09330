import type { Duty } from "./duty.ts";
import { inTime } from "./in-time.ts";
import { all, one } from "./sqlite.ts";

const AGAIN = 1_000;

/** Who has the room open. Each of them is told when that changes, again until their inbox has taken it: should the room die between, it still knows who was not told. */
export class RoomPresence implements Duty {
  private readonly storage: DurableObjectStorage;
  private readonly tell: (userId: string, present: number[]) => Promise<void>;
  private telling: Promise<void> | undefined;
  /** Since the room woke. */
  private changes = 0;

  constructor(storage: DurableObjectStorage, tell: (userId: string, present: number[]) => Promise<void>) {
    this.storage = storage;
    this.tell = tell;
    storage.sql.exec("CREATE TABLE IF NOT EXISTS watchers (user_id TEXT PRIMARY KEY, n INTEGER NOT NULL, until INTEGER NOT NULL, told INTEGER NOT NULL) WITHOUT ROWID");
  }

  /** The person is there until then, seen by the others under that number; 0: unseen. */
  enter(userId: string, n: number, until: number): void {
    const before = one<{ n: number }>(this.storage, "SELECT n FROM watchers WHERE user_id = ?", userId)?.n ?? 0;
    // Whoever comes is told with the answer.
    this.storage.sql.exec("INSERT INTO watchers VALUES (?, ?, ?, 1) ON CONFLICT (user_id) DO UPDATE SET n = excluded.n, until = excluded.until", userId, n, until);
    if (n !== before) this.change(userId);
  }

  leave(userId: string): void {
    const left = one<{ n: number }>(this.storage, "DELETE FROM watchers WHERE user_id = ? RETURNING n", userId);
    if (left && left.n > 0) this.change(userId);
  }

  /** The numbers of those whom others see. */
  get seen(): number[] {
    return all<{ n: number }>(this.storage, "SELECT n FROM watchers WHERE n > 0").map(({ n }) => n);
  }

  /** All who have it open, those too whom nobody sees. */
  get watching(): string[] {
    return all<{ userId: string }>(this.storage, "SELECT user_id AS userId FROM watchers").map(({ userId }) => userId);
  }

  due(): number | null {
    const { until, told } = one<{ until: number | null; told: number | null }>(this.storage, "SELECT min(until) AS until, min(told) AS told FROM watchers")!;
    return told === 0 ? Date.now() + AGAIN : until;
  }

  /** Those of whom nobody has said for long that they are there have left. */
  work(): Promise<void> {
    const overdue = all<{ n: number }>(this.storage, "DELETE FROM watchers WHERE until <= ? RETURNING n", Date.now());
    if (overdue.some(({ n }) => n > 0)) this.change("");
    return (this.telling ??= this.tellAll().finally(() => (this.telling = undefined)));
  }

  private change(but: string): void {
    this.changes++;
    this.storage.sql.exec("UPDATE watchers SET told = 0 WHERE user_id <> ?", but);
  }

  /** One call at a time to each, so that the last word is the newest. */
  private async tellAll(): Promise<void> {
    for (let untold = this.untold; untold.length > 0; untold = this.untold) {
      const [changes, seen] = [this.changes, this.seen];
      const answers = await Promise.allSettled(untold.map((userId) => inTime(this.tell(userId, seen), "who is there")));
      const told = untold.filter((_, at) => answers[at]!.status === "fulfilled");
      if (changes === this.changes) this.storage.sql.exec("UPDATE watchers SET told = 1 WHERE user_id IN (SELECT value FROM json_each(?))", JSON.stringify(told));
      if (told.length < untold.length) throw new Error("somebody was not told who is there");
    }
  }

  private get untold(): string[] {
    return all<{ userId: string }>(this.storage, "SELECT user_id AS userId FROM watchers WHERE told = 0").map(({ userId }) => userId);
  }
}
