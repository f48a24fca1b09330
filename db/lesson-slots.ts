import { and, eq, sql, type SQL } from "drizzle-orm";
import { among, insertReading, rowField } from "./bulk.ts";
import type { Db, Write } from "./client.ts";
import { lessonSlots } from "./schema/lessons.ts";

export type Slot = { lessonId: string; kind: "stands" | "held"; teacherId: string; studentId: string; startsAt: number; endsAt: number };

/** No lesson is as long as a day: those that began before cannot be in the way. */
const DAY = sql.raw("86400000");

/** Other lessons of this person in the time of the row. */
const others = (person: "teacher_id" | "student_id", id: SQL): SQL => sql`FROM lesson_slots s WHERE s.${sql.raw(person)} = ${id} AND s.starts_at > ${rowField("startsAt")} - ${DAY} AND s.starts_at < ${rowField("endsAt")}
  AND s.ends_at > ${rowField("startsAt")} AND s.lesson_id <> ${rowField("lessonId")}`;
const taken = (person: "teacher_id" | "student_id", key: "teacherId" | "studentId"): SQL => sql`(SELECT count(*) ${others(person, rowField(key))})`;

/** Takes time, or breaks a CHECK of `lesson_slots` where somebody has another lesson then. */
export const takeSlots = (db: Db, slots: Slot[]): Write[] => insertReading(db, lessonSlots, slots, { teacherClashes: taken("teacher_id", "teacherId"), studentClashes: taken("student_id", "studentId") });

export const freeSlots = (db: Db, lessonIds: string[], kind?: Slot["kind"]) => db.delete(lessonSlots).where(and(sql`${lessonSlots.lessonId} IN ${among(lessonIds)}`, kind && eq(lessonSlots.kind, kind)));

export type Clash = { startsAt: number; teacher: number; student: number };
/** Which of these cannot be had, and who is busy then. */
export async function listClashes(db: Db, slots: Slot[]): Promise<Clash[]> {
  return db.all<Clash>(sql`SELECT ${rowField("startsAt")} AS "startsAt", EXISTS (SELECT 1 ${others("teacher_id", rowField("teacherId"))}) AS teacher, EXISTS (SELECT 1 ${others("student_id", rowField("studentId"))}) AS student
    FROM json_each(${JSON.stringify(slots)}) WHERE teacher = 1 OR student = 1 ORDER BY 1`);
}
