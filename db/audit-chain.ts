import type { Seal, StoredEvent } from "#app/domain/audit/chain.ts";
import type { Db } from "./client.ts";

const EVENT = `e.seq, e.id, e.at, e.action, e.family_id AS familyId, e.school_id AS schoolId, e.request_id AS requestId,
  e.actor_id AS actorId, e.address, e.user_agent AS userAgent, e.who_salt AS whoSalt, e.subject_id AS subjectId, e.child_id AS childId, e.details, e.what_salt AS whatSalt`;
const HEAD = "(SELECT coalesce(max(position), 0) FROM audit_seals)";

/** The newest seal's digest and the events after it in the order in which they were committed. Reads these alone, however long the log is. */
export async function readUnsealed(db: Db, limit: number): Promise<{ head: string | null; events: StoredEvent[] }> {
  const [heads, events] = await db.$client.batch([
    db.$client.prepare("SELECT digest FROM audit_seals ORDER BY position DESC LIMIT 1"),
    db.$client.prepare(`SELECT ${EVENT} FROM audit_events e WHERE e.seq > ${HEAD} ORDER BY e.seq LIMIT ?`).bind(limit),
  ]);
  return { head: (heads!.results as { digest: string }[])[0]?.digest ?? null, events: events!.results as StoredEvent[] };
}

/** One statement: all of them or, when another sealed one of these events, none (UNIQUE audit_seals.position). */
export const insertSeals = (db: Db, seals: Seal[], now: number) => db.$client.prepare(`INSERT INTO audit_seals (position, event_id, school_id, child, frame, who, what, digest, sealed_at)
  SELECT value ->> 'position', value ->> 'eventId', value ->> 'schoolId', value ->> 'child', value ->> 'frame', value ->> 'who', value ->> 'what', value ->> 'digest', ?2 FROM json_each(?1)`)
  .bind(JSON.stringify(seals), now).run();

/** Whose part of the chain; the child also by the hashed id that its seals carry. */
export type ChainScope = { schoolId: string } | { childId: string; child: string } | "all";

export type WalkedSeal = { seal: Seal; previous: string | null; event: StoredEvent | null; erasureKnown: boolean };
type WalkedRow = Omit<Seal, "eventId" | "schoolId"> & { sealedId: string; sealedSchoolId: string | null; previous: string | null; erasureKnown: number } & StoredEvent;
type Walk = { seals: WalkedSeal[]; withoutSeal: { id: string; at: number }[]; unsealed: number; head: { digest: string; sealedAt: number } | null };

/** The scope in SQL: of events `e` by ?2, of seals `w` by ?4. The plus keeps the tail from being looked for among all events of the scope. */
function inScope(scope: ChainScope) {
  if (scope === "all") return { events: "?2 IS NULL", tail: "?1 IS NULL", seals: "?4 IS NULL", eventsOf: null, sealsOf: null };
  return "schoolId" in scope
    ? { events: "e.school_id = ?2", tail: "+e.school_id = ?1", seals: "w.school_id = ?4", eventsOf: scope.schoolId, sealsOf: scope.schoolId }
    : { events: "e.child_id = ?2", tail: "+e.child_id = ?1", seals: "w.child = ?4", eventsOf: scope.childId, sealsOf: scope.child };
}

/** A stretch of the chain after the event `from`: each seal with its forerunner's digest and its event, events between them that have no seal, and what waits to be sealed. */
export async function walkChain(db: Db, scope: ChainScope, from: string | null, limit: number): Promise<Walk> {
  const { events, tail, seals, eventsOf, sealsOf } = inScope(scope);
  const start = "coalesce((SELECT position FROM audit_seals WHERE event_id = ?1), 0)";
  const walked = `walked AS (SELECT w.* FROM audit_seals w WHERE ${seals} AND w.position > ${start} ORDER BY w.position LIMIT ?3)`;
  const stretch = (query: string) => db.$client.prepare(`WITH ${walked} ${query}`).bind(from, eventsOf, limit, sealsOf);
  const [found, without, waiting, head] = await db.$client.batch([
    stretch(`SELECT w.position, w.event_id AS sealedId, w.school_id AS sealedSchoolId, w.child, w.frame, w.who, w.what, w.digest,
        (SELECT p.digest FROM audit_seals p WHERE p.position < w.position ORDER BY p.position DESC LIMIT 1) AS previous,
        EXISTS (SELECT 1 FROM audit_events x WHERE x.id = e.erasure_id AND x.action = 'person.erased') AS erasureKnown, ${EVENT}
      FROM walked w LEFT JOIN audit_events e ON e.seq = w.position WHERE ?2 IS ?2 ORDER BY w.position`),
    // What was slipped in before the first seal is found with the first stretch, what stands after the last with the last.
    stretch(`SELECT e.id, e.at FROM audit_events e WHERE ${events} AND (?1 IS NULL OR e.seq > ${start}) AND e.seq <= (SELECT CASE WHEN count(*) < ?3 THEN ${HEAD} ELSE max(position) END FROM walked)
        AND NOT EXISTS (SELECT 1 FROM audit_seals p WHERE p.position = e.seq) ORDER BY e.seq LIMIT ?3`),
    db.$client.prepare(`SELECT count(*) AS n FROM audit_events e WHERE e.seq > ${HEAD} AND ${tail}`).bind(eventsOf),
    db.$client.prepare(`SELECT w.digest, w.sealed_at AS sealedAt FROM audit_seals w WHERE ${seals.replace("?4", "?1")} ORDER BY w.position DESC LIMIT 1`).bind(sealsOf),
  ]);
  return {
    seals: (found!.results as WalkedRow[]).map(({ position, sealedId, sealedSchoolId, child, frame, who, what, digest, previous, erasureKnown, ...event }) => ({
      seal: { position, eventId: sealedId, schoolId: sealedSchoolId, child, frame, who, what, digest }, previous, erasureKnown: erasureKnown === 1, event: (event.id as string | null) === null ? null : event,
    })),
    withoutSeal: without!.results as { id: string; at: number }[],
    unsealed: (waiting!.results as { n: number }[])[0]!.n,
    head: (head!.results as { digest: string; sealedAt: number }[])[0] ?? null,
  };
}
