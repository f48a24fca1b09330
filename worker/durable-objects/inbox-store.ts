import { COUNTERS, type Counters } from "#app/domain/chat/protocol.ts";
import type { OwnRoom } from "#db/live.ts";
import { all, one } from "./sqlite.ts";

type Row = { conversation_id: string; writes: number; reads_from: number; unread: number; revision: number };

/** What waits is written once nothing more has come for so long: should it be lost before, so are the sockets, and whoever comes back has it counted anew. */
const QUIET = 1_000;

/** What an inbox knows of its person, as D1 said it last and rooms went on from there: their places, what waits, and until when this holds by itself. */
export class InboxStore {
  private readonly storage: DurableObjectStorage;
  /** As in SQLite: each frame asks for them. */
  private readonly facts = new Map<string, SqlStorageValue | undefined>();
  private known: Map<string, Row> | undefined;
  private readonly unkept = new Set<Row>();
  private keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(storage: DurableObjectStorage) {
    this.storage = storage;
    storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS rooms (conversation_id TEXT PRIMARY KEY, writes INTEGER NOT NULL, reads_from INTEGER NOT NULL, unread INTEGER NOT NULL, revision INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS opened (conversation_id TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS tickets (nonce TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;`);
  }

  /** Answers false for a ticket that was used before. */
  spend(nonce: string, expiresAt: number, now: number): boolean {
    this.storage.sql.exec("DELETE FROM tickets WHERE expires_at <= ?", now);
    return one(this.storage, "INSERT INTO tickets VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING nonce", nonce, expiresAt) !== undefined;
  }

  /** Nothing of the person is kept here while no page of theirs is open. */
  clear(): void {
    this.known = undefined;
    this.unkept.clear();
    this.facts.clear();
    this.storage.transactionSync(() => {
      for (const table of ["rooms", "facts"]) this.storage.sql.exec(`DELETE FROM ${table}`);
    });
  }

  /** Until when what is known of rights holds; 0: it must be asked. */
  get until(): number {
    return this.fact<number>("until") ?? 0;
  }

  set until(until: number) {
    this.setFact("until", until);
  }

  get listensUntil(): number {
    return this.fact<number>("listens_until") ?? 0;
  }

  set listensUntil(until: number) {
    this.setFact("listens_until", until);
  }

  get userId(): string | undefined {
    return this.fact<string | null>("user_id") ?? undefined;
  }

  set userId(userId: string | undefined) {
    this.setFact("user_id", userId ?? null);
  }

  get name(): string {
    return this.fact<string>("name") ?? "";
  }

  set name(name: string) {
    this.setFact("name", name);
  }

  get rooms(): string[] {
    return [...this.places.keys()];
  }

  place(conversationId: string): { writes: boolean; readsFrom: number } | undefined {
    const found = this.places.get(conversationId);
    return found && { writes: found.writes === 1, readsFrom: found.reads_from };
  }

  /** What D1 says now. Of what waits in a room the later word counts, whether D1's or the room's own. */
  replace(rooms: OwnRoom[], counters: Counters): void {
    this.keep();
    this.known = undefined;
    this.storage.transactionSync(() => {
      this.storage.sql.exec("DELETE FROM rooms WHERE conversation_id NOT IN (SELECT value FROM json_each(?))", JSON.stringify(rooms.map(({ conversationId }) => conversationId)));
      for (const { conversationId, writes, readsFrom, unread, revision } of rooms) {
        this.storage.sql.exec(`INSERT INTO rooms VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (conversation_id) DO UPDATE SET writes = ?2, reads_from = ?3, unread = CASE WHEN revision > ?5 THEN unread ELSE ?4 END, revision = max(revision, ?5)`,
          conversationId, writes, readsFrom, unread, revision);
      }
      this.setFact("counters", JSON.stringify(counters));
    });
  }

  /** What waits in a room after its change of that number. */
  waits(conversationId: string, unread: number, revision: number): void {
    const room = this.places.get(conversationId);
    if (!room || room.revision > revision) return;
    Object.assign(room, { unread, revision });
    this.unkept.add(room);
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), QUIET);
  }

  private keep(): void {
    for (const { conversation_id, unread, revision } of this.unkept) this.storage.sql.exec("UPDATE rooms SET unread = ?2, revision = ?3 WHERE conversation_id = ?1 AND revision <= ?3", conversation_id, unread, revision);
    this.unkept.clear();
  }

  private get places(): Map<string, Row> {
    return (this.known ??= new Map(all<Row>(this.storage, "SELECT * FROM rooms").map((row) => [row.conversation_id, row])));
  }

  get counters(): Counters {
    const counted = JSON.parse(this.fact<string>("counters") ?? "{}") as Partial<Counters>;
    const messages = [...this.places.values()].reduce((sum, { unread }) => sum + unread, 0);
    return Object.fromEntries(COUNTERS.map((name) => [name, name === "messages" ? messages : (counted[name] ?? 0)])) as Counters;
  }

  /** Rooms in which the others see the person, and until when. */
  get opened(): { conversationId: string; until: number }[] {
    return all(this.storage, "SELECT conversation_id AS conversationId, until FROM opened");
  }

  open(conversationId: string, until: number): void {
    this.storage.sql.exec("INSERT INTO opened VALUES (?1, ?2) ON CONFLICT (conversation_id) DO UPDATE SET until = ?2", conversationId, until);
  }

  leave(conversationId: string): void {
    this.storage.sql.exec("DELETE FROM opened WHERE conversation_id = ?", conversationId);
  }

  private fact<T extends SqlStorageValue>(name: string): T | undefined {
    if (!this.facts.has(name)) this.facts.set(name, one<{ value: T }>(this.storage, "SELECT value FROM facts WHERE name = ?", name)?.value);
    return this.facts.get(name) as T | undefined;
  }

  private setFact(name: string, value: SqlStorageValue): void {
    this.storage.sql.exec("INSERT INTO facts VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2", name, value);
    this.facts.set(name, value);
  }
}
