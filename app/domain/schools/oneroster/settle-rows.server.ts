import { startOfDay } from "../../clock.ts";
import type { Outcome } from "../imports/outcomes.ts";
import { dateOf } from "../roster/facts.ts";
import { RowProblem, type Person } from "../roster/people.ts";
import type { Roster } from "../roster/roster.server.ts";
import { appointGuardian, leaveSchool, requireMayGuard, settlePerson, type School } from "../roster/settle-person.server.ts";
import type { Teaching } from "../roster/teaching.server.ts";
import { heldFrom, type Cells, type OneRosterRow } from "./read-oneroster.ts";
import { endedBy, placeOf } from "./roles.ts";
import { settleUser } from "./settle-user.server.ts";
import { CUSTOM_NAME, GATHERS, levelFrom, NO_SUBJECT, NO_TERM, OWN_CLASS, TERM_KINDS, TUTOR, type TermWord } from "./vocabulary.ts";

/** `gathering`: classes of the file that only hold students of one subject and teacher together. */
export type OneRosterMemory = { roster: Roster; teaching: Teaching; /** At the school: YYYY-MM-DD. */ today: string; gathering: Map<string, { subjectId: string; teacherId: string | undefined }> };

/** Makes what the row is about as the row says. Throws RowProblem; a row never rests on what is not there. */
export function settleRow(known: OneRosterMemory, school: School, row: OneRosterRow): Outcome {
  if (!row.cells.sourcedId) throw new RowProblem("sourced_id_missing");
  if (row.cells.sourcedId.length > 255) throw new RowProblem("too_long");
  return SETTLE[row.part]!(known, school, row, row.cells.sourcedId);
}

type Settle = (known: OneRosterMemory, school: School, row: OneRosterRow, sourcedId: string) => Outcome;
const isGone = (cells: Cells) => cells.status?.toLowerCase() === "tobedeleted";

const SETTLE: Record<string, Settle> = {
  orgs: ({ roster, teaching }, _school, { cells, only }, sourcedId) => {
    const ours = teaching.target("org", sourcedId) !== undefined || (cells.type === "school" && (only || cells.name?.toLowerCase() === roster.schoolName.toLowerCase()));
    if (!ours && cells.type === "school") throw new RowProblem("org_other_school");
    if (ours) teaching.name("org", sourcedId, teaching.schoolId);
    return "already";
  },

  academicSessions: ({ teaching }, _school, { cells }, sourcedId) => {
    if (sourcedId === NO_TERM || isGone(cells)) return "already";
    const kind = TERM_KINDS[cells.type as TermWord];
    if (!kind) throw new RowProblem("term_kind_unknown");
    const parentId = cells.parentSourcedId ? named(teaching.target("term", cells.parentSourcedId)) : null;
    const [startsOn, endsOn] = [dateOf(cells.startDate ?? "", "date_unusable"), dateOf(cells.endDate ?? "", "date_unusable")];
    if (endsOn <= startsOn) throw new RowProblem("ends_before_start");
    const id = teaching.target("term", sourcedId);
    const { row, outcome } = teaching.putTerm(id === undefined ? undefined : teaching.terms.get(id), { name: titleOf(cells), kind, parentId, startsOn, endsOn });
    teaching.name("term", sourcedId, row.id);
    return outcome;
  },

  courses: ({ teaching }, _school, { cells }, sourcedId) => {
    if (sourcedId === NO_SUBJECT) return "already";
    const id = teaching.target("course", sourcedId);
    const subject = id === undefined ? undefined : teaching.subjects.get(id);
    if (isGone(cells)) return subject ? teaching.putSubject(subject, { name: subject.name, active: false }).outcome : "already";
    const name = titleOf(cells);
    const namesake = [...teaching.subjects.values()].find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (subject && namesake && namesake !== subject) throw new RowProblem("subject_taken");
    const { row, outcome } = teaching.putSubject(subject ?? namesake, { name, code: cells.courseCode?.slice(0, 40), active: true });
    teaching.name("course", sourcedId, row.id);
    return outcome;
  },

  users: settleUser,

  /** The user's own row took in the roles that go on; here each is held against what it names, or ended. */
  roles: (known, school, row) => {
    // Who was asked by mail is nobody here yet, and nobody learns of it by the file.
    const asked = row.email !== undefined && known.roster.asked.has(row.email);
    if (!isGone(row.cells) && !asked) personOf(known, row.cells.userSourcedId);
    const ended = endedBy(placeOf(known), heldFrom(row), row.held!);
    const person = personBy(known, row.cells.userSourcedId);
    return person && ended ? leaveSchool(school, person, [ended]) : "already";
  },

  demographics: (known, school, { cells }, sourcedId) => {
    if (isGone(cells)) return "already";
    const person = personOf(known, sourcedId);
    if (!cells.birthDate) return "already";
    const birthDate = dateOf(cells.birthDate, "birth_date_unusable");
    return settlePerson(school, { roles: [], name: person.name, birthDate }, person).outcome;
  },

  agents: (known, school, { cells, agents }, sourcedId) => {
    const person = personOf(known, sourcedId);
    const others = agents!.map((id) => personOf(known, id));
    const pairs = others.map((other) => (cells.isStudent ? { child: person, guardian: other } : { child: other, guardian: person }));
    if (pairs.some(({ child, guardian }) => !child.roles.get("student") || !guardian.roles.get("parent"))) throw new RowProblem("agent_unusable");
    for (const { child, guardian } of pairs) requireMayGuard(school, guardian, child);
    return pairs.map(({ child, guardian }) => appointGuardian(school, guardian, child)).some(Boolean) ? "created" : "already";
  },

  classes: ({ teaching, gathering, roster }, _school, { cells, teacher }, sourcedId) => {
    const id = teaching.target("class", sourcedId);
    const known = id === undefined ? undefined : teaching.classes.get(id);
    if (isGone(cells)) return known ? teaching.putClass(known, { name: known.name, active: false }).outcome : "already";
    if (cells.schoolSourcedId && teaching.target("org", cells.schoolSourcedId) === undefined) throw new RowProblem("org_other_school");
    const subjectId = cells.courseSourcedId === NO_SUBJECT ? null : named(teaching.target("course", cells.courseSourcedId ?? ""));
    const leader = teacher === undefined ? undefined : personBy({ teaching, roster }, teacher);
    const teacherId = leader?.roles.get("teacher") ? leader.id : undefined;
    if (cells[GATHERS] === "true" && subjectId !== null) {
      gathering.set(sourcedId, { subjectId, teacherId });
      return "already";
    }
    const [term] = (cells.termSourcedIds ?? "").split(",").map((one) => one.trim());
    const termId = !term || term === NO_TERM ? undefined : named(teaching.target("term", term));
    const { row, outcome } = teaching.putClass(known, { name: titleOf(cells), subjectId, teacherId, termId, level: levelFrom(cells.grades), active: true });
    teaching.name("class", sourcedId, row.id);
    return outcome;
  },

  enrollments: (known, _school, { cells, teacher }, sourcedId) => {
    const { teaching, roster } = known;
    if (isGone(cells)) {
      const id = teaching.target("enrolment", sourcedId);
      return id === undefined ? "already" : teaching.endEnrolment(id);
    }
    const person = personOf(known, cells.userSourcedId);
    const gathered = known.gathering.get(cells.classSourcedId ?? "");
    const classId = gathered ? null : named(teaching.target("class", cells.classSourcedId ?? ""));
    if (cells.role !== "student") return "already";
    if (!person.roles.get("student")) throw new RowProblem("student_unknown");
    const inClass = classId === null ? undefined : teaching.classes.get(classId);
    const subjectId = gathered?.subjectId ?? inClass?.subjectId;
    if (!subjectId) throw new RowProblem("class_without_subject");
    const teacherId = teacher === undefined ? (gathered?.teacherId ?? inClass?.teacherId) : personOf(known, teacher).id;
    if (!teacherId || !roster.people.byId.get(teacherId)?.roles.get("teacher")) throw new RowProblem("class_without_teacher");
    const own = cells[OWN_CLASS];
    const tutor = cells[TUTOR] ? personOf(known, cells[TUTOR]) : undefined;
    const day = (cell: string | undefined) => (cell ? startOfDay(dateOf(cell.slice(0, 10), "date_unusable"), roster.timeZone) : undefined);
    const { row, outcome } = teaching.enrol({
      studentId: person.id, subjectId, teacherId, tutorId: tutor?.id, customName: cells[CUSTOM_NAME], startsAt: day(cells.beginDate), endsAt: day(cells.endDate),
      classId: own ? named(teaching.target("class", own)) : (classId ?? undefined),
    });
    if (row) teaching.name("enrolment", sourcedId, row.id);
    return outcome;
  },
};

function titleOf({ title }: Cells): string {
  if (!title) throw new RowProblem("name_missing");
  if (title.length > 100) throw new RowProblem("too_long");
  return title;
}

function named(id: string | undefined): string {
  if (id === undefined) throw new RowProblem("reference_unknown");
  return id;
}

const personBy = ({ teaching, roster }: Pick<OneRosterMemory, "teaching" | "roster">, sourcedId: string | undefined): Person | undefined => roster.people.byId.get(teaching.target("user", sourcedId ?? "") ?? "");

function personOf(known: OneRosterMemory, sourcedId: string | undefined): Person {
  const person = personBy(known, sourcedId);
  if (!person) throw new RowProblem("reference_unknown");
  return person;
}
