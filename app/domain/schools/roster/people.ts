import type { Role } from "../../actor.ts";

/** Roles that a file may give. Administrative power is given by a person, never by a file. */
export const ROSTER_ROLES = ["student", "teacher", "tutor", "school_staff", "parent"] as const satisfies Role[];
export type RosterRole = (typeof ROSTER_ROLES)[number];

/** A person of the school as its lists know them. `roles`: whether each is held now, or was. */
export type Person = {
  id: string;
  kind: "adult" | "child";
  name: string;
  email: string | null;
  username: string | null;
  phone: string | null;
  birthDate: string | null;
  level: string | null;
  number: string | null;
  goal: string | null;
  roles: Map<Role, boolean>;
};

/** What a file says of a person; what it leaves out stays as it is. */
export type PersonFacts = { roles: RosterRole[]; name: string } & Partial<Record<"email" | "username" | "phone" | "birthDate" | "level" | "number" | "goal", string>>;

/** A refused row's reason: a key of the catalogue's `problems`. */
export class RowProblem extends Error {
  override name = "RowProblem";
}

export const sameName = (a: string, b: string) => nameKey(a) === nameKey(b);
export const nameKey = (name: string) => name.normalize("NFKC").toLowerCase().split(/\s+/).join(" ");

/** The people of a school, found by what tells one from another. */
export class PeopleIndex {
  readonly byId = new Map<string, Person>();
  readonly #keys = new Map<string, Set<Person>>();

  constructor(people: Iterable<Person>) {
    for (const person of people) this.put(person);
  }

  /** Takes in a person, or what is new about them. What they were found by before still finds them. */
  put(person: Person): void {
    this.byId.set(person.id, person);
    for (const key of keysOf(person)) (this.#keys.get(key) ?? this.#keys.set(key, new Set()).get(key)!).add(person);
  }

  byEmail(email: string): Person | undefined {
    return [...this.#found(`email ${email}`)].find((person) => person.email === email);
  }

  byNumber(number: string): Person | undefined {
    return [...this.#found(`number ${number}`)].find((person) => person.number === number);
  }

  byUsername(username: string): Person | undefined {
    return [...this.#found(`username ${username}`)].find((person) => person.username === username);
  }

  /**
   * The one whom the facts mean, among those who hold or held one of the roles: by what is theirs alone (username, number, e-mail), else by
   * telephone or birth date with the name. Never by a name alone and never across roles. Throws RowProblem when it could be several.
   */
  match(facts: PersonFacts): Person | null {
    const inRole = (key: string) => [...this.#found(key)].filter((person) => facts.roles.some((role) => person.roles.has(role)));
    const keys = keysOf({ username: null, number: null, email: null, phone: null, birthDate: null, ...facts });
    const own = new Set(keys.filter((key) => OWN.test(key)).flatMap(inRole));
    const likely = new Set(keys.filter((key) => !OWN.test(key)).flatMap(inRole));
    const found = own.size > 0 ? own : likely;
    const [person, ...others] = found;
    if (!person) return null;
    if (others.length > 0 || (likely.size > 0 && !likely.has(person))) throw new RowProblem("person_ambiguous");
    const otherBirth = facts.birthDate && person.birthDate && facts.birthDate !== person.birthDate;
    if (otherBirth && (own.size === 0 || !sameName(person.name, facts.name))) throw new RowProblem("person_ambiguous");
    return person;
  }

  #found(key: string): Set<Person> {
    return this.#keys.get(key) ?? new Set();
  }
}

const OWN = /^(username|number|email) /;

function keysOf({ name, username, number, email, phone, birthDate }: Pick<Person, "name" | "username" | "number" | "email" | "phone" | "birthDate">): string[] {
  const named = nameKey(name);
  const keys = { username, number, email, phone: phone && `${phone} ${named}`, born: birthDate && `${birthDate} ${named}` };
  return Object.entries(keys).flatMap(([key, value]) => (value ? [`${key} ${value}`] : []));
}
