import type { AttendanceStatus } from "../../domain/lessons/attendance-rules.ts";

/** As said in a sentence: "Amina was late". */
export const attendanceWords: Record<AttendanceStatus, string> = { present: "present", late: "late", absent: "absent without excuse", excused: "excused" };
