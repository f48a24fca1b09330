import * as z from "zod";

export const STATUSES = ["present", "late", "absent", "excused"] as const;
export const LocalDay = z.iso.date("date_wrong");

const MarkInput = z.object({
  studentId: z.string("missing").max(60, "too_long"), status: z.enum(STATUSES, "not_a_choice"),
  minutesLate: z.int("minutes_late").min(1, "minutes_late").max(480, "minutes_late").nullish().transform((minutes) => minutes ?? null),
  note: z.string().trim().max(300, "too_long").nullish().transform((note) => note || null),
}).refine((mark) => mark.status === "late" || mark.minutesLate === null, { path: ["minutesLate"], message: "minutes_only_late" });
export const AttendanceInput = z.object({
  classId: z.string("missing").max(60, "too_long"), date: LocalDay,
  marks: z.array(MarkInput).min(1, "nobody_marked").max(200, "too_long").refine((marks) => new Set(marks.map((one) => one.studentId)).size === marks.length, "student_twice"),
}).meta({ id: "TakeAttendance" });
export type AttendanceInput = z.infer<typeof AttendanceInput>;

/** The form's fields are named by student: `status.user_1`, `minutes.user_1`, `note.user_1`. Who has no status is left as they are. */
export function marksFrom(typed: Record<string, string>) {
  return Object.entries(typed).flatMap(([name, status]) => {
    if (!name.startsWith("status.")) return [];
    const studentId = name.slice("status.".length);
    const minutes = typed[`minutes.${studentId}`];
    // Minutes that stand there still when another answer was chosen mean nothing.
    return [{ studentId, status, minutesLate: status === "late" && minutes ? Number(minutes) : null, note: typed[`note.${studentId}`] ?? null }];
  });
}
