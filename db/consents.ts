import { and, asc, desc, eq, inArray, lte, sql, type SQL } from "drizzle-orm";
import type { Cell, DataType, Recipient } from "#app/domain/consent/rules.ts";
import { named, type Db } from "./client.ts";
import { consentProposals, consents } from "./schema/consent.ts";
import { guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";

/** In force, in their own right, the primary one or with all four rights, and not kept away: who may set a child's consents. `g` is the guardianship. */
const settles = (childId: string | SQL, now: number) => sql`g.child_id = ${childId} AND g.active = 1 AND g.delegated_by IS NULL AND g.starts_at <= ${now} AND (g.ends_at IS NULL OR ${now} < g.ends_at)
  AND (g.is_primary = 1 OR (g.can_approve_purchases = 1 AND g.can_schedule_lessons = 1 AND g.can_view_progress = 1 AND g.can_talk_with_teachers = 1))
  AND NOT EXISTS (SELECT 1 FROM restrictions x WHERE x.child_id = g.child_id AND x.person_id = g.guardian_id AND x.starts_at <= ${now} AND (x.ends_at IS NULL OR ${now} < x.ends_at))`;
/** Whether that adult may set the child's consents now; safe inside any statement. */
export const maySettle = (guardianId: string, childId: string | SQL, now: number) => sql`EXISTS (SELECT 1 FROM guardianships g WHERE g.guardian_id = ${guardianId} AND ${settles(childId, now)})`;
const settlesAlone = (guardianId: string, childId: string, now: number) => sql`NOT EXISTS (SELECT 1 FROM guardianships g JOIN users u ON u.id = g.guardian_id AND u.status = 'active' WHERE g.guardian_id <> ${guardianId} AND ${settles(childId, now)})`;

/** The child's cells as set, with who set them; a statement for the caller's batch. */
export const selectConsents = (db: Db, childId: string | SQL) =>
  db.select({
    dataType: consents.dataType, recipient: consents.recipient, granted: consents.granted, until: consents.until, reason: consents.reason, setAt: consents.setAt,
    setBy: sql<string | null>`(SELECT n.name FROM users n WHERE n.id = ${consents.setBy})`.as("set_by_name"),
  }).from(consents).where(eq(consents.childId, childId));

/** Who may set the child's consents now; a statement for the caller's batch. */
export const selectSettlers = (db: Db, childId: string | SQL, now: number) =>
  db.select({ id: named(users.id, "settler_id"), name: named(users.name, "settler_name") }).from(users)
    .where(and(eq(users.status, "active"), sql`${users.id} IN (SELECT g.guardian_id FROM guardianships g WHERE ${settles(childId, now)})`));

/** The same for several children. */
export const selectSettlersOf = (db: Db, childIds: string[], now: number) =>
  db.select({ childId: guardianships.childId, id: guardianships.guardianId }).from(guardianships)
    .where(and(inArray(guardianships.childId, childIds), sql`EXISTS (SELECT 1 FROM guardianships g JOIN users u ON u.id = g.guardian_id AND u.status = 'active' WHERE g.id = guardianships.id AND ${settles(sql`guardianships.child_id`, now)})`));

const proposal = {
  id: named(consentProposals.id, "proposal_id"), childId: named(consentProposals.childId, "proposal_child_id"), dataType: named(consentProposals.dataType, "proposal_data_type"), recipient: named(consentProposals.recipient, "proposal_recipient"),
  until: named(consentProposals.until, "proposal_until"), reason: named(consentProposals.reason, "proposal_reason"), proposedBy: consentProposals.proposedBy, status: consentProposals.status, expiresAt: consentProposals.expiresAt,
  proposer: sql<string>`(SELECT n.name FROM users n WHERE n.id = ${consentProposals.proposedBy})`.as("proposer"),
  child: sql<string>`(SELECT n.name FROM users n WHERE n.id = ${consentProposals.childId})`.as("child_name"),
};

/** Grants that wait for a second guardian; a statement for the caller's batch. */
export const selectProposals = (db: Db, childId: string, now: number) =>
  db.select(proposal).from(consentProposals).where(and(eq(consentProposals.childId, childId), eq(consentProposals.status, "pending"), sql`${now} < ${consentProposals.expiresAt}`)).orderBy(asc(consentProposals.id));

/** The child of a proposal, to load what is known of it in the same batch. */
export const childOfProposal = (id: string) => sql`(SELECT p.child_id FROM consent_proposals p WHERE p.id = ${id})`;

/** A proposal by id, answered or not. */
export const selectProposal = (db: Db, id: string) => db.select(proposal).from(consentProposals).where(eq(consentProposals.id, id));

type Set = { childId: string; granted: boolean; until: number | null; reason: string | null; setBy: string; now: number; /** Opens what needs two guardians, because there is no second. */ alone?: boolean };

/** Sets cells. Aborts its batch (NOT NULL consents.granted) when the guardian may no longer, or is no longer alone where that was the reason. */
export function putConsents(db: Db, cells: Cell[], { childId, granted, until, reason, setBy, now, alone = false }: Set) {
  const premise = sql`${maySettle(setBy, childId, now)}${alone ? sql` AND ${settlesAlone(setBy, childId, now)}` : sql``}`;
  return db.insert(consents).select(sql`SELECT ${childId}, j.value ->> 'dataType', j.value ->> 'recipient', CASE WHEN ${premise} THEN ${granted ? 1 : 0} END, ${until}, ${reason}, ${setBy}, ${now} FROM json_each(${JSON.stringify(cells)}) j WHERE true`)
    .onConflictDoUpdate({
      target: [consents.childId, consents.dataType, consents.recipient],
      set: { granted: sql`excluded.granted`, until: sql`excluded.until`, reason: sql`excluded.reason`, setBy: sql`excluded.set_by`, setAt: sql`excluded.set_at` },
    });
}

type NewProposal = { id: string; childId: string; dataType: DataType; recipient: Recipient; until: number | null; reason: string | null; proposedBy: string; createdAt: number; expiresAt: number };

/** Proposes grants. Aborts its batch (NOT NULL consent_proposals.status) when the guardian may no longer, (UNIQUE consent_proposals.child_id) when one of the cells is proposed already. */
export const insertProposals = (db: Db, rows: NewProposal[], now: number) => rows.map((row) => db.insert(consentProposals).values({ ...row, status: sql`CASE WHEN ${maySettle(row.proposedBy, row.childId, now)} THEN 'pending' END` }));

const AS_CELL = (cells: Cell[]) => sql`(${consentProposals.dataType} || ' ' || ${consentProposals.recipient}) IN (SELECT (j.value ->> 'dataType') || ' ' || (j.value ->> 'recipient') FROM json_each(${JSON.stringify(cells)}) j)`;

/** What is closed is no longer asked for. */
export const withdrawProposals = (db: Db, childId: string, cells: Cell[], by: string) =>
  db.update(consentProposals).set({ status: "withdrawn", answeredBy: by }).where(and(eq(consentProposals.childId, childId), eq(consentProposals.status, "pending"), AS_CELL(cells)));

/** Answers a waiting proposal. Aborts its batch (NOT NULL consent_proposals.status) when it was answered or ran out by then, or the one who answers may no longer. */
export const answerProposal = (db: Db, { id, childId, status, by, now }: { id: string; childId: string; status: "agreed" | "declined" | "withdrawn"; by: string; now: number }) =>
  db.update(consentProposals).set({
    status: sql`CASE WHEN status = 'pending' AND ${now} < expires_at AND (proposed_by = ${by}) = ${status === "withdrawn" ? 1 : 0} AND ${maySettle(by, childId, now)} THEN ${status} END`, answeredBy: by,
  }).where(eq(consentProposals.id, id));

/**
 * Grants that ran out and of which nobody was told yet, and what else of the same children ends before `soon`: none is closed by this, reading
 * goes by the time itself. The condition is written out to fit its partial index.
 */
export const listEndedGrants = (db: Db, { now, soon }: { now: number; soon: number }, children: number) =>
  db.select({
    childId: consents.childId, dataType: consents.dataType, recipient: consents.recipient, until: sql<number>`${consents.until}`.as("until"),
    child: sql<string>`(SELECT n.name FROM users n WHERE n.id = ${consents.childId})`.as("child"), timeZone: sql<string>`(SELECT n.time_zone FROM users n WHERE n.id = ${consents.childId})`.as("time_zone"),
  }).from(consents).where(and(
    sql`${consents.childId} IN (SELECT e.child_id FROM consents e WHERE e.granted = 1 AND e.until IS NOT NULL AND e.until <= ${now} ORDER BY e.until LIMIT ${children})`,
    eq(consents.granted, true), lte(consents.until, soon),
  )).orderBy(asc(consents.childId), asc(consents.until));
export type EndedGrant = Awaited<ReturnType<typeof listEndedGrants>>[number];

/** A child's grants that ran out, written down as closed. Aborts its batch (NOT NULL consents.granted) when a guardian has set one anew, or another sweep was here. */
export const closeEndedGrants = (db: Db, childId: string, cells: Cell[], now: number) =>
  db.update(consents).set({ granted: sql`CASE WHEN granted = 1 AND until <= ${now} THEN 0 END` })
    .where(and(eq(consents.childId, childId), sql`(${consents.dataType} || ' ' || ${consents.recipient}) IN (SELECT (j.value ->> 'dataType') || ' ' || (j.value ->> 'recipient') FROM json_each(${JSON.stringify(cells.map(({ dataType, recipient }) => ({ dataType, recipient })))}) j)`));

/** Proposals nobody answered in time, of one child or of all; the condition is written out to fit its partial index. */
export const listEndedProposals = (db: Db, now: number, limit: number, childId?: string) =>
  db.select({ id: consentProposals.id, childId: consentProposals.childId, dataType: consentProposals.dataType, recipient: consentProposals.recipient, until: consentProposals.until }).from(consentProposals)
    .where(and(sql`status = 'pending'`, lte(consentProposals.expiresAt, now), childId === undefined ? undefined : eq(consentProposals.childId, childId))).orderBy(desc(consentProposals.id)).limit(limit);
export type EndedProposal = Awaited<ReturnType<typeof listEndedProposals>>[number];

/** Aborts its batch (NOT NULL consent_proposals.status) when another was here first. */
export const endProposal = (db: Db, id: string, now: number) =>
  db.update(consentProposals).set({ status: sql`CASE WHEN status = 'pending' AND expires_at <= ${now} THEN 'expired' END` }).where(eq(consentProposals.id, id));
