import { and, eq, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { users } from "./schema/identity.ts";

export const selectAvatarKey = (db: Db, userId: string) => db.select({ key: users.avatarKey }).from(users).where(eq(users.id, userId));
export const setAvatarKey = (db: Db, userId: string, key: string | null) => db.update(users).set({ avatarKey: key }).where(eq(users.id, userId));

/** An active person's picture, and whether an adult is near to the reader: the same person, of the same family, guardian of the same child or of the reader. */
export const selectAvatar = (db: Db, readerId: string, userId: string, now: number) =>
  db.select({
    key: users.avatarKey, kind: users.kind,
    isNear: sql<boolean>`(users.id = ${readerId}
      OR EXISTS (SELECT 1 FROM family_members theirs JOIN families f ON f.id = theirs.family_id AND f.deleted_at IS NULL
        JOIN family_members mine ON mine.family_id = theirs.family_id AND mine.user_id = ${readerId} WHERE theirs.user_id = users.id AND theirs.role = 'guardian')
      OR EXISTS (SELECT 1 FROM guardianships g WHERE g.guardian_id = users.id AND g.active = 1 AND g.starts_at <= ${now} AND (g.ends_at IS NULL OR ${now} < g.ends_at)
        AND (g.child_id = ${readerId} OR EXISTS (SELECT 1 FROM guardianships o WHERE o.child_id = g.child_id AND o.guardian_id = ${readerId} AND o.active = 1 AND o.starts_at <= ${now} AND (o.ends_at IS NULL OR ${now} < o.ends_at)))))`.mapWith(Boolean).as("is_near"),
  }).from(users).where(and(eq(users.id, userId), eq(users.status, "active")));
