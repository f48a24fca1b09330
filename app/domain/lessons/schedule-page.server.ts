import type { LessonRow, Whose } from "#db/lessons.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { localDate, MINUTE, periodOn, startOfDay } from "../clock.ts";
import { can } from "../policy.ts";
import { administeredSchools } from "../schools/rules.ts";
import { studentsOf } from "./book-lesson.server.ts";
import { listLessons } from "./list-lessons.server.ts";
import { localOf } from "./local-time.ts";
import { daysAfter, daysBetween } from "./series.ts";
import { timetableReader } from "./standing.server.ts";

type ScheduleQuery = { view: "week" | "list"; from?: string | undefined; studentId?: string | undefined; /** Only what the reader teaches. */ taught?: boolean; schoolId?: string | undefined; cursor?: string | undefined };

const DAYS = { week: 7, list: 28 };
const SHOWN = 60;

/** A week, or four, of a timetable, in the reader's own zone: one statement's lessons, whoever they are of. */
export async function loadSchedule(ctx: AppContext, actor: Actor, { view, from, studentId, taught, schoolId, cursor }: ScheduleQuery) {
  const now = ctx.clock.now();
  const today = localDate(now, actor.timeZone);
  const first = view === "week" ? periodOn(from ?? today, "week").startsOn : from ?? today;
  const last = daysAfter(first, DAYS[view]);
  const whose: Whose = studentId !== undefined ? { studentId } : schoolId !== undefined ? { schoolId } : taught ? "taught" : "mine";
  const { items, nextCursor } = await listLessons(ctx, actor, whose, { from: startOfDay(first, actor.timeZone), to: startOfDay(last, actor.timeZone), limit: SHOWN, cursor });
  const { teachesAt, administers } = timetableReader(actor);
  return {
    first, before: daysAfter(first, -DAYS[view]), after: last, nextCursor, today, lessons: items.map((row) => briefOf(row, actor, first, studentId)), maySet: teachesAt.length + administers.length > 0, teaches: teachesAt.length > 0, bookFor: bookableOf(actor, studentId),
    children: actor.wards.map(({ childId, name }) => ({ id: childId, name })), schools: administeredSchools(actor),
  };
}

/** For whom the reader is led to book: the student looked at, or the first of theirs. */
function bookableOf(actor: Actor, studentId: string | undefined): string | null {
  const students = studentsOf(actor).filter((id) => can(actor, "lesson:ask", id));
  return studentId === undefined ? students[0] ?? null : students.includes(studentId) ? studentId : null;
}

/** A lesson by the reader's clock; its own zone is named where that shows another time. Whose timetable it is need not be said in each. */
function briefOf(row: LessonRow, actor: Actor, first: string, about: string = actor.userId) {
  const [from, to] = [localOf(row.startsAt, actor.timeZone), localOf(row.endsAt, actor.timeZone)];
  const there = localOf(row.startsAt, row.timeZone);
  const other = row.teacherId === actor.userId ? row.student : row.studentId === about ? row.teacher : `${row.student}, ${row.teacher}`;
  return {
    id: row.id, subject: row.subject, other, place: row.place, status: row.status, startsAt: row.startsAt, from: from.slice(11), to: to.slice(11), day: daysBetween(first, from.slice(0, 10)),
    fromMinute: minuteOf(from), minutes: (row.endsAt - row.startsAt) / MINUTE, elsewhere: there === from ? null : { time: there.slice(11), zone: row.timeZone },
  };
}
export type LessonBrief = ReturnType<typeof briefOf>;

const minuteOf = (local: string) => Number(local.slice(11, 13)) * 60 + Number(local.slice(14));
