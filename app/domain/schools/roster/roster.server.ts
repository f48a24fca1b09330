import { selectRosterGuardians, selectRosterPeople, selectRosterRestrictions, selectRosterTutors, selectSchool, selectTaken } from "#db/rosters.ts";
import { selectAsked } from "#db/school-invitations.ts";
import type { AppContext } from "../../../context.ts";
import { PeopleIndex, RowProblem, type Person, type PersonFacts } from "./people.ts";

/**
 * The school as it is, and as the rows seen so far would leave it. Loaded whole, once for each run: a school's people fit into memory,
 * and every question a row raises is then answered without the database.
 */
export type Roster = {
  schoolName: string;
  timeZone: string;
  people: PeopleIndex;
  /** Child -> guardians in force. */
  guardians: Map<string, Set<string>>;
  /** Children who have a primary guardian. */
  led: Set<string>;
  /** `person child`: who is kept away from whom. */
  keptAway: Set<string>;
  /** Address -> whether the invitation waits, whether it asks for a child, and the students that it names. */
  asked: Map<string, { open: boolean; child: boolean; studentIds: Set<string> }>;
  /** `tutor student` of the tutor assignments that go on. */
  tutoring: Set<string>;
};

export const pair = (a: string, b: string) => `${a} ${b}`;

export async function loadRoster(ctx: AppContext, schoolId: string): Promise<Roster> {
  const { db } = ctx;
  const now = ctx.clock.now();
  const [people, guardians, restrictions, asked, tutors, [school]] = await db.batch([selectRosterPeople(db, schoolId), selectRosterGuardians(db, schoolId), selectRosterRestrictions(db, schoolId, now), selectAsked(db, schoolId), selectRosterTutors(db, schoolId), selectSchool(db, schoolId)]);
  const roster: Roster = {
    schoolName: school!.schoolName,
    timeZone: school!.timeZone,
    people: new PeopleIndex(people.map((person): Person => ({ ...person, roles: new Map(person.roles.map(([role, active]) => [role, active === 1])) }))),
    guardians: new Map(), led: new Set(), keptAway: new Set(restrictions.map(({ personId, keptFrom }) => pair(personId, keptFrom))),
    asked: new Map(asked.map(({ email, open, roles, studentIds }) => [email, { open, child: roles.includes("student"), studentIds: new Set(studentIds) }])), tutoring: new Set(tutors.filter(({ endsAt }) => endsAt === null || now < endsAt).map(({ tutorId, studentId }) => pair(tutorId, studentId))),
  };
  for (const { guardianId, childId, isPrimary } of guardians) guard(roster, childId, guardianId, isPrimary);
  return roster;
}

export function guard(roster: Roster, childId: string, guardianId: string, isPrimary: boolean): void {
  (roster.guardians.get(childId) ?? roster.guardians.set(childId, new Set()).get(childId)!).add(guardianId);
  if (isPrimary) roster.led.add(childId);
}

/** Addresses and usernames that somebody has, at this school or another. */
export type Taken = { emails: Set<string>; usernames: Set<string> };

export async function findTaken(ctx: AppContext, roster: Roster, wanted: { email?: string; username?: string }[]): Promise<Taken> {
  const emails = wanted.flatMap(({ email }) => (email && !roster.people.byEmail(email) ? [email] : []));
  const usernames = wanted.flatMap(({ username }) => (username ? [username] : []));
  const found = emails.length + usernames.length === 0 ? [] : await selectTaken(ctx.db, emails, usernames);
  const filled = <T>(values: (T | null)[]) => new Set(values.filter((value) => value !== null));
  return { emails: filled(found.map(({ email }) => email)), usernames: filled(found.map(({ username }) => username)) };
}

/**
 * Whether an account outside the school has the address. Nobody may learn that by a file: whoever is new is asked by mail, in the words of
 * somebody taken in, and a known person's address is left as it is.
 */
export const isElsewhere = ({ people }: Roster, taken: Taken, email: string | undefined): boolean => email !== undefined && taken.emails.has(email) && !people.byEmail(email);

/** Throws RowProblem where somebody else at the school has the address, or anybody the username. */
export function requireFree(roster: Roster, taken: Taken, { email, username }: PersonFacts, person: Person | null): void {
  if (email && person?.email !== email && roster.people.byEmail(email)) throw new RowProblem("person_other_role");
  if (username && person?.username !== username && (taken.usernames.has(username) || roster.people.byUsername(username))) throw new RowProblem("username_taken");
}
