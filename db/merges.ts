import { eq, sql } from "drizzle-orm";
import type { GuardianshipChange, GuardianshipFacts } from "#app/domain/people/plan-merged-guardianships.ts";
import { write, type Db, type Write } from "./client.ts";
import { pack, unpack } from "./bulk.ts";
import { backwards, MERGE_STEPS, rowsOf, type Moved } from "./merge-steps.ts";
import { merges } from "./schema/schools.ts";

export type Pair = { schoolId: string; keptId: string; goneId: string };
const P = "WITH p(kept, gone, school, now) AS (SELECT ?1, ?2, ?3, ?4)";
const bind = ({ schoolId, keptId, goneId }: Pair, now: number) => [keptId, goneId, schoolId, now];

const MEMBER = (id: string) => `EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${id} AND m.school_id = (SELECT school FROM p))`;
const KEPT = "(SELECT kept FROM p)";
const GONE = "(SELECT gone FROM p)";
/** As far as SQL decides: each a column of the facts, 1 where it speaks against the merge. */
const OBSTACLES = {
  kinds: `(SELECT count(DISTINCT u.kind) FROM users u WHERE u.id IN (${KEPT}, ${GONE})) <> 1`,
  inactive: `(SELECT count(*) FROM users u WHERE u.id IN (${KEPT}, ${GONE}) AND u.status = 'active') <> 2`,
  related: `EXISTS (SELECT 1 FROM guardianships g WHERE g.guardian_id IN (${KEPT}, ${GONE}) AND g.child_id IN (${KEPT}, ${GONE}))`,
  // The account that goes must be the school's own, with nobody else having a part in it.
  strange: `EXISTS (SELECT 1 FROM users h WHERE h.id = ${GONE} AND (h.home_school_id IS NOT (SELECT school FROM p) OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = h.id AND m.school_id <> (SELECT school FROM p) AND m.active = 1)
    OR EXISTS (SELECT 1 FROM guardianships g WHERE g.guardian_id = h.id AND g.active = 1 AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = g.child_id AND m.school_id = (SELECT school FROM p) AND m.role = 'student'))))`,
  payment: `EXISTS (SELECT 1 FROM payments y WHERE ${GONE} IN (y.student_id, y.payer_id) AND y.status IN ('pending', 'processing'))`,
};
type MergeObstacle = keyof typeof OBSTACLES;

const GUARDIANSHIPS = `(SELECT json_group_array(json_object('id', g.id, 'guardianId', g.guardian_id, 'childId', g.child_id, 'active', g.active, 'isPrimary', g.is_primary, 'approve', g.can_approve_purchases, 'schedule', g.can_schedule_lessons,
  'view', g.can_view_progress, 'talk', g.can_talk_with_teachers, 'endsAt', g.ends_at) ORDER BY g.id) FROM guardianships g WHERE g.guardian_id IN (${KEPT}, ${GONE}) OR g.child_id IN (${KEPT}, ${GONE}))`;

type Person = { id: string; name: string; kind: "adult" | "child"; email: string | null; username: string | null; level: string | null; createdAt: number; isOwner: number };

/** The two, what speaks against merging them, and how many rows each step would take. One round trip. */
export async function readPair(db: Db, pair: Pair, now: number) {
  const ask = (query: string) => db.$client.prepare(`${P} ${query}`).bind(...bind(pair, now));
  const [people, facts, counts] = await db.$client.batch([
    ask(`SELECT u.id, u.name, u.kind, u.email, u.username, u.level, u.created_at AS createdAt, EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.role = 'school_owner' AND m.active = 1) AS isOwner
      FROM users u WHERE u.id IN (${KEPT}, ${GONE}) AND u.status <> 'erased' AND ${MEMBER("u.id")}`),
    ask(`SELECT ${Object.entries(OBSTACLES).map(([name, sql]) => `${sql} AS ${name}`).join(", ")}, ${GUARDIANSHIPS} AS guardianships`),
    ask(`SELECT ${pack(MERGE_STEPS.map(({ from }) => `(SELECT count(*) ${from})`))}`),
  ]);
  const { guardianships, ...obstacles } = facts!.results[0] as Record<MergeObstacle, number> & { guardianships: string };
  const counted = unpack(counts!.results[0] as Record<string, string>);
  return {
    people: people!.results as Person[], obstacles, snapshot: guardianships, guardianships: JSON.parse(guardianships) as GuardianshipFacts[],
    steps: MERGE_STEPS.flatMap(({ table, column, how, collision }, at) => (counted[at]! > 0 ? [{ at, table, column, how, collision, count: counted[at]! }] : [])),
  };
}

const halved = (terms: string[], or = " OR "): string => (terms.length < 3 ? terms.join(or) : `(${halved(terms.slice(0, terms.length / 2), or)})${or}(${halved(terms.slice(terms.length / 2), or)})`);

/**
 * Writes down what the merge is about to move, from the rows as they are at that instant. Aborts its batch (NOT NULL merges.created_at) when
 * something speaks against it by now, when guardianships changed since they were read, or when a step that had nothing to do has something.
 */
export function insertMerge(db: Db, pair: Pair, merge: { id: string; mergedBy: string; now: number; undoUntil: number }, found: number[], guardianships: { snapshot: string; moved: Moved[] }): Write {
  const idle = MERGE_STEPS.flatMap(({ from }, at) => (found.includes(at) ? [] : [`EXISTS (SELECT 1 ${from})`]));
  const lost = [...Object.values(OBSTACLES), `${GUARDIANSHIPS} <> ?7`, ...idle];
  const written = found.map((at) => MERGE_STEPS[at]!).filter(({ write }) => write !== "").map((step) =>
    `json_object('table', '${step.table}', 'column', '${step.column}', 'how', '${step.how}', 'identity', json('${JSON.stringify(step.identity)}'), 'columns', json('${JSON.stringify(step.columns)}'), 'rows', json(${rowsOf(step)}))`);
  const known = guardianships.moved.length ? [JSON.stringify(guardianships.moved).slice(1, -1)] : [];
  return write(db, `${P} INSERT INTO merges (id, school_id, kept_id, gone_id, merged_by, moved, undo_until, created_at)
    SELECT ?5, (SELECT school FROM p), ${KEPT}, ${GONE}, ?6, '[' || ?9 || ${halved(written, " || ',' || ")} || ']', ?8, CASE WHEN ${halved(lost)} THEN NULL ELSE (SELECT now FROM p) END`,
    ...bind(pair, merge.now), merge.id, merge.mergedBy, guardianships.snapshot, merge.undoUntil, known.length ? `${known[0]},` : "");
}

export const takeSteps = (db: Db, pair: Pair, found: number[], now: number): Write[] =>
  found.map((at) => MERGE_STEPS[at]!).filter((step) => step.write !== "").map((step) => write(db, `${P} ${step.write}`, ...bind(pair, now)));

export async function findMerge(db: Db, schoolIds: string[], id: string) {
  return (await db.select().from(merges).where(sql`${merges.id} = ${id} AND ${merges.schoolId} IN (SELECT value FROM json_each(${JSON.stringify(schoolIds)}))`).get()) ?? null;
}

export const isMerged = async (db: Db, { keptId, goneId }: Pick<Pair, "keptId" | "goneId">) =>
  (await db.select({ id: merges.id }).from(merges).where(sql`${merges.keptId} = ${keptId} AND ${merges.goneId} = ${goneId} AND ${merges.undoneAt} IS NULL`).limit(1)).length > 0;

/** A job for each forty rooms in which the account that goes has a place (each room is a call), under this id and a number. */
export const insertCarrying = (db: Db, { keptId, goneId }: Pick<Pair, "keptId" | "goneId">, id: string, now: number): Write =>
  write(db, `INSERT INTO jobs (id, kind, payload, available_at, created_at)
    SELECT ?3 || '_' || piece, 'carry-read-pointers', json_object('keptId', ?1, 'goneId', ?2, 'conversationIds', json_group_array(conversation_id)), ?4, ?4
    FROM (SELECT conversation_id, (row_number() OVER (ORDER BY conversation_id) - 1) / 40 AS piece FROM seats WHERE user_id = ?2) GROUP BY piece`, keptId, goneId, id, now);

/** Marks it undone. Aborts its batch (NOT NULL merges.created_at) when that was done, came too late, or when the kept account went into another since. */
export const markUndone = (db: Db, id: string, now: number) => db.update(merges).set({
  undoneAt: now, createdAt: sql`CASE WHEN undone_at IS NULL AND ${now} < undo_until AND NOT EXISTS (SELECT 1 FROM merges o WHERE o.gone_id = merges.kept_id AND o.undone_at IS NULL) THEN created_at END`,
}).where(eq(merges.id, id));

export const stepsBack = (db: Db, merge: { keptId: string; goneId: string; moved: Moved[] }): Write[] =>
  merge.moved.toReversed().map((moved) => write(db, backwards(moved), JSON.stringify(moved.rows), merge.keptId, merge.goneId));

const GUARDIANSHIP_COLUMNS = { guardian_id: "guardianId", child_id: "childId", active: "active", is_primary: "isPrimary", can_approve_purchases: "approve", can_schedule_lessons: "schedule", can_view_progress: "view", can_talk_with_teachers: "talk", ends_at: "endsAt" } as const;
const valuesOf = (row: GuardianshipFacts) => [row.id, ...Object.values(GUARDIANSHIP_COLUMNS).map((field) => row[field])];

/** Guardianships as they become, and what is written down of them as they were. One stage after the other: two primary ones never stand side by side. */
export function changeGuardianships(db: Db, stages: GuardianshipChange[][]): { writes: Write[]; moved: Moved[] } {
  const changed = stages.filter((stage) => stage.length > 0);
  const columns = Object.keys(GUARDIANSHIP_COLUMNS);
  return {
    writes: changed.map((stage) => write(db, `UPDATE guardianships SET ${columns.map((name, at) => `${name} = j.value ->> ${at + 1}`).join(", ")} FROM json_each(?1) j WHERE guardianships.id = j.value ->> 0`, JSON.stringify(stage.map(({ after }) => valuesOf(after))))),
    moved: changed.map((stage) => ({ table: "guardianships", column: "guardian_id", how: "set", identity: ["id"], columns, rows: stage.map(({ before }) => valuesOf(before)) })),
  };
}

/** What was merged into this account and can still be undone, newest first; a statement for the caller's batch. */
export const selectMergesInto = (db: Db, schoolId: string, keptId: string, now: number) =>
  db.select({ id: merges.id, goneId: merges.goneId, goneName: sql<string>`(SELECT u.name FROM users u WHERE u.id = ${merges.goneId})`.as("gone_name"), createdAt: merges.createdAt, undoUntil: merges.undoUntil })
    .from(merges).where(sql`${merges.schoolId} = ${schoolId} AND ${merges.keptId} = ${keptId} AND ${merges.undoneAt} IS NULL AND ${now} < ${merges.undoUntil}`).orderBy(sql`${merges.id} DESC`).limit(20);
