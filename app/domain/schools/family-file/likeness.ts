import { slipsToBeginnings } from "../../slips.ts";
import { nameKey, type Person, type PersonFacts } from "../roster/people.ts";

/** "The Otieno Family" and "otieno" name one family. */
export const familyKey = (name: string) => nameKey(name).replace(/\b(the|family|familia|household)\b/g, " ").trim().replace(/\s+/g, " ") || nameKey(name);

/** Different, but so little that one may be a slip for the other: a letter wrong, missing, too many or changed with its neighbour; two in a long name. */
export function isAlike(a: string, b: string): boolean {
  if (a === b) return false;
  const slips = Math.min(a.length, b.length) < 8 ? 1 : 2;
  return Math.abs(a.length - b.length) <= slips && slipsToBeginnings(a, b).at(-1)! <= slips;
}

/** People by what others may share with them: a name, a birth date, a telephone. */
export class Traits {
  readonly #by = new Map<string, Set<Person>>();

  constructor(people: Iterable<Person>) {
    for (const person of people) this.put(person);
  }

  put(person: Person): void {
    for (const trait of [named(person.name), ...shared(person)]) (this.#by.get(trait) ?? this.#by.set(trait, new Set()).get(trait)!).add(person);
  }

  named(name: string): Iterable<Person> {
    return this.#by.get(named(name)) ?? [];
  }

  /** Born on the same day, or reached by the same telephone. */
  sharing(facts: PersonFacts): Set<Person> {
    return new Set(shared(facts).flatMap((trait) => [...(this.#by.get(trait) ?? [])]));
  }
}

const named = (name: string) => `name ${nameKey(name)}`;
const shared = ({ birthDate, phone }: { birthDate?: string | null; phone?: string | null }) => [...(birthDate ? [`born ${birthDate}`] : []), ...(phone ? [`phone ${phone}`] : [])];
