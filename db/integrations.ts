import { and, eq, lte, sql } from "drizzle-orm";
import { rows, type Db } from "./client.ts";
import { integrations } from "./schema/integrations.ts";

const pachcaOf = (schoolId: string) => and(eq(integrations.schoolId, schoolId), eq(integrations.kind, "pachca"));

export const selectPachca = (db: Db, schoolId: string) => db.select().from(integrations).where(pachcaOf(schoolId));

export const putPachca = (db: Db, row: Omit<typeof integrations.$inferInsert, "kind">) => {
  const { schoolId: _schoolId, ...set } = { problem: null, ...row };
  return db.insert(integrations).values({ ...row, kind: "pachca" }).onConflictDoUpdate({ target: [integrations.schoolId, integrations.kind], set });
};

export const notePachcaProblem = (db: Db, schoolId: string, problem: string | null) => db.update(integrations).set({ problem }).where(pachcaOf(schoolId));

/** Takes the turn of the school's channel until `next`; answers whether it was free. */
export async function takePachcaTurn(db: Db, schoolId: string, now: number, next: number): Promise<boolean> {
  return (await db.update(integrations).set({ nextAt: next }).where(and(pachcaOf(schoolId), lte(integrations.nextAt, now)))).meta.changes > 0;
}

/** What a notice says: of what the conversation is by the school's own words, and whether its content may go outside. */
export type PachcaNotice = { schoolId: string; sealedToken: string; channelId: number; kind: string; subject: string | null; contentOpen: number };
export const selectPachcaNotice = (db: Db, conversationId: string, now: number) => rows<PachcaNotice>(db, sql`
  SELECT i.school_id AS schoolId, i.sealed_token AS sealedToken, i.channel_id AS channelId, c.kind, s.name AS subject,
    EXISTS (SELECT 1 FROM consents k WHERE k.child_id = c.child_id AND k.data_type = 'chat_content' AND k.recipient = 'outside_services' AND k.granted = 1 AND (k.until IS NULL OR ${now} < k.until)) AS contentOpen
  FROM conversations c JOIN integrations i ON i.school_id = c.school_id AND i.kind = 'pachca' AND i.active = 1 LEFT JOIN enrolments e ON e.id = c.enrolment_id LEFT JOIN subjects s ON s.id = e.subject_id WHERE c.id = ${conversationId}`);

