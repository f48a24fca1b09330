import { all } from "./sqlite.ts";

type Pointer = { seq: number; at: number; revision: number };

/** How far each has read. Moved in memory, and written by whoever ends the transaction. */
export class RoomPointers {
  private readonly storage: DurableObjectStorage;
  private known: Map<string, Pointer> | undefined;
  private readonly moved = new Set<string>();

  constructor(storage: DurableObjectStorage) {
    this.storage = storage;
    storage.sql.exec("CREATE TABLE IF NOT EXISTS pointers (user_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, revision INTEGER NOT NULL)");
  }

  of(userId: string): number {
    return this.pointers.get(userId)?.seq ?? 0;
  }

  get all(): { userId: string; seq: number }[] {
    return [...this.pointers].map(([userId, { seq }]) => ({ userId, seq }));
  }

  /** Those that have moved since a revision. */
  since(revision: number): { userId: string; seq: number }[] {
    return [...this.pointers].flatMap(([userId, pointer]) => (pointer.revision > revision ? [{ userId, seq: pointer.seq }] : []));
  }

  /** `revision` 0: the move is no change of its own. */
  move(userId: string, seq: number, at: number, revision: number): void {
    const before = this.pointers.get(userId);
    this.pointers.set(userId, { seq: Math.max(seq, before?.seq ?? 0), at, revision: Math.max(revision, before?.revision ?? 0) });
    this.moved.add(userId);
  }

  /** An erased person's. */
  forget(userId: string): void {
    this.storage.sql.exec("DELETE FROM pointers WHERE user_id = ?", userId);
    this.pointers.delete(userId);
  }

  keep(): void {
    for (const userId of this.moved) {
      const { seq, at, revision } = this.pointers.get(userId)!;
      this.storage.sql.exec("INSERT OR REPLACE INTO pointers VALUES (?, ?, ?, ?)", userId, seq, at, revision);
    }
    this.moved.clear();
  }

  /** As SQLite has them: what moved was taken back. */
  undo(): void {
    this.known = undefined;
    this.moved.clear();
  }

  private get pointers(): Map<string, Pointer> {
    return (this.known ??= new Map(all<Pointer & { user_id: string }>(this.storage, "SELECT * FROM pointers").map(({ user_id, ...pointer }) => [user_id, pointer])));
  }
}
