import { and, desc, eq, isNull, lte, not, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { guards } from "./guardianships.ts";
import { hiddenFrom, keptAway } from "./restrictions.ts";
import { families, familyInvitations } from "./schema/families.ts";
import { users } from "./schema/identity.ts";

export type InvitationRow = typeof familyInvitations.$inferSelect;

export const insertInvitation = (db: Db, invitation: typeof familyInvitations.$inferInsert) => db.insert(familyInvitations).values(invitation);

/** Makes room for a new invitation of the same address where the old one was never answered. */
export const expireInvitations = (db: Db, familyId: string, now: number) =>
  db.update(familyInvitations).set({ status: "expired" }).where(and(eq(familyInvitations.familyId, familyId), eq(familyInvitations.status, "pending"), lte(familyInvitations.expiresAt, now)));

/** The same invitation under a new code and for another week; the old code is void. Aborts its batch (NOT NULL family_invitations.status) when it was answered by then. */
export const renewInvitation = (db: Db, id: string, renewed: { codeHash: string; expiresAt: number }) =>
  db.update(familyInvitations).set({ ...renewed, status: sql`CASE WHEN status = 'pending' THEN 'pending' END` }).where(eq(familyInvitations.id, id));

/** What this person sent, newest first; a statement for the caller's batch. */
export const selectInvitationsBy = (db: Db, inviterId: string, { before, limit }: { before?: string | undefined; limit: number }) =>
  db.select().from(familyInvitations)
    .where(and(eq(familyInvitations.invitedBy, inviterId), before === undefined ? undefined : sql`${familyInvitations.id} < ${before}`))
    .orderBy(desc(familyInvitations.id)).limit(limit);

// In a batch, D1 tells columns apart by their names alone.
const told = { invitation: familyInvitations, familyName: sql<string>`${families.name}`.as("family_name"), inviterName: sql<string>`${users.name}`.as("inviter_name") };

/** Who holds the code, or the person whose proven address was invited, finds the invitation; nobody else. */
export type InvitationCode = { hash: string } | { id: string; provenEmail: string };
const byCode = (code: InvitationCode) => ("hash" in code ? eq(familyInvitations.codeHash, code.hash) : and(eq(familyInvitations.id, code.id), eq(familyInvitations.email, code.provenEmail)));

/** Not for whom a child of the family is to be kept from, nor by their word. A statement for the caller's batch. */
export const selectInvitation = (db: Db, code: InvitationCode, readerId: string, now: number) =>
  db.select(told).from(familyInvitations)
    .innerJoin(families, and(eq(families.id, familyInvitations.familyId), isNull(families.deletedAt)))
    .innerJoin(users, eq(users.id, familyInvitations.invitedBy))
    .where(and(byCode(code), not(hiddenFrom(readerId, sql`${familyInvitations.familyId}`, now)), not(hiddenFrom(sql`${familyInvitations.invitedBy}`, sql`${familyInvitations.familyId}`, now))));

/** For the mail: the invitation, the account of that proven address if there is one, and whether it went out. Said in the inviter's language. */
export async function findInvitationToMail(db: Db, id: string, deliveryId: string) {
  return (await db.select({
    ...told, locale: users.locale, timeZone: users.timeZone,
    accountId: sql<string | null>`(SELECT u.id FROM users u WHERE u.email = ${familyInvitations.email} AND u.status = 'active' AND u.email_verified_at IS NOT NULL)`,
    delivered: sql<number>`EXISTS (SELECT 1 FROM deliveries d WHERE d.id = ${deliveryId})`,
  }).from(familyInvitations)
    .innerJoin(families, and(eq(families.id, familyInvitations.familyId), isNull(families.deletedAt)))
    .innerJoin(users, eq(users.id, familyInvitations.invitedBy))
    .where(eq(familyInvitations.id, id)).get()) ?? null;
}

/** Answers a waiting invitation. Aborts its batch (NOT NULL family_invitations.status) when it was answered, taken back or has expired by then. */
export const answerInvitation = (db: Db, id: string, status: "accepted" | "declined" | "cancelled", now: number) =>
  db.update(familyInvitations).set({ status: sql`CASE WHEN status = 'pending' AND ${now} < expires_at THEN ${status} END` }).where(eq(familyInvitations.id, id));

/**
 * Children named in an invitation for whom it still says something: the inviter is their primary guardian (or lends what is theirs), the
 * invited not yet their guardian; each with who looks after them now. A statement for the caller's batch.
 */
export const selectInvitedChildren = (db: Db, code: InvitationCode, invitedId: string, now: number) =>
  db.select({ id: users.id, name: users.name, guardianIds: sql<string[]>`(SELECT json_group_array(g.guardian_id) FROM guardianships g WHERE g.child_id = users.id AND g.active = 1 AND NOT ${keptAway(sql`g.guardian_id`, sql`g.child_id`, now)})`.mapWith((ids: string) => JSON.parse(ids) as string[]) })
    .from(familyInvitations).innerJoin(users, sql`${users.id} IN (SELECT value FROM json_each(${familyInvitations.childIds})) AND ${users.status} = 'active'`)
    .where(and(byCode(code), sql`CASE WHEN ${familyInvitations.lentUntil} IS NULL THEN ${guards(sql`${familyInvitations.invitedBy}`, sql`${users.id}`, now, "primary")} ELSE ${guards(sql`${familyInvitations.invitedBy}`, sql`${users.id}`, now)} END`, not(guards(invitedId, sql`${users.id}`, now)), not(keptAway(invitedId, sql`${users.id}`, now))))
    .orderBy(users.id);

export const selectInvitationBy = (db: Db, inviterId: string, id: string) => db.select().from(familyInvitations).where(and(eq(familyInvitations.id, id), eq(familyInvitations.invitedBy, inviterId)));

export async function findInvitationBy(db: Db, inviterId: string, id: string): Promise<InvitationRow | null> {
  return (await selectInvitationBy(db, inviterId, id))[0] ?? null;
}
