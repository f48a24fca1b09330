import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayRead } from "./child-access.ts";
import type { Db } from "./client.ts";
import { guards } from "./guardianships.ts";
import { familyContacts } from "./schema/families.ts";

export type ContactRow = typeof familyContacts.$inferSelect;

/** A contact of one child is for who may read how that child is reached; one of the whole family for who may read it of any child in it. */
const shownTo = (readerId: string, contact: ReadRule, now: number) => sql`CASE WHEN family_contacts.child_id IS NOT NULL THEN ${mayRead(readerId, sql`family_contacts.child_id`, contact, now)}
  ELSE EXISTS (SELECT 1 FROM family_members s WHERE s.family_id = family_contacts.family_id AND s.role = 'student' AND ${mayRead(readerId, sql`s.user_id`, contact, now)}) END`;

/** A family's contacts as far as they are the reader's to know by the rule of `contact`; that the reader is in the family is the caller's to ask. A statement for the caller's batch. */
export const selectFamilyContacts = (db: Db, readerId: string, familyId: string, contact: ReadRule, now: number) =>
  db.select().from(familyContacts).where(and(eq(familyContacts.familyId, familyId), isNull(familyContacts.removedAt), shownTo(readerId, contact, now))).orderBy(asc(familyContacts.id)).limit(100);

/** Whom to call and who may fetch this child, over all its families; whether the reader may know is the caller's to ask. A statement for the caller's batch. */
export const selectContactsOfChild = (db: Db, childId: string) =>
  db.select().from(familyContacts).where(and(isNull(familyContacts.removedAt), sql`(family_contacts.child_id = ${childId} OR (family_contacts.child_id IS NULL AND family_contacts.family_id IN (
    SELECT s.family_id FROM family_members s JOIN families f ON f.id = s.family_id AND f.deleted_at IS NULL WHERE s.user_id = ${childId} AND s.role = 'student')))`)).orderBy(asc(familyContacts.id)).limit(100);

/** Aborts its batch (NOT NULL family_contacts.added_by) unless the adult is still in the family and, for a child's, its guardian. */
export const insertContact = (db: Db, { addedBy, ...contact }: typeof familyContacts.$inferInsert, now: number) =>
  db.insert(familyContacts).values({
    ...contact,
    addedBy: sql`CASE WHEN EXISTS (SELECT 1 FROM family_members m WHERE m.family_id = ${contact.familyId} AND m.user_id = ${addedBy} AND m.role = 'guardian')
      AND ${contact.childId ? guards(addedBy as string, contact.childId, now) : sql`1`} THEN ${addedBy} END`,
  });

export const updateContact = (db: Db, familyId: string, id: string, change: Partial<ContactRow>) =>
  db.update(familyContacts).set(change).where(and(eq(familyContacts.familyId, familyId), eq(familyContacts.id, id), isNull(familyContacts.removedAt)));
