import type { Ids } from "../../../context.ts";
import type { Outcome } from "../imports/outcomes.ts";
import type { Changes } from "./changes.server.ts";
import { nameKey, ROSTER_ROLES, RowProblem, sameName, type Person, type PersonFacts, type RosterRole } from "./people.ts";
import { guard, isElsewhere, pair, requireFree, type Roster, type Taken } from "./roster.server.ts";

/** `starterId`: who brings the file in. */
export type School = { roster: Roster; taken: Taken; changes: Changes; ids: Ids; starterId: string };
type Field = "name" | "email" | "username" | "phone" | "birthDate" | "level" | "number" | "goal";
const FIELDS: Field[] = ["name", "email", "username", "phone", "birthDate", "level", "number", "goal"];
/** An adult's name and ways to be reached are their own, and so is what anybody signs in with: a file fills in what is missing. */
const OWN_OF_ADULTS: Field[] = ["name", "phone", "birthDate"];
const SIGN_IN: Field[] = ["email", "username"];

/** A row's person: settled, or asked by mail where they have an account outside the school. Asked or made reads the same. */
export function settleOrAsk(school: School, facts: PersonFacts, known?: Person): { person: Person | null; outcome: Outcome } {
  const { roster, taken, changes } = school;
  if (!isElsewhere(roster, taken, facts.email)) return settlePerson(school, facts, known);
  const { email, ...rest } = facts;
  const found = known ?? roster.people.match(rest);
  if (found) return settlePerson(school, rest, found);
  return { person: null, outcome: changes.ask(roster, { name: facts.name, email: email!, roles: facts.roles, studentIds: [] }) ? "created" : "already" };
}

/** Makes the person that the facts mean as the facts say, or a new one. `known` where something surer than the facts says who it is. */
export function settlePerson(school: School, facts: PersonFacts, known?: Person): { person: Person; outcome: Outcome } {
  const { roster, taken, changes } = school;
  const found = known ?? roster.people.match(facts);
  requireFree(roster, taken, facts, found);
  const person = found ?? newPerson(school, facts);
  const changed = found ? FIELDS.filter((field) => differs(person, facts, field)) : [];
  for (const field of changed) (person as Record<Field, string | null>)[field] = facts[field]!;
  const joined = facts.roles.filter((role) => person.roles.get(role) !== true);
  for (const role of joined) {
    person.roles.set(role, true);
    changes.roles.push({ userId: person.id, role, active: true });
  }
  const about = { subjectId: person.id, ...(person.kind === "child" ? { childId: person.id } : {}) };
  if (!found) changes.acts.push({ action: "person.created", ...about, details: { roles: facts.roles } });
  else if (changed.length + joined.length > 0) changes.acts.push({ action: "person.changed", ...about, details: { fields: changed, roles: joined } });
  if (!found && person.kind === "adult") changes.newcomers.push(person.id);
  if (!found || changed.length > 0) changes.people.set(person.id, person);
  roster.people.put(person);
  return { person, outcome: !found ? "created" : changed.length + joined.length > 0 ? "changed" : "already" };
}

function differs(person: Person, facts: PersonFacts, field: Field): boolean {
  const said = facts[field];
  if (said === undefined || said === person[field] || (field === "name" && sameName(said, person.name))) return false;
  if (SIGN_IN.includes(field) && person[field] !== null) throw new RowProblem(`${field}_differs`);
  return person[field] === null || person.kind === "child" || !OWN_OF_ADULTS.includes(field);
}

function newPerson({ ids }: School, facts: PersonFacts): Person {
  const { roles, name, email = null, phone = null, birthDate = null, level = null, number = null, goal = null } = facts;
  const isChild = roles.includes("student");
  if (!isChild && email === null) throw new RowProblem("email_missing");
  // Somebody whom the next file could not tell from a namesake would be made anew each time.
  if (isChild && !(email ?? facts.username ?? number ?? phone ?? birthDate)) throw new RowProblem("person_unidentifiable");
  const id = ids.make("user");
  const username = facts.username ?? (isChild && email === null ? usernameFor(name, id) : null);
  return { id, kind: isChild ? "child" : "adult", name, email, username, phone, birthDate, level, number, goal, roles: new Map() };
}

/** The name in plain letters and the end of the id, which makes it nobody else's. */
export function usernameFor(name: string, id: string): string {
  const plain = nameKey(name).normalize("NFD").replace(/[^a-z0-9]+/g, (part) => (/^\p{M}+$/u.test(part) ? "" : ".")).replace(/^\.+|\.+$/g, "").slice(0, 22);
  return `${plain || "student"}.${id.slice(-6).toLowerCase()}`;
}

/** Somebody is no longer of the school, or no longer in these roles; the account and everything else stay. */
export function leaveSchool({ changes }: School, person: Person, roles: readonly RosterRole[] = ROSTER_ROLES): Outcome {
  const held = roles.filter((role) => person.roles.get(role));
  for (const role of held) {
    person.roles.set(role, false);
    changes.roles.push({ userId: person.id, role, active: false });
  }
  if (held.length === 0) return "already";
  changes.acts.push({ action: "person.left", subjectId: person.id, ...(person.kind === "child" ? { childId: person.id } : {}), details: { roles: held } });
  return "changed";
}

/** Throws RowProblem where the adult is kept away from the child, or where the child is none for whom the file is brought in. */
export function requireMayGuard({ roster, starterId }: School, guardian: Person, child: Person): void {
  if (roster.keptAway.has(pair(starterId, child.id))) throw new RowProblem("student_unknown");
  if (roster.keptAway.has(pair(guardian.id, child.id))) throw new RowProblem("person_kept_away");
}

/** The adult becomes the child's guardian, and who looks after the child already is told: the first one leads and may do all, others may look and talk. */
export function appointGuardian(school: School, guardian: Person, child: Person): boolean {
  const { roster, changes } = school;
  if (roster.guardians.get(child.id)?.has(guardian.id)) return false;
  requireMayGuard(school, guardian, child);
  changes.tell(child, [...(roster.guardians.get(child.id) ?? [])].filter((id) => !roster.keptAway.has(pair(id, child.id))));
  const isPrimary = !roster.led.has(child.id);
  guard(roster, child.id, guardian.id, isPrimary);
  changes.guardianships.push({ guardianId: guardian.id, childId: child.id, isPrimary });
  changes.acts.push({ action: "guardianship.created", subjectId: guardian.id, childId: child.id, details: { guardianId: guardian.id, isPrimary } });
  return true;
}

export function appointTutor({ roster, changes }: School, tutor: Person, student: Person): boolean {
  const key = pair(tutor.id, student.id);
  if (roster.tutoring.has(key)) return false;
  roster.tutoring.add(key);
  changes.tutoring.push({ tutorId: tutor.id, studentId: student.id });
  changes.acts.push({ action: "tutor.assigned", subjectId: tutor.id, childId: student.id });
  return true;
}
