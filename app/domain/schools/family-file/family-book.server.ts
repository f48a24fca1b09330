import { selectFamilyGuardians, selectFamilyKeys, selectFamilyTies, selectSchoolFamilies, selectSchoolMoney } from "#db/family-files.ts";
import type { AppContext } from "../../../context.ts";
import { pair, type Roster } from "../roster/roster.server.ts";

export type BookedFamily = { id: string; name: string; students: Set<string>; guardians: Set<string>; /** Made by a file of this school: it may put adults into it. */ ours: boolean };

/** The families of a school, as they are and as the rows seen so far would leave them. Loaded whole, once for each run, as the roster is. */
export type FamilyBook = {
  currency: string;
  byId: Map<string, BookedFamily>;
  /** What the file calls a family, and what was read of one before -> its id. */
  keys: Map<string, string>;
  /** Person -> their families. */
  homes: Map<string, Set<string>>;
  /** Pairs of guardian and child that are or were: what has ended since is not begun again. */
  tied: Set<string>;
};

export async function loadFamilyBook(ctx: AppContext, schoolId: string, roster: Roster): Promise<FamilyBook> {
  const { db } = ctx;
  const now = ctx.clock.now();
  const [families, keys, ties, adults, [money]] = await db.batch([selectSchoolFamilies(db, schoolId), selectFamilyKeys(db, schoolId), selectFamilyTies(db, schoolId), selectFamilyGuardians(db, schoolId, now), selectSchoolMoney(db, schoolId)]);
  // Who looks after a student here is a parent of the school, whether or not its lists say so.
  for (const adult of adults) if (!roster.people.byId.has(adult.id)) roster.people.put({ ...adult, kind: "adult", level: null, number: null, goal: null, roles: new Map([["parent", true]]) });
  const book: FamilyBook = {
    currency: money!.currency, byId: new Map(), keys: new Map(keys.map(({ sourcedId, targetId }) => [sourcedId, targetId])), homes: new Map(),
    tied: new Set(ties.map(({ adult, child }) => pair(adult, child))),
  };
  const ours = new Set(keys.map(({ targetId }) => targetId));
  for (const { id, name, members } of families) {
    book.byId.set(id, { id, name, students: new Set(), guardians: new Set(), ours: ours.has(id) });
    for (const [userId, role] of members) enter(book, book.byId.get(id)!, userId, role);
  }
  return book;
}

/** Both directions at once: who is in the family, and the person's families. Answers whether it is news. */
export function enter(book: FamilyBook, family: BookedFamily, userId: string, role: "student" | "guardian"): boolean {
  const members = role === "student" ? family.students : family.guardians;
  if (family.students.has(userId) || family.guardians.has(userId)) return false;
  members.add(userId);
  (book.homes.get(userId) ?? book.homes.set(userId, new Set()).get(userId)!).add(family.id);
  return true;
}
