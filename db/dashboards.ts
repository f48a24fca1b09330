import { sql, type SQL } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayKnow, mayRead } from "./child-access.ts";
import { rows, type Db } from "./client.ts";
import { meantFor } from "./teaching.ts";
import { within } from "./within.ts";

/** What the dashboards show, in as many statements for four hundred children as for one. All are statements for the caller's batch. */

/** Children as one parameter, however many: `c.value`. */
const each = (childIds: string[]) => sql`json_each(${JSON.stringify(childIds)}) c`;
const subjectOf = (alias: string) => sql.raw(`(SELECT coalesce(e.custom_name, s.name) FROM enrolments e JOIN subjects s ON s.id = e.subject_id WHERE e.id = ${alias}.enrolment_id)`);
const nameOf = (id: string) => sql.raw(`(SELECT n.name FROM users n WHERE n.id = ${id})`);

export type LessonBrief = { id: string; studentId: string; student: string; teacher: string; subject: string; startsAt: number; endsAt: number; status: "asked" | "scheduled" };
const lessonColumns = sql`l.id, l.student_id AS studentId, ${nameOf("l.student_id")} AS student, ${nameOf("l.teacher_id")} AS teacher, ${subjectOf("l")} AS subject, l.starts_at AS startsAt, l.ends_at AS endsAt, l.status`;
type Span = { from: number; until: number; limit: number };

/** Lessons of these students that begin within the span, the next first. */
export const selectLessonsOfStudents = (db: Db, childIds: string[], { from, until, limit }: Span) => rows<LessonBrief>(db, sql`SELECT ${lessonColumns} FROM ${each(childIds)} CROSS JOIN lessons l ON l.student_id = c.value
  AND l.starts_at >= ${from} AND l.starts_at < ${until} AND l.status IN ('asked', 'scheduled') ORDER BY l.starts_at, l.id LIMIT ${limit}`);

/** The same for a teacher, but for students from whom they are kept away. */
export const selectLessonsOfTeacher = (db: Db, teacherId: string, { from, until, limit }: Span, now: number) => rows<LessonBrief>(db, sql`SELECT ${lessonColumns} FROM lessons l WHERE l.teacher_id = ${teacherId}
  AND l.starts_at >= ${from} AND l.starts_at < ${until} AND l.status IN ('asked', 'scheduled') AND ${mayKnow(teacherId, sql`l.student_id`, now)} ORDER BY l.starts_at, l.id LIMIT ${limit}`);

export type TaskBrief = { id: string; studentId: string; title: string; subject: string; dueAt: number };

/** Open work that these students have yet to hand in, due within the span, the most pressing first. */
export const selectTasks = (db: Db, childIds: string[], { from, until, limit }: Span, now: number) => rows<TaskBrief>(db, sql`SELECT a.id, c.value AS studentId, a.title, (SELECT coalesce(e.custom_name, s.name) FROM subjects s WHERE s.id = a.subject_id) AS subject, a.due_at AS dueAt
  FROM ${each(childIds)} CROSS JOIN enrolments e ON e.student_id = c.value AND ${within("e", now)} CROSS JOIN assignments a ON a.subject_id = e.subject_id AND a.author_id = e.teacher_id AND a.status = 'open' AND a.due_at >= ${from} AND a.due_at < ${until}
  WHERE ${meantFor("a")} AND NOT EXISTS (SELECT 1 FROM submissions d WHERE d.assignment_id = a.id AND d.student_id = c.value AND d.status <> 'returned')
  ORDER BY a.due_at, a.id LIMIT ${limit}`);

export type MaterialBrief = { id: string; title: string; subject: string; percent: number };

/** Materials that the student has not finished, the newest first. */
export const selectUnfinished = (db: Db, studentId: string, limit: number, now: number) => rows<MaterialBrief>(db, sql`SELECT a.id, a.title, (SELECT coalesce(e.custom_name, s.name) FROM subjects s WHERE s.id = a.subject_id) AS subject, coalesce(p.percent, 0) AS percent
  FROM enrolments e CROSS JOIN materials a ON a.subject_id = e.subject_id AND a.author_id = e.teacher_id AND a.status = 'shared' LEFT JOIN material_progress p ON p.material_id = a.id AND p.student_id = e.student_id
  WHERE e.student_id = ${studentId} AND ${within("e", now)} AND p.done_at IS NULL AND ${meantFor("a")} ORDER BY a.id DESC LIMIT ${limit}`);

type DayOfLearning = { studentId: string; onDate: string; minutes: number; count: number };

/** What each student learned on each day from that local date on. */
export const selectLearningDays = (db: Db, childIds: string[], fromDate: string) => rows<DayOfLearning>(db, sql`SELECT a.student_id AS studentId, a.on_date AS onDate, sum(a.minutes) AS minutes, count(*) AS count
  FROM ${each(childIds)} CROSS JOIN activities a ON a.student_id = c.value AND a.on_date >= ${fromDate} GROUP BY a.student_id, a.on_date ORDER BY a.on_date`);

type MoodBrief = { studentId: string; onDate: string; mood: string; energy: number };

/** Each student's last mood of that local date. */
export const selectMoodsOn = (db: Db, childIds: string[], onDate: string) => rows<MoodBrief>(db, sql`SELECT m.student_id AS studentId, m.on_date AS onDate, m.mood, m.energy FROM ${each(childIds)} CROSS JOIN moods m ON m.student_id = c.value AND m.on_date = ${onDate} ORDER BY m.at`);

/** Whether each was at school that day; where several classes wrote it down, the worst. */
export const selectAttendanceOn = (db: Db, childIds: string[], onDate: string) => rows<{ studentId: string; status: "present" | "late" | "absent" | "excused" }>(db, sql`SELECT a.student_id AS studentId, a.status FROM ${each(childIds)}
  CROSS JOIN attendance a ON a.student_id = c.value AND a.on_date = ${onDate} AND a.class_id IS NOT NULL ORDER BY CASE a.status WHEN 'present' THEN 0 WHEN 'late' THEN 1 WHEN 'excused' THEN 2 ELSE 3 END`);

export type Highlight = { kind: "achievement" | "feedback" | "goal"; id: string; studentId: string; title: string; level: number | null; at: number };

/** What went well since then: badges and certificates, work that met expectation (`ME2` = 5 points) or more, goals reached. The newest first. */
export const selectHighlights = (db: Db, { progress, assessments }: { progress: string[]; assessments: string[] }, since: number, limit: number) => rows<Highlight>(db, sql`
  SELECT 'achievement' AS kind, h.id, h.student_id AS studentId, h.title, NULL AS level, h.issued_at AS at FROM ${each(progress)} CROSS JOIN achievements h ON h.student_id = c.value AND h.issued_at >= ${since} AND h.revoked_at IS NULL
  UNION ALL SELECT 'feedback', f.submission_id, f.student_id, a.title, f.level, f.at FROM ${each(assessments)} CROSS JOIN feedback f ON f.student_id = c.value AND f.at >= ${since} AND f.level >= 5 JOIN submissions d ON d.id = f.submission_id JOIN assignments a ON a.id = d.assignment_id
  UNION ALL SELECT 'goal', g.id, g.student_id, g.title, NULL, g.changed_at FROM ${each(progress)} CROSS JOIN goals g ON g.student_id = c.value AND g.status = 'completed' AND g.changed_at >= ${since}
  ORDER BY 6 DESC LIMIT ${limit}`);

export type BookingBrief = { id: string; lessonId: string; studentId: string; kind: "book" | "move"; subject: string; teacher: string; startsAt: number; expiresAt: number };

/** Lessons that wait for a guardian's word. */
export const selectBookingsWaiting = (db: Db, childIds: string[], now: number, limit: number) => rows<BookingBrief>(db, sql`SELECT b.id, b.lesson_id AS lessonId, b.student_id AS studentId, b.kind, ${subjectOf("l")} AS subject, ${nameOf("l.teacher_id")} AS teacher, b.starts_at AS startsAt, b.expires_at AS expiresAt
  FROM ${each(childIds)} CROSS JOIN bookings b ON b.student_id = c.value AND b.status = 'pending' AND b.expires_at > ${now} JOIN lessons l ON l.id = b.lesson_id ORDER BY b.expires_at LIMIT ${limit}`);

/** How many consents of each child wait for this guardian's word. */
export const countProposals = (db: Db, guardianId: string, childIds: string[], now: number) => rows<{ studentId: string; count: number; expiresAt: number }>(db, sql`SELECT p.child_id AS studentId, count(*) AS count, min(p.expires_at) AS expiresAt
  FROM ${each(childIds)} CROSS JOIN consent_proposals p ON p.child_id = c.value AND p.status = 'pending' AND p.expires_at > ${now} AND p.proposed_by <> ${guardianId} GROUP BY p.child_id`);

export type GoalBrief = { id: string; title: string; percent: number };
export const selectActiveGoals = (db: Db, studentId: string, limit: number) => rows<GoalBrief>(db, sql`SELECT id, title, percent FROM goals WHERE student_id = ${studentId} AND status = 'active' ORDER BY percent DESC, id LIMIT ${limit}`);

type ReviewBrief = { id: string; assignmentId: string; student: string; title: string; submittedAt: number; late: number };
const toReview = (teacherId: string, assessments: ReadRule, now: number): SQL => sql`FROM submissions d WHERE d.teacher_id = ${teacherId} AND d.status = 'waiting' AND ${mayRead(teacherId, sql`d.student_id`, assessments, now)}`;

/** Work that waits for this teacher's feedback, the longest waiting first; only of students whose families share it. */
export const selectToReview = (db: Db, teacherId: string, assessments: ReadRule, now: number, limit: number) => rows<ReviewBrief>(db, sql`SELECT d.id, d.assignment_id AS assignmentId, ${nameOf("d.student_id")} AS student,
  (SELECT a.title FROM assignments a WHERE a.id = d.assignment_id) AS title, d.submitted_at AS submittedAt, d.late ${toReview(teacherId, assessments, now)} ORDER BY d.submitted_at, d.id LIMIT ${limit}`);
/** How many wait, as far as anybody counts: up to a hundred. */
export const countToReview = (db: Db, teacherId: string, assessments: ReadRule, now: number) => rows<{ count: number }>(db, sql`SELECT count(*) AS count FROM (SELECT 1 ${toReview(teacherId, assessments, now)} LIMIT 100)`);

/** What this person teaches, and how many students in each. */
export const selectSubjectsTaught = (db: Db, teacherId: string, now: number, limit: number) => rows<{ id: string; name: string; students: number }>(db, sql`SELECT s.id, s.name, count(DISTINCT e.student_id) AS students FROM enrolments e JOIN subjects s ON s.id = e.subject_id
  WHERE e.teacher_id = ${teacherId} AND ${within("e", now)} GROUP BY s.id ORDER BY s.name LIMIT ${limit}`);

/** Students of a tutor: assigned to them, or tutored in an enrolment. */
const tutored = (tutorId: string, now: number) => sql`(SELECT e.student_id AS value FROM enrolments e WHERE e.tutor_id = ${tutorId} AND ${within("e", now)} UNION SELECT t.student_id FROM tutor_assignments t WHERE t.tutor_id = ${tutorId} AND ${within("t", now)}) c`;

/** Lessons ahead of a tutor's students, of those whose families share their activity. */
export const selectLessonsOfTutored = (db: Db, tutorId: string, activity: ReadRule, { from, until, limit }: Span, now: number) => rows<LessonBrief>(db, sql`SELECT ${lessonColumns} FROM ${tutored(tutorId, now)}
  CROSS JOIN lessons l ON l.student_id = c.value AND l.starts_at >= ${from} AND l.starts_at < ${until} AND l.status = 'scheduled' WHERE ${mayRead(tutorId, sql`c.value`, activity, now)} ORDER BY l.starts_at, l.id LIMIT ${limit}`);

/** How much each of a tutor's students learned since that local date, where the family shares it. */
export const selectLearningOfTutored = (db: Db, tutorId: string, activity: ReadRule, fromDate: string, now: number) => rows<{ studentId: string; minutes: number; lastOn: string }>(db, sql`SELECT a.student_id AS studentId, sum(a.minutes) AS minutes, max(a.on_date) AS lastOn
  FROM ${tutored(tutorId, now)} CROSS JOIN activities a ON a.student_id = c.value AND a.on_date >= ${fromDate} WHERE ${mayRead(tutorId, sql`c.value`, activity, now)} GROUP BY a.student_id`);
