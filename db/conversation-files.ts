import { and, asc, eq, sql } from "drizzle-orm";
import { among } from "./bulk.ts";
import type { Db, Write } from "./client.ts";
import { conversationFiles } from "./schema/conversations.ts";

type ConversationFileRow = typeof conversationFiles.$inferSelect;

/** The same file in the same message again is there already. */
export const insertConversationFile = (db: Db, row: ConversationFileRow): Write => db.insert(conversationFiles).values(row).onConflictDoNothing({ target: conversationFiles.id });

export const deleteConversationFile = (db: Db, id: string): Write => db.delete(conversationFiles).where(eq(conversationFiles.id, id));

/** Statements for the caller's batch. */
export const selectConversationFile = (db: Db, conversationId: string, id: string) => db.select().from(conversationFiles).where(and(eq(conversationFiles.id, id), eq(conversationFiles.conversationId, conversationId)));
export const selectFilesOf = (db: Db, conversationId: string, ids: string[]) =>
  db.select().from(conversationFiles).where(and(eq(conversationFiles.conversationId, conversationId), sql`${conversationFiles.id} IN ${among(ids)}`)).orderBy(asc(conversationFiles.id));

export const selectFilesOfRoom = (db: Db, conversationId: string) => db.select({ fileId: sql<string>`${conversationFiles.id}`.as("file_id"), key: conversationFiles.key, sha256: conversationFiles.sha256 }).from(conversationFiles).where(eq(conversationFiles.conversationId, conversationId));

export const findConversationFile = async (db: Db, id: string): Promise<ConversationFileRow | null> => (await db.select().from(conversationFiles).where(eq(conversationFiles.id, id)).get()) ?? null;
