import type { History, Changed, Outgoing, RoomFile, RoomMessage, Sent, Since } from "#app/domain/chat/rooms.ts";
import { EDIT_WINDOW } from "#app/domain/chat/rules.ts";
import { RoomPointers } from "./room-pointers.ts";
import { all, one } from "./sqlite.ts";

type Row = { seq: number; revision: number; client_id: string; sender_id: string | null; sender_name: string; at: number; text: string; silent: number; edited_at: number | null; deleted_at: number | null; files: string };

export type Changes = { messages: RoomMessage[]; more: boolean; lastSeq: number; revision: number };

/** A room's messages in its own SQLite. Nothing here waits: what is called in one turn is written in one turn. */
export class RoomStore {
  readonly pointers: RoomPointers;
  private readonly storage: DurableObjectStorage;
  /** The last change and the last message, as in SQLite. */
  private known: { revision: number; seq: number } | undefined;
  /** What is told to many at once is read once. */
  private told = new Map<string, Changes>();

  constructor(storage: DurableObjectStorage) {
    this.storage = storage;
    this.pointers = new RoomPointers(storage);
    storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS messages (seq INTEGER PRIMARY KEY, revision INTEGER NOT NULL UNIQUE, client_id TEXT NOT NULL, sender_id TEXT, sender_name TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL,
        silent INTEGER NOT NULL, edited_at INTEGER, deleted_at INTEGER, files TEXT NOT NULL);
      CREATE UNIQUE INDEX IF NOT EXISTS messages_once ON messages (sender_id, client_id);
      CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;`);
  }

  get lastSeq(): number {
    return this.last.seq;
  }

  get revision(): number {
    return this.last.revision;
  }

  fact<T extends SqlStorageValue>(name: string): T | undefined {
    return one<{ value: T }>(this.storage, "SELECT value FROM facts WHERE name = ?", name)?.value;
  }

  setFact(name: string, value: SqlStorageValue): void {
    this.storage.sql.exec("INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value);
  }

  /** Messages that came in one turn: all of them are taken, or none. */
  append(messages: Outgoing[]): Sent[] {
    return this.whole(() => messages.map((message) => this.appendOne(message)));
  }

  private appendOne({ senderId, senderName, clientId, text, at, silent, files }: Outgoing): Sent {
    const [seq, revision, filesText] = [this.lastSeq + 1, this.revision + 1, JSON.stringify(files)];
    const taken = one(this.storage, `INSERT INTO messages (seq, revision, client_id, sender_id, sender_name, at, text, silent, files) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (sender_id, client_id) DO NOTHING RETURNING seq`, seq, revision, clientId, senderId, senderName, at, text, silent ? 1 : 0, filesText);
    if (!taken) {
      const found = one<Row>(this.storage, "SELECT * FROM messages WHERE sender_id = ? AND client_id = ?", senderId, clientId)!;
      const same = found.edited_at !== null || found.deleted_at !== null || (found.text === text && found.files === filesText);
      return same ? { message: messageIn(found), again: true } : { refused: "other_text" };
    }
    this.turn();
    this.last.seq = seq;
    // No change of its own: a message says that its sender has read up to it.
    this.pointers.move(senderId, seq, at, 0);
    return { message: { seq, revision, senderId, senderName, clientId, at, text, silent, editedAt: null, deletedAt: null, files }, again: false };
  }

  edit({ senderId, seq, text, at }: { senderId: string; seq: number; text: string; at: number }): Changed {
    return this.change(senderId, seq, at, (revision) => this.storage.sql.exec("UPDATE messages SET text = ?, edited_at = ?, revision = ? WHERE seq = ?", text, at, revision, seq));
  }

  remove({ senderId, seq, at }: { senderId: string | null; seq: number; at: number }): Changed {
    return this.change(senderId, seq, at, (revision) => this.storage.sql.exec("UPDATE messages SET text = '', files = '[]', deleted_at = ?, revision = ? WHERE seq = ?", at, revision, seq));
  }

  /** What an erased person said stays as a place in the order alone. */
  forget({ userId, at }: { userId: string; at: number }): boolean {
    return this.whole(() => {
      this.pointers.forget(userId);
      const theirs = all<{ seq: number }>(this.storage, "SELECT seq FROM messages WHERE sender_id = ? ORDER BY seq", userId);
      for (const { seq } of theirs) {
        this.storage.sql.exec("UPDATE messages SET sender_id = NULL, sender_name = '', text = '', files = '[]', deleted_at = coalesce(deleted_at, ?), revision = ? WHERE seq = ?", at, this.turn(), seq);
      }
      return theirs.length > 0;
    });
  }

  private change(senderId: string | null, seq: number, at: number, write: (revision: number) => void): Changed {
    return this.whole(() => {
      const found = one<Row>(this.storage, "SELECT * FROM messages WHERE seq = ? AND deleted_at IS NULL", seq);
      if (!found) return { refused: "not_found" };
      if (senderId !== null && found.sender_id !== senderId) return { refused: "not_yours" };
      if (senderId !== null && at >= found.at + EDIT_WINDOW) return { refused: "too_late" };
      write(this.turn());
      return { message: messageIn(one<Row>(this.storage, "SELECT * FROM messages WHERE seq = ?", seq)!) };
    });
  }

  find({ seq, readsFrom }: Since & { seq: number }): RoomMessage | null {
    const found = one<Row>(this.storage, "SELECT * FROM messages WHERE seq = ? AND at >= ?", seq, readsFrom);
    return found ? messageIn(found) : null;
  }

  holds({ fileId, readsFrom }: Since & { fileId: string }): boolean {
    return this.exists("files <> '[]' AND deleted_at IS NULL AND at >= ? AND EXISTS (SELECT 1 FROM json_each(files) f WHERE f.value ->> 'id' = ?)", readsFrom, fileId);
  }

  history({ readsFrom, limit, before, after }: Since & { limit: number; before?: number | undefined; after?: number | undefined }): History {
    const found = after === undefined
      ? all<Row>(this.storage, "SELECT * FROM messages WHERE at >= ? AND seq < ? ORDER BY seq DESC LIMIT ?", readsFrom, before ?? Number.MAX_SAFE_INTEGER, limit + 1)
      : all<Row>(this.storage, "SELECT * FROM messages WHERE at >= ? AND seq > ? ORDER BY seq LIMIT ?", readsFrom, after, limit + 1);
    const page = found.slice(0, limit).map(messageIn).sort((one, other) => one.seq - other.seq);
    const [more, lastSeq] = [found.length > limit, this.lastSeq];
    const around = page.length > 0 ? { older: this.exists("seq < ? AND at >= ?", page[0]!.seq, readsFrom), newer: page.at(-1)!.seq < lastSeq } : { older: false, newer: false };
    return { messages: page, older: after === undefined ? more : around.older, newer: after === undefined ? around.newer : more, lastSeq, revision: this.revision, pointers: this.pointers.all };
  }

  changes(asked: Since & { revision: number; limit: number }): Changes {
    const [key, told] = [`${asked.readsFrom} ${asked.revision} ${asked.limit}`, this.told];
    return told.get(key) ?? told.set(key, this.readChanges(asked)).get(key)!;
  }

  private readChanges({ readsFrom, revision, limit }: Since & { revision: number; limit: number }): Changes {
    const found = all<Row>(this.storage, "SELECT * FROM messages WHERE revision > ? AND at >= ? ORDER BY revision LIMIT ?", revision, readsFrom, limit + 1);
    return { messages: found.slice(0, limit).map(messageIn), more: found.length > limit, lastSeq: this.lastSeq, revision: this.revision };
  }

  /** Moves somebody's pointer forward, never past the last message. Answers whether it moved. */
  read({ userId, seq, at }: { userId: string; seq: number; at: number }): boolean {
    const upTo = Math.min(seq, this.lastSeq);
    if (upTo <= this.pointers.of(userId)) return false;
    this.whole(() => this.pointers.move(userId, upTo, at, this.turn()));
    return true;
  }

  /** What one has read, another has too. A change in any case: the other's place is new. */
  carry({ from, to, at }: { from: string; to: string; at: number }): void {
    this.whole(() => this.pointers.move(to, this.pointers.of(from), at, this.turn()));
  }

  /** Messages of others that wait for this reader. */
  unread(userId: string, readsFrom: number): number {
    return one<{ n: number }>(this.storage, "SELECT count(*) AS n FROM messages WHERE seq > ? AND at >= ? AND deleted_at IS NULL AND sender_id IS NOT ?", this.pointers.of(userId), readsFrom, userId)!.n;
  }

  /** Who wrote the first message of others that this reader has not read, and that is to be heard of outside. */
  unheard(userId: string, readsFrom: number): string | null {
    return one<{ sender_name: string }>(this.storage, "SELECT sender_name FROM messages WHERE seq > ? AND at >= ? AND deleted_at IS NULL AND silent = 0 AND sender_id IS NOT ? ORDER BY seq LIMIT 1", this.pointers.of(userId), readsFrom, userId)?.sender_name ?? null;
  }

  /** The next change of the room. */
  private turn(): number {
    this.told = new Map();
    return ++this.last.revision;
  }

  /** All of it or nothing. */
  private whole<T>(work: () => T): T {
    const before = this.revision;
    try {
      return this.storage.transactionSync(() => {
        const done = work();
        if (this.revision !== before) this.setFact("revision", this.revision);
        this.pointers.keep();
        return done;
      });
    } catch (error) {
      this.known = undefined;
      this.pointers.undo();
      this.told = new Map();
      throw error;
    }
  }

  private get last() {
    return (this.known ??= { revision: this.fact<number>("revision") ?? 0, seq: one<{ seq: number | null }>(this.storage, "SELECT max(seq) AS seq FROM messages")?.seq ?? 0 });
  }

  private exists(where: string, ...values: SqlStorageValue[]): boolean {
    return all(this.storage, `SELECT 1 FROM messages WHERE ${where} LIMIT 1`, ...values).length > 0;
  }
}

const messageIn = (row: Row): RoomMessage => ({
  seq: row.seq, revision: row.revision, senderId: row.sender_id, senderName: row.sender_name, clientId: row.client_id, at: row.at, text: row.text, silent: row.silent === 1, editedAt: row.edited_at, deletedAt: row.deleted_at, files: JSON.parse(row.files) as RoomFile[],
});
