import { sql } from "drizzle-orm";
import { rows, type Db } from "./client.ts";

/** Who runs the school of a room. A statement for the caller's batch. */
export const selectModerators = (db: Db, conversationId: string) => rows<{ userId: string }>(db, sql`
  SELECT DISTINCT m.user_id AS userId FROM conversations c JOIN memberships m ON m.school_id = c.school_id AND m.role IN ('school_admin', 'school_owner') AND m.active = 1 WHERE c.id = ${conversationId}`);
