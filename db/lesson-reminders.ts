import { and, asc, eq, sql } from "drizzle-orm";
import { among } from "./bulk.ts";
import { named, type Db } from "./client.ts";
import { inForce } from "./guardianships.ts";
import { users } from "./schema/identity.ts";
import { lessons } from "./schema/lessons.ts";
import { notificationSettings } from "./schema/notifications.ts";

/** Lessons to come whose reminders are not planned, or for another time than they have now. */
export const listToRemind = (db: Db, now: number, until: number, limit: number) => db.select({ id: lessons.id, startsAt: lessons.startsAt }).from(lessons)
  .where(sql`lessons.status = 'scheduled' AND lessons.reminders_for IS NOT lessons.starts_at AND lessons.starts_at > ${now} AND lessons.starts_at <= ${until}`).orderBy(asc(lessons.startsAt)).limit(limit);

/** They are planned for the time that was read. */
export const markRemindersPlanned = (db: Db, read: { id: string; startsAt: number }[]) => db.update(lessons).set({ remindersFor: sql`starts_at` })
  .where(and(sql`${lessons.id} IN ${among(read.map(({ id }) => id))}`, sql`(lessons.id, lessons.starts_at) IN (SELECT value ->> 'id', value ->> 'startsAt' FROM json_each(${JSON.stringify(read)}))`));

/** Whom these lessons concern as they stand now: the student, and the guardians who may schedule. */
export const listReminded = (db: Db, lessonIds: string[], now: number) => db.select({
  lessonId: named(lessons.id, "lesson_id"), startsAt: lessons.startsAt, place: lessons.place, studentId: lessons.studentId, userId: named(users.id, "reminded_id"), timeZone: named(users.timeZone, "reminded_zone"),
  quietFrom: notificationSettings.quietFrom, quietUntil: notificationSettings.quietUntil, digestHour: notificationSettings.digestHour,
  student: sql<string>`(SELECT s.name FROM users s WHERE s.id = lessons.student_id)`.as("student_name"),
  subject: sql<string>`(SELECT coalesce(e.custom_name, s.name) FROM enrolments e JOIN subjects s ON s.id = e.subject_id WHERE e.id = lessons.enrolment_id)`.as("subject_name"),
}).from(lessons).innerJoin(users, sql`users.status = 'active' AND users.id IN (SELECT lessons.student_id UNION ALL SELECT guardianships.guardian_id FROM guardianships WHERE guardianships.child_id = lessons.student_id
  AND guardianships.can_schedule_lessons = 1 AND ${inForce(now)})`)
  .leftJoin(notificationSettings, eq(notificationSettings.userId, users.id))
  .where(and(sql`${lessons.id} IN ${among(lessonIds)}`, eq(lessons.status, "scheduled")));
