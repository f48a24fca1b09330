import { and, desc, eq, sql } from "drizzle-orm";
import { insertMany } from "./bulk.ts";
import { named, type Db, type Write } from "./client.ts";
import { users } from "./schema/identity.ts";
import { schoolInvitations, schools } from "./schema/schools.ts";


export const insertSchoolInvitation = (db: Db, row: typeof schoolInvitations.$inferInsert) => db.insert(schoolInvitations).values(row);

/** Makes room for a new invitation of the same address. */
export const lapseSchoolInvitation = (db: Db, schoolId: string, email: string) =>
  db.update(schoolInvitations).set({ status: "cancelled" }).where(and(eq(schoolInvitations.schoolId, schoolId), eq(schoolInvitations.email, email), eq(schoolInvitations.status, "pending")));

/** Whom the school asked and who has not answered, newest first; a statement for the caller's batch. */
export const selectOpenInvitations = (db: Db, schoolId: string, now: number, { before, limit }: { before?: string | undefined; limit: number }) =>
  db.select({ id: schoolInvitations.id, name: schoolInvitations.name, email: schoolInvitations.email, roles: schoolInvitations.roles, createdAt: schoolInvitations.createdAt, expiresAt: schoolInvitations.expiresAt }).from(schoolInvitations)
    .where(and(eq(schoolInvitations.schoolId, schoolId), eq(schoolInvitations.status, "pending"), sql`${now} < ${schoolInvitations.expiresAt}`, before === undefined ? undefined : sql`${schoolInvitations.id} < ${before}`))
    .orderBy(desc(schoolInvitations.id)).limit(limit);

/** An invitation of one of these schools. */
export const selectInvitationOf = (db: Db, schoolIds: string[], id: string) =>
  db.select({ schoolId: schoolInvitations.schoolId, status: schoolInvitations.status, expiresAt: schoolInvitations.expiresAt }).from(schoolInvitations)
    .where(and(eq(schoolInvitations.id, id), sql`${schoolInvitations.schoolId} IN (SELECT value FROM json_each(${JSON.stringify(schoolIds)}))`));

// In a batch, D1 tells columns apart by their names alone.
const told = { invitation: schoolInvitations, schoolName: sql<string>`${schools.name}`.as("school_name"), inviterName: sql<string>`${users.name}`.as("inviter_name"), locale: users.locale, timeZone: users.timeZone };
const withNames = (db: Db) => db.select(told).from(schoolInvitations).innerJoin(schools, eq(schools.id, schoolInvitations.schoolId)).innerJoin(users, eq(users.id, schoolInvitations.invitedBy));

export const findSchoolInvitationByCode = async (db: Db, codeHash: string) => (await withNames(db).where(eq(schoolInvitations.codeHash, codeHash)).get()) ?? null;
export const findSchoolInvitation = async (db: Db, id: string) => (await withNames(db).where(eq(schoolInvitations.id, id)).get()) ?? null;

/** Answers a waiting invitation. Aborts its batch (NOT NULL school_invitations.status) when it was answered, taken back or has lapsed by then. */
export const answerSchoolInvitation = (db: Db, id: string, status: "accepted" | "declined" | "cancelled", now: number) =>
  db.update(schoolInvitations).set({ status: sql`CASE WHEN status = 'pending' AND ${now} < expires_at THEN ${status} END` }).where(eq(schoolInvitations.id, id));

/** Whom the school ever asked, and what for; a statement for the caller's batch. */
export const selectAsked = (db: Db, schoolId: string) =>
  db.select({ email: named(schoolInvitations.email, "asked_email"), roles: schoolInvitations.roles, studentIds: schoolInvitations.studentIds, open: sql<boolean>`${schoolInvitations.status} = 'pending'`.mapWith(Boolean).as("open") }).from(schoolInvitations).where(eq(schoolInvitations.schoolId, schoolId));

export const insertSchoolInvitations = (db: Db, rows: (typeof schoolInvitations.$inferInsert)[]): Write[] => insertMany(db, schoolInvitations, rows);

/** Further students (and families) for an adult who was asked and has not answered. */
export const widenInvitation = (db: Db, schoolId: string, { email, studentIds, familyIds }: { email: string; studentIds: string[]; familyIds: string[] }) => {
  const joined = (column: string, ids: string[]) => sql`(SELECT json_group_array(value) FROM (SELECT value FROM json_each(${sql.raw(column)}) UNION SELECT value FROM json_each(${JSON.stringify(ids)})))`;
  return db.update(schoolInvitations).set({ studentIds: joined("student_ids", studentIds), familyIds: joined("family_ids", familyIds) } as never)
    .where(and(eq(schoolInvitations.schoolId, schoolId), eq(schoolInvitations.email, email), eq(schoolInvitations.status, "pending")));
};
