import type { Outcome } from "../imports/outcomes.ts";
import { factsOf } from "../roster/facts.ts";
import { nameKey, RowProblem, type Person, type PersonFacts } from "../roster/people.ts";
import { pair } from "../roster/roster.server.ts";
import { appointGuardian, requireMayGuard, settlePerson, usernameFor, type School } from "../roster/settle-person.server.ts";
import { enter, type BookedFamily, type FamilyBook } from "./family-book.server.ts";
import type { FamilyChanges } from "./family-changes.server.ts";
import { matchSurely, settleWho, type Named } from "./find-people.server.ts";
import { familyKey, isAlike, type Traits } from "./likeness.ts";
import type { NamedFamily } from "./read-families.ts";

type Registry = { school: School; book: FamilyBook; traits: Traits; changes: FamilyChanges };

/**
 * A family by names becomes one by ids. All of the row is looked up and judged before anything is done: a refused row leaves nothing behind.
 * `seen`: the row's own words in short; read once, it is done for good, whatever people have changed since.
 */
export function settleFamily({ school, book, traits, changes }: Registry, row: NamedFamily, seen: string): Outcome {
  if (book.keys.has(seen)) return "already";
  const { name } = factsOf([], { name: row.name });
  const status = statusOf(row.status);
  if (row.students.length === 0) throw new RowProblem("family_without_student");
  const surely = (facts: PersonFacts[]) => facts.map((one) => matchSurely(school, one));
  const [sure, sureParents] = [surely(row.students.map((cells) => factsOf(["student"], cells))), surely(row.parents.map((cells) => factsOf(["parent"], cells)))];
  const key = row.key === undefined ? null : `id:${row.key.slice(0, 100)}`;
  const family = book.byId.get((key && book.keys.get(key)) ?? "") ?? findFamily(book, name, sure, sureParents);
  const students = sure.map((named) => settleWho({ school, traits }, named, family, sure));
  const parents = sureParents.map((named) => settleWho({ school, traits }, named, family, sureParents));
  requireEachOnce(students);
  requireEachOnce(parents);
  // A family that the school did not make decides itself which adults are in it.
  if (family && !family.ours && parents.some(({ person }) => !person || !family.guardians.has(person.id))) throw new RowProblem("family_keeps_its_adults");
  for (const parent of parents) for (const student of students) if (parent.person && student.person) requireMayGuard(school, parent.person, student.person);

  let changed = false;
  const note = (news: boolean) => { changed ||= news; };
  const home = family ?? changes.make(school.ids, book, { name, status, programmes: row.programmes });
  const settled = (named: Named[]) => named.map((one) => {
    note(one.person === null || settlePerson(school, missingIn(one.person, one.facts), one.person).outcome !== "already");
    const person = one.person ?? newcomer(school, one.facts);
    traits.put(person);
    return person;
  });
  const children = settled(students);
  const adults = settled(parents.filter(({ asks }) => !asks));
  const join = (people: Person[], role: "student" | "guardian") => people.forEach(({ id }) => note(enter(book, home, id, role) && changes.join(home.id, id, role)));
  join(adults, "guardian");
  join(children, "student");
  for (const adult of adults) for (const child of children) if (!book.tied.has(pair(adult.id, child.id))) note(appointGuardian(school, adult, child));
  for (const { facts } of parents.filter(({ asks }) => asks)) note(school.changes.ask(school.roster, { name: facts.name, email: facts.email!, roles: ["parent"], studentIds: children.map(({ id }) => id), familyIds: [home.id] }));
  if (home.ours) for (const word of key ? [seen, key] : [seen]) changes.remember(book, word, home.id);
  return family === null ? "created" : changed ? "changed" : "already";
}

function statusOf(text: string | undefined): "active" | "inactive" {
  const word = (text ?? "active").toLowerCase();
  if (word !== "active" && word !== "inactive") throw new RowProblem("family_status_unknown");
  return word;
}

/** The family in which people of the row are known to be, under that name. A student may live in another as well; a name nearly the same is told, not guessed. */
function findFamily(book: FamilyBook, name: string, students: Named[], parents: Named[]): BookedFamily | null {
  const homes = (named: Named[]) => named.flatMap(({ person }) => [...(person ? (book.homes.get(person.id) ?? []) : [])]);
  const ofAny = [...new Set([...homes(students), ...homes(parents)])].map((id) => book.byId.get(id)!);
  const called = ofAny.filter((family) => familyKey(family.name) === familyKey(name));
  if (called.length > 1) throw new RowProblem("family_ambiguous");
  if (called.length === 0 && ofAny.some((family) => isAlike(familyKey(family.name), familyKey(name)))) throw new RowProblem("family_looks_like");
  return called[0] ?? null;
}

function requireEachOnce(named: Named[]): void {
  const told = [
    named.map(({ person, facts }) => person?.id ?? `${facts.email ?? ""} ${facts.birthDate ?? ""} ${nameKey(facts.name)}`),
    named.flatMap(({ facts }) => facts.email ?? []), named.flatMap(({ facts }) => facts.username ?? []), named.flatMap(({ facts }) => facts.number ?? []),
  ];
  if (told.some((words) => new Set(words).size < words.length)) throw new RowProblem("named_twice");
}

/** Of a person who is known, the file fills in only what nobody has said yet. */
function missingIn(person: Person, { roles, name: _name, ...facts }: PersonFacts): PersonFacts {
  const missing = Object.fromEntries(Object.entries(facts).filter(([field]) => person[field as keyof typeof facts] === null));
  return { roles: roles.filter((role) => !person.roles.has(role)), name: person.name, ...missing };
}

/** Somebody new to the school. Who has no address gets a username, and a secret from the administration when they need one. */
function newcomer({ roster, changes, ids }: School, facts: PersonFacts): Person {
  const { roles, name, email = null, phone = null, birthDate = null, level = null, number = null } = facts;
  const kind = roles.includes("student") ? "child" : "adult";
  const id = ids.make("user");
  const username = facts.username ?? (email === null ? usernameFor(name, id) : null);
  const person: Person = { id, kind, name, email, username, phone, birthDate, level, number, goal: null, roles: new Map(roles.map((role) => [role, true])) };
  changes.people.set(id, person);
  changes.roles.push(...roles.map((role) => ({ userId: id, role, active: true })));
  changes.acts.push({ action: "person.created", subjectId: id, ...(kind === "child" ? { childId: id } : {}), details: { roles } });
  if (email !== null) changes.newcomers.push(id);
  roster.people.put(person);
  return person;
}
