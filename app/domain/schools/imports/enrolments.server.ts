import type { ClassRow } from "#db/teaching-roster.ts";
import { startOfDay } from "../../clock.ts";
import { readTable, type TableRow } from "../../csv.ts";
import { dateOf } from "../roster/facts.ts";
import { RowProblem, type Person } from "../roster/people.ts";
import { loadRoster, type Roster } from "../roster/roster.server.ts";
import { loadTeaching, type Teaching } from "../roster/teaching.server.ts";
import type { Role } from "../../actor.ts";
import { importer } from "./importer.server.ts";
import type { ImportRow, Outcome } from "./outcomes.ts";
import { judged } from "./people.server.ts";

const ENROLMENT_COLUMNS = ["student", "subject", "teacher", "tutor", "class", "customName", "starts", "ends"] as const;
type EnrolmentLine = ImportRow & TableRow<(typeof ENROLMENT_COLUMNS)[number]>;
type Known = { roster: Roster; teaching: Teaching };

/** Our own simple file of enrolments: a student, a subject and a teacher a line. Subjects and classes are made as they are named. */
export const enrolments = importer<EnrolmentLine, { known?: Known }>({
  read: (bytes) => readTable(bytes, ENROLMENT_COLUMNS, ["student", "subject", "teacher"]).map((row) => ({ part: "", ...row })),
  remember: () => ({}),
  plan: async (ctx, importing, rows, memory) => {
    const known = (memory.known ??= { roster: await loadRoster(ctx, importing.schoolId), teaching: await loadTeaching(ctx, importing.schoolId) });
    const results = rows.map((row) => judged(row, [row.cells.student, row.cells.subject].filter(Boolean).join(", "), () => settle(known, row)));
    return { results, writes: known.teaching.takeWrites(importing) };
  },
});

function settle({ roster, teaching }: Known, { cells }: EnrolmentLine): Outcome {
  const given = (name: "student" | "subject" | "teacher") => {
    const cell = cells[name];
    if (!cell) throw new RowProblem(`${name}_missing`);
    return cell;
  };
  const student = personIn(roster, given("student"), "student", "student_unknown");
  const teacher = personIn(roster, given("teacher"), "teacher", "teacher_unknown");
  const tutor = cells.tutor ? personIn(roster, cells.tutor, "tutor", "tutor_unknown") : undefined;
  const day = (cell: string | undefined) => (cell === undefined ? undefined : startOfDay(dateOf(cell, "date_unusable"), roster.timeZone));
  const [startsAt, endsAt] = [day(cells.starts), day(cells.ends)];
  if (startsAt !== undefined && endsAt !== undefined && endsAt <= startsAt) throw new RowProblem("ends_before_start");
  if ([cells.subject, cells.class, cells.customName].some((cell) => (cell?.length ?? 0) > 100)) throw new RowProblem("too_long");
  // What the line names is found before anything is made: a refused line leaves nothing behind.
  const known = teaching.subjectBy(given("subject"));
  const inClass = cells.class === undefined ? undefined : classNamed(teaching, cells.class, known?.id);
  const subject = known ?? teaching.putSubject(undefined, { name: given("subject") }).row;
  const classId = cells.class === undefined ? undefined : (inClass ?? teaching.putClass(undefined, { name: cells.class }).row).id;
  return teaching.enrol({ studentId: student.id, subjectId: subject.id, teacherId: teacher.id, tutorId: tutor?.id, classId, customName: cells.customName, startsAt, endsAt }).outcome;
}

/** By number, username or e-mail address; never by name. */
function personIn({ people }: Roster, key: string, role: Role, problem: string): Person {
  const found = people.byNumber(key) ?? people.byUsername(key.toLowerCase()) ?? people.byEmail(key.toLowerCase());
  if (!found?.roles.get(role)) throw new RowProblem(problem);
  return found;
}

/** The class of that name in the subject, else the one that is taught everything together. */
function classNamed(teaching: Teaching, name: string, subjectId: string | undefined): ClassRow | undefined {
  const found = teaching.classesBy(name);
  const ofSubject = found.filter((row) => row.subjectId === subjectId);
  const [one, ...others] = ofSubject.length > 0 ? ofSubject : found.filter((row) => row.subjectId === null);
  if (others.length > 0) throw new RowProblem("class_ambiguous");
  return one;
}
