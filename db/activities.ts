import type { Db } from "./client.ts";
import { activities } from "./schema/learning.ts";

export type NewActivity = typeof activities.$inferInsert;

/** What was written for the same cause stays as it is. */
export const insertActivity = (db: Db, activity: NewActivity) => db.insert(activities).values(activity).onConflictDoNothing({ target: [activities.studentId, activities.cause] });
