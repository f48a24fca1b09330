import { normalisePhone } from "../../phone.ts";
import type { Outcome } from "../imports/outcomes.ts";
import { dateOf, factsOf } from "../roster/facts.ts";
import { RowProblem } from "../roster/people.ts";
import { leaveSchool, settleOrAsk, type School } from "../roster/settle-person.server.ts";
import type { OneRosterRow } from "./read-oneroster.ts";
import { goesOn, isHere, placeOf } from "./roles.ts";
import type { OneRosterMemory } from "./settle-rows.server.ts";
import { GOAL, levelFrom, ROLE_FROM } from "./vocabulary.ts";

/** A user is known by the sourcedId, else found as on any list of people; what other systems write loosely (grades, telephone numbers, usernames) is taken where it can be used. */
export function settleUser(memory: OneRosterMemory, school: School, { cells, held, birthDate }: OneRosterRow, sourcedId: string): Outcome {
  const { roster, teaching } = memory;
  const place = placeOf(memory);
  const known = roster.people.byId.get(teaching.target("user", sourcedId) ?? "");
  if (cells.status?.toLowerCase() === "tobedeleted" || cells.enabledUser?.toLowerCase() === "false") return known ? leaveSchool(school, known) : "already";
  // What somebody is at another school of the same file, or was until some day, they are not here and now.
  const here = held!.filter((one) => isHere(place, one));
  if (held!.length > 0 && here.length === 0) throw new RowProblem("org_other_school");
  const words = here.filter((one) => goesOn(place, one)).map(({ word }) => word);
  // What is over ends with its row of roles.csv.
  if (here.length > 0 && words.length === 0) return "already";
  if (words.length === 0) throw new RowProblem("role_missing");
  const roles = [...new Set(words.map((word) => ROLE_FROM[word]))];
  if (roles.includes(undefined as never)) throw new RowProblem("role_unknown");
  if (roles.includes("student") && roles.length > 1) throw new RowProblem("student_and_adult");
  const isStudent = roles.includes("student");
  const name = [cells.givenName, cells.middleName, cells.familyName].filter((part) => part && part !== NO_NAME).join(" ");
  const username = cells.username?.toLowerCase();
  const own = username !== undefined && username === known?.username;
  const free = username !== undefined && /^[a-z0-9][a-z0-9._-]{2,29}$/.test(username) && !school.taken.usernames.has(username);
  const facts = factsOf(roles as Exclude<(typeof roles)[number], undefined>[], {
    name, email: cells.email, level: levelFrom(cells.grades), goal: cells[GOAL], number: isStudent ? cells.identifier : undefined,
    phone: normalisePhone(cells.sms ?? cells.phone ?? "") ?? undefined, birthDate: usable(birthDate),
    // Adults sign in by e-mail; a username that somebody else has is made anew.
    username: isStudent && (own || (free && !known?.username)) ? username : undefined,
  });
  const { person, outcome } = settleOrAsk(school, facts, known);
  if (person) teaching.name("user", sourcedId, person.id);
  return outcome;
}

/** Stands for the part of a name that somebody has not, where OneRoster wants one. */
const NO_NAME = "-";

/** A date that is none is refused where it stands, in demographics.csv. */
function usable(birthDate: string | undefined): string | undefined {
  try {
    return birthDate === undefined ? undefined : dateOf(birthDate, "birth_date_unusable");
  } catch {
    return undefined;
  }
}
