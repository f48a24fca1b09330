import type { RosterRole } from "../roster/people.ts";
import type { Held } from "./read-oneroster.ts";
import type { OneRosterMemory } from "./settle-rows.server.ts";
import { ROLE_FROM } from "./vocabulary.ts";

/** `isOurs`: whether another system's org is this school. `today`: at the school, YYYY-MM-DD. */
type Place = { isOurs: (org: string) => boolean; today: string };

export const placeOf = ({ teaching, today }: OneRosterMemory): Place => ({ today, isOurs: (org) => teaching.target("org", org) !== undefined });

export const isHere = ({ isOurs }: Place, { org }: Held) => org === undefined || isOurs(org);
export const goesOn = ({ today }: Place, { ends, gone }: Held) => !gone && (ends === undefined || today < ends.slice(0, 10));

/** The role that a row of roles.csv ends: one held here that is over or to be deleted, unless another row still gives it. */
export function endedBy(place: Place, one: Held, all: Held[]): RosterRole | undefined {
  const role = ROLE_FROM[one.word];
  if (role === undefined || !isHere(place, one) || goesOn(place, one)) return undefined;
  return all.some((other) => isHere(place, other) && goesOn(place, other) && ROLE_FROM[other.word] === role) ? undefined : role;
}
