import { readTable, type TableRow } from "../../csv.ts";
import { Changes } from "../roster/changes.server.ts";
import { emailOf, factsOf, rolesOf } from "../roster/facts.ts";
import { RowProblem, type Person } from "../roster/people.ts";
import { findTaken, isElsewhere, loadRoster, type Roster } from "../roster/roster.server.ts";
import { appointGuardian, appointTutor, requireMayGuard, settleOrAsk, settlePerson, type School } from "../roster/settle-person.server.ts";
import { importer } from "./importer.server.ts";
import type { ImportRow, Outcome, RowResult } from "./outcomes.ts";

const PEOPLE_COLUMNS = ["role", "name", "username", "email", "phone", "level", "birthDate", "number", "goal", "guardianEmail", "guardianName", "tutor"] as const;
type PeopleRow = ImportRow & TableRow<(typeof PEOPLE_COLUMNS)[number]>;

/** Our own simple file of people: one person a line. */
export const people = importer<PeopleRow, { roster?: Roster }>({
  read: (bytes) => {
    const rows = readTable(bytes, PEOPLE_COLUMNS, ["role", "name"]).map((row) => ({ part: "", ...row }));
    // Adults first: a student's line names them.
    return [...rows.filter((row) => !isStudent(row)), ...rows.filter(isStudent)];
  },
  remember: () => ({}),
  plan: async (ctx, importing, rows, memory) => {
    const roster = (memory.roster ??= await loadRoster(ctx, importing.schoolId));
    const changes = new Changes();
    const taken = await findTaken(ctx, roster, rows.flatMap(({ cells: { email, username, guardianEmail } }) => [
      { email: email?.toLowerCase(), username: username?.toLowerCase() }, { email: guardianEmail?.toLowerCase() },
    ]));
    const school: School = { roster, taken, changes, ids: ctx.ids, starterId: importing.startedBy };
    const results = rows.map((row) => judged(row, row.cells.name ?? "", () => settle(school, row)));
    return { results, ...(await changes.writes(ctx, importing, roster.timeZone)) };
  },
});

const isStudent = ({ cells }: PeopleRow) => /student|pupil/i.test(cells.role ?? "");

/** What a row came to; a problem in it is its own, and no other row's. */
export function judged({ part, line }: ImportRow, about: string, settle: () => Outcome): RowResult {
  const row = { part, line, about: about.slice(0, 100) };
  try {
    return { ...row, outcome: settle(), problem: null };
  } catch (error) {
    if (!(error instanceof RowProblem)) throw error;
    return { ...row, outcome: "refused", problem: error.message };
  }
}

function settle(school: School, { cells }: PeopleRow): Outcome {
  const facts = factsOf(rolesOf(cells.role), cells);
  const ofStudent = facts.roles.includes("student");
  if (!ofStudent && (cells.guardianEmail ?? cells.tutor)) throw new RowProblem("only_students_have_these");
  // Whom the line names is found before anything is done: a refused line leaves nothing behind.
  const guardian = cells.guardianEmail ? guardianBy(school, emailOf(cells.guardianEmail), cells.guardianName) : null;
  const tutor = cells.tutor ? tutorBy(school, cells.tutor) : null;
  const known = ofStudent ? school.roster.people.match(facts) : null;
  const named = known && cells.guardianEmail ? school.roster.people.byEmail(emailOf(cells.guardianEmail)) : undefined;
  if (known && named) requireMayGuard(school, named, known);
  const { person, outcome } = settleOrAsk(school, facts);
  if (!person) return outcome;
  const added = [guardian && guardian(person), tutor && appointTutor(school, tutor, person)].some(Boolean);
  return outcome === "already" && added ? "changed" : outcome;
}

/** The guardian at this school with that address, or, named too, somebody new: made, or asked where they have an account, only when the line itself is good. Answers whether it is news. */
function guardianBy(school: School, email: string, name: string | undefined): (child: Person) => boolean {
  const { roster, taken, changes } = school;
  const found = roster.people.byEmail(email);
  if (found?.roles.get("parent")) return (child) => appointGuardian(school, found, child);
  if (found) throw new RowProblem("person_other_role");
  if (!name) throw new RowProblem("guardian_unknown");
  const facts = factsOf(["parent"], { name, email });
  if (isElsewhere(roster, taken, email)) return ({ id }) => changes.ask(roster, { name: facts.name, email, roles: ["parent"], studentIds: [id] });
  return (child) => appointGuardian(school, settlePerson(school, facts).person, child);
}

function tutorBy({ roster }: School, email: string): Person {
  const tutor = roster.people.byEmail(email.toLowerCase());
  if (!tutor?.roles.get("tutor")) throw new RowProblem("tutor_unknown");
  return tutor;
}
