import { inClass, putMarks, selectClassDay, type AttendanceStatus, type Mark } from "#db/attendance.ts";
import { selectReadersAtHome } from "#db/child-access.ts";
import { selectClassToOpen } from "#db/class-codes.ts";
import { commit } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record, recordAll } from "../audit.server.ts";
import { localDate } from "../clock.ts";
import { readRule } from "../consent/access.ts";
import { noteLook } from "../consent/note-look.server.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { notifyEach } from "../notifications/notify.server.ts";
import type { AttendanceInput } from "./attendance-inputs.ts";

const rule = readRule("attendance");

/** A class's day as its teacher or the administration may see and take it; `date` null: today, by the school's clock. Who does not share it stands there by name alone. */
export async function readClassDay(ctx: AppContext, actor: Actor, classId: string, date: string | null) {
  const now = ctx.clock.now();
  const onDate = date ?? localDate(now, actor.timeZone);
  const [[found], students] = await ctx.db.batch([selectClassToOpen(ctx.db, actor.userId, classId, now), selectClassDay(ctx.db, actor.userId, classId, onDate, rule, now)]);
  if (!found) throw notFound();
  const capacity = actor.memberships.some(({ schoolId, role }) => schoolId === found.schoolId && role === "teacher") ? "teacher" : "school_administration";
  for (const one of students) if (one.shared && one.status !== null) noteLook(ctx, actor, { childId: one.studentId, capacity, schoolId: found.schoolId, dataTypes: ["attendance"] });
  return {
    classId, name: found.name, date: onDate, today: localDate(now, found.timeZone), taken: students.some((one) => one.shared && one.status !== null),
    students: students.map(({ studentId, name, shared, status, minutesLate, note }) => ({ studentId, name, shared, status: shared ? status : null, minutesLate: shared ? minutesLate : null, note: shared ? note : null })),
  };
}
export type ClassDay = Awaited<ReturnType<typeof readClassDay>>;

/** Marks these students on that day; what is marked so already stays as it is, so that a repeat does nothing. Guardians are told once of an absence that nobody explained. */
export async function takeAttendance(ctx: AppContext, actor: Actor, { classId, date, marks }: AttendanceInput): Promise<{ changed: number }> {
  const now = ctx.clock.now();
  const [[found], students, readers] = await ctx.db.batch([
    selectClassToOpen(ctx.db, actor.userId, classId, now), selectClassDay(ctx.db, actor.userId, classId, date, rule, now), selectReadersAtHome(ctx.db, inClass(classId, now), rule, now),
  ]);
  if (!found) throw notFound();
  if (date > localDate(now, found.timeZone)) throw invalid("date", "date_ahead");
  const known = new Map(students.filter((one) => one.shared).map((one) => [one.studentId, one]));
  const strange = marks.filter((mark) => !known.has(mark.studentId));
  if (strange.length > 0) throw new DomainError("invalid_input", "invalid_input", { fields: strange.map((mark) => ({ path: `status.${mark.studentId}`, message: "not_in_class" })) });
  const changes = marks.flatMap((mark) => {
    const before = known.get(mark.studentId)!;
    return before.status === mark.status && before.minutesLate === mark.minutesLate && before.note === mark.note ? [] : [{ mark, before }];
  });
  if (changes.length === 0) return { changed: 0 };
  const { schoolId } = found;
  const fresh = changes.filter(({ before }) => before.status === null);
  const news = notifyEach(ctx, changes.filter(({ mark, before }) => mark.status === "absent" && before.status !== "absent").flatMap(({ mark, before }) =>
    readers.filter(({ childId, guardianId }) => childId === mark.studentId && guardianId !== actor.userId).map(({ guardianId: userId }) => ({
      userId, type: "attendance.absent" as const, facts: { child: before.name, date, class: found.name }, path: `/students/${mark.studentId}/attendance`, cause: `${mark.studentId}.${date}.absent`, severity: "attention" as const, childId: mark.studentId,
    }))));
  await commit(ctx.db, [
    putMarks(ctx.db, { schoolId, classId, onDate: date, takenBy: actor.userId, at: now }, changes.map(({ mark, before }) => ({ id: before.attendanceId ?? ctx.ids.make("att"), ...mark }))),
    ...(fresh.length > 0 ? [record(ctx, actor, { action: "attendance.taken", subjectId: classId, schoolId, details: { date, ...countOf(fresh.map(({ mark }) => mark.status)) } })] : []),
    ...recordAll(ctx, actor, changes.filter(({ before }) => before.status !== null).map(({ mark, before }) => ({
      action: "attendance.changed", subjectId: before.attendanceId!, childId: mark.studentId, schoolId, details: { date, before: choices(before as Mark), after: choices(mark) },
    }))),
    ...news.writes,
  ]);
  await ctx.jobs.ring(news.jobIds);
  return { changed: changes.length };
}

const choices = ({ status, minutesLate }: Pick<Mark, "status" | "minutesLate">) => ({ status, minutesLate });
export const countOf = (statuses: AttendanceStatus[]) => Object.fromEntries((["present", "late", "absent", "excused"] as const).map((status) => [status, statuses.filter((one) => one === status).length])) as Record<AttendanceStatus, number>;
