import type { Author } from "#app/domain/chat/protocol.ts";
import { all, one } from "./sqlite.ts";

/** Who has written, read or typed in a room, each under a number that goes over the wire in place of the id, and who has it open. */
export class RoomPeople {
  private readonly storage: DurableObjectStorage;
  /** As in SQLite, which is asked when the room wakes. */
  private known: Author[] | undefined;
  private written: { named: number; people: string } | undefined;

  constructor(storage: DurableObjectStorage) {
    this.storage = storage;
    storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS people (n INTEGER PRIMARY KEY, user_id TEXT, name TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS present (user_id TEXT PRIMARY KEY, n INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;`);
  }

  get all(): Author[] {
    return (this.known ??= all<{ n: number; user_id: string | null; name: string }>(this.storage, "SELECT n, user_id, name FROM people ORDER BY n").map((row) => [row.n, row.user_id, row.name]));
  }

  /** All of them as they go over the wire, up to that number. */
  get named(): { named: number; people: string } {
    return (this.written ??= { named: this.all.at(-1)?.[0] ?? 0, people: JSON.stringify(this.all) });
  }

  numberOf(userId: string | null, name: string): number {
    const found = this.all.find((author) => author[1] === userId && author[2] === name);
    if (found) return found[0];
    const { n } = one<{ n: number }>(this.storage, "INSERT INTO people (user_id, name) VALUES (?, ?) RETURNING n", userId, name)!;
    this.all.push([n, userId, name]);
    this.written = undefined;
    return n;
  }

  /** An erased person keeps a number, and neither id nor name. */
  forget(userId: string): void {
    this.storage.sql.exec("UPDATE people SET user_id = NULL, name = '' WHERE user_id = ?", userId);
    this.storage.sql.exec("DELETE FROM present WHERE user_id = ?", userId);
    this.known = undefined;
    this.written = undefined;
  }

  /** The person is there until then, seen by the others under that number; 0: unseen. Answers whether they were not there before. */
  enter(userId: string, n: number, until: number): boolean {
    const before = one<{ n: number }>(this.storage, "SELECT n FROM present WHERE user_id = ?", userId);
    this.storage.sql.exec("INSERT INTO present VALUES (?, ?, ?) ON CONFLICT (user_id) DO UPDATE SET n = excluded.n, until = excluded.until", userId, n, until);
    return before?.n !== n;
  }

  /** Answers whether they were there. */
  leave(userId: string): boolean {
    return one(this.storage, "DELETE FROM present WHERE user_id = ? RETURNING n", userId) !== undefined;
  }

  /** Those of whom nobody has said for long that they are there. Answers whether there were any. */
  leaveOverdue(now: number): boolean {
    return all(this.storage, "DELETE FROM present WHERE until <= ? RETURNING n", now).length > 0;
  }

  /** When the first of them is overdue. */
  get presentUntil(): number | null {
    return one<{ until: number | null }>(this.storage, "SELECT min(until) AS until FROM present")!.until;
  }

  /** Who has the room open, those too whom the others do not see. */
  get present(): { userId: string; n: number; until: number }[] {
    return all(this.storage, "SELECT user_id AS userId, n, until FROM present");
  }
}
