import { sql } from "drizzle-orm";
import { rows, type Db } from "./client.ts";

type Moderator = { userId: string; schoolId: string };

/** Who runs the school of a room, or the school of help. A statement for the caller's batch. */
export const selectModerators = (db: Db, conversationId: string, helpSchoolId: string | null) => rows<Moderator>(db, sql`
  SELECT DISTINCT m.user_id AS userId, m.school_id AS schoolId FROM memberships m JOIN users u ON u.id = m.user_id AND u.status = 'active'
  WHERE m.school_id IN ((SELECT c.school_id FROM conversations c WHERE c.id = ${conversationId}), ${helpSchoolId}) AND m.role IN ('school_admin', 'school_owner') AND m.active = 1`);
