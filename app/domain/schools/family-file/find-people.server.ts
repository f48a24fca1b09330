import { nameKey, RowProblem, sameName, type Person, type PersonFacts } from "../roster/people.ts";
import { isElsewhere, requireFree } from "../roster/roster.server.ts";
import type { School } from "../roster/settle-person.server.ts";
import type { BookedFamily } from "./family-book.server.ts";
import { isAlike, type Traits } from "./likeness.ts";

/** A person of the row: what the file says, and who that is; null for somebody new. `asks`: somebody with an account outside the school, who is invited. */
export type Named = { facts: PersonFacts; person: Person | null; asks: boolean };

type Known = { school: School; traits: Traits };

/** By what tells one person from another alone. Throws RowProblem for what could be several. */
export function matchSurely({ roster }: School, facts: PersonFacts): Named {
  const person = roster.people.match(facts);
  if (person) requireSameSignIn(person, facts);
  return { facts, person, asks: false };
}

function requireSameSignIn(person: Person, facts: PersonFacts): void {
  for (const field of ["email", "username"] as const) if (facts[field] && person[field] !== null && person[field] !== facts[field]) throw new RowProblem(`${field}_differs`);
}

/**
 * Who is not known yet: by the name within the family, which two people of one family do not share; else new, unless somebody of that role
 * could well be meant. Nobody is made whom the next file could mistake.
 */
export function settleWho({ school, traits }: Known, named: Named, family: BookedFamily | null, others: Named[]): Named {
  const { roster, taken } = school;
  const { facts } = named;
  const [role] = facts.roles;
  const elsewhere = isElsewhere(roster, taken, facts.email);
  const known = (person: Person): Named => {
    const { email: _elsewhere, ...withoutEmail } = facts;
    const said = elsewhere ? withoutEmail : facts;
    requireFree(roster, taken, said, person);
    return { ...named, facts: said, person };
  };
  if (named.person) return known(named.person);
  const inRow = new Set(others.map(({ person }) => person?.id));
  const free = (people: Iterable<Person>) => [...people].filter((person) => person.roles.has(role!) && !inRow.has(person.id));
  const members = [...((role === "student" ? family?.students : family?.guardians) ?? [])].flatMap((id) => school.roster.people.byId.get(id) ?? []);
  const kin = free(members).filter((person) => sameName(person.name, facts.name) && !bornOtherwise(person, facts));
  if (kin.length === 1) {
    requireSameSignIn(kin[0]!, facts);
    return known(kin[0]!);
  }
  if (kin.length > 1) throw new RowProblem("person_ambiguous");
  if (free(traits.named(facts.name)).some((person) => couldBe(person, facts, role!))) throw new RowProblem("person_ambiguous");
  if (free(traits.sharing(facts)).some((person) => isAlike(nameKey(person.name), nameKey(facts.name)))) throw new RowProblem("person_looks_like");
  if (elsewhere) return { ...named, asks: true };
  requireFree(roster, taken, facts, null);
  return named;
}

const bornOtherwise = (person: Person, { birthDate }: PersonFacts) => birthDate !== undefined && person.birthDate !== null && birthDate !== person.birthDate;
/** Says another birth date, address, number or way to sign in than the person has. */
const contradicts = (person: Person, facts: PersonFacts) => (["birthDate", "email", "username", "phone"] as const).some((field) => facts[field] !== undefined && person[field] !== null && facts[field] !== person[field]);

/** Of the same name, and one of the two says too little to tell them apart. */
function couldBe(person: Person, facts: PersonFacts, role: string): boolean {
  if (!sameName(person.name, facts.name) || contradicts(person, facts)) return false;
  return role === "student" ? facts.birthDate === undefined || person.birthDate === null : facts.email === undefined && facts.phone === undefined;
}
