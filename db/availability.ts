import { and, asc, eq, gt } from "drizzle-orm";
import { insertMany } from "./bulk.ts";
import type { Db, Write } from "./client.ts";
import { absences, availability } from "./schema/lessons.ts";

/** What a teacher said of when they can be booked. Statements for the caller's batch. */
export const selectAvailability = (db: Db, teacherId: string, schoolId: string) =>
  db.select({ weekday: availability.weekday, localStart: availability.localStart, localEnd: availability.localEnd, timeZone: availability.timeZone }).from(availability)
    .where(and(eq(availability.teacherId, teacherId), eq(availability.schoolId, schoolId))).orderBy(asc(availability.weekday), asc(availability.localStart)).limit(100);
export const selectAbsences = (db: Db, teacherId: string, fromDate: string) =>
  db.select({ startsOn: absences.startsOn, endsOn: absences.endsOn }).from(absences).where(and(eq(absences.teacherId, teacherId), gt(absences.endsOn, fromDate))).orderBy(asc(absences.startsOn)).limit(200);

/** All anew: the windows at that school, and every absence. */
export const replaceAvailability = (db: Db, teacherId: string, schoolId: string, windows: (typeof availability.$inferInsert)[], away: (typeof absences.$inferInsert)[]): Write[] => [
  db.delete(availability).where(and(eq(availability.teacherId, teacherId), eq(availability.schoolId, schoolId))), db.delete(absences).where(eq(absences.teacherId, teacherId)),
  ...insertMany(db, availability, windows), ...insertMany(db, absences, away),
];
