import type { Outgoing, Planned, PlannedMessage } from "#app/domain/chat/rooms.ts";
import type { Duty } from "./duty.ts";
import type { Reader } from "./room-audience.ts";

const AGAIN = 3_000;

type Row = { id: string; due_at: number; sender_id: string; sender_name: string; text: string; silent: number };

/** What a room is to say later: kept in its own SQLite, said in order when its time has come. */
export class RoomPlans implements Duty {
  private readonly sql: SqlStorage;
  private readonly placed: () => Promise<Reader[]>;
  private readonly send: (message: Outgoing) => Promise<unknown>;

  /** When it was tried last without success. */
  private tried = 0;

  constructor(storage: DurableObjectStorage, placed: () => Promise<Reader[]>, send: (message: Outgoing) => Promise<unknown>) {
    this.sql = storage.sql;
    this.placed = placed;
    this.send = send;
    this.sql.exec("CREATE TABLE IF NOT EXISTS planned (id TEXT PRIMARY KEY, due_at INTEGER NOT NULL, sender_id TEXT NOT NULL, sender_name TEXT NOT NULL, text TEXT NOT NULL, silent INTEGER NOT NULL) WITHOUT ROWID");
  }

  /** Answers false where the sender has as many waiting as one may have. The same id again is the same message. */
  add({ id, dueAt, senderId, senderName, text, silent, most }: Planned & { most: number }): boolean {
    const waiting = this.of(senderId);
    if (waiting.some((planned) => planned.id === id)) return true;
    if (waiting.length >= most) return false;
    this.sql.exec("INSERT INTO planned VALUES (?, ?, ?, ?, ?, ?)", id, dueAt, senderId, senderName, text, silent ? 1 : 0);
    return true;
  }

  of(senderId: string): PlannedMessage[] {
    return this.rows("SELECT * FROM planned WHERE sender_id = ? ORDER BY due_at, id", senderId).map(({ id, dueAt, text, silent }) => ({ id, dueAt, text, silent }));
  }

  /** Answers whether it was there: what was sent cannot be called back here. */
  drop({ id, senderId }: { id: string; senderId: string }): boolean {
    return this.sql.exec("DELETE FROM planned WHERE id = ? AND sender_id = ? RETURNING id", id, senderId).toArray().length > 0;
  }

  /** An erased person says nothing more. */
  forget(senderId: string): void {
    this.sql.exec("DELETE FROM planned WHERE sender_id = ?", senderId);
  }

  due(): number | null {
    const { at } = this.sql.exec<{ at: number | null }>("SELECT min(due_at) AS at FROM planned").one();
    return at === null ? null : Math.max(at, this.tried + AGAIN);
  }

  /** A right that ended in the meantime says nothing more. Sent before it is taken away: should the room die between, its id makes of it the same message. */
  async work(): Promise<void> {
    if (this.ripe().length === 0) return;
    this.tried = Date.now();
    const placed = await this.placed();
    for (const { id, senderId, senderName, text, silent } of this.ripe()) {
      if (placed.some(({ userId, writes }) => userId === senderId && writes === 1)) await this.send({ senderId, senderName, clientId: id, text, at: Date.now(), silent, files: [] });
      this.drop({ id, senderId });
    }
    this.tried = 0;
  }

  private ripe(): Planned[] {
    return this.rows("SELECT * FROM planned WHERE due_at <= ? ORDER BY due_at, id", Date.now());
  }

  private rows(query: string, ...values: SqlStorageValue[]): Planned[] {
    return this.sql.exec<Row>(query, ...values).toArray().map((row) => ({ id: row.id, dueAt: row.due_at, senderId: row.sender_id, senderName: row.sender_name, text: row.text, silent: row.silent === 1 }));
  }
}
