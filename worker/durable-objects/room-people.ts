import type { Author } from "#app/domain/chat/protocol.ts";
import { all, one } from "./sqlite.ts";

/** Who has written, read or typed in a room, each under a number that goes over the wire in place of the id. */
export class RoomPeople {
  private readonly storage: DurableObjectStorage;
  /** As in SQLite, which is asked when the room wakes. */
  private known: Author[] | undefined;
  private written: { named: number; people: string } | undefined;

  constructor(storage: DurableObjectStorage) {
    this.storage = storage;
    storage.sql.exec("CREATE TABLE IF NOT EXISTS people (n INTEGER PRIMARY KEY, user_id TEXT, name TEXT NOT NULL)");
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
    this.known = undefined;
    this.written = undefined;
  }
}
