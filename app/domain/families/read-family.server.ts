import { selectFamilies, selectPeople, type FamilyRow, type PersonRow } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { authorize } from "../policy.ts";

type Person = { id: string; name: string };
/** A family with its people filled in, as this reader may see them. */
export type Home = FamilyRow & { parents: Person[]; students: (Person & { username: string | null; level: string | null })[]; parentIds: string[]; studentIds: string[] };

export async function getFamily(ctx: AppContext, actor: Actor, familyId: string): Promise<Home> {
  authorize(actor, "family:view", familyId);
  return getOwnFamily(ctx, actor, familyId);
}

/** The same by what the database knows now: for a family that the actor has just made or restored. */
export async function getOwnFamily(ctx: AppContext, actor: Actor, familyId: string): Promise<Home> {
  const now = ctx.clock.now();
  const [found, people] = await ctx.db.batch([selectFamilies(ctx.db, actor.userId, now, { familyId }), selectPeople(ctx.db, actor.userId, now, familyId)]);
  const [home] = fillIn(found, people);
  if (!home) throw notFound();
  return home;
}

/** The families of oneself or of one's ward, as far as the reader is in them too. */
export async function listFamilies(ctx: AppContext, actor: Actor, userId: string): Promise<Home[]> {
  if (userId !== actor.userId && !wardOf(actor, userId)) throw notFound();
  const now = ctx.clock.now();
  const [found, people] = await ctx.db.batch([selectFamilies(ctx.db, actor.userId, now, { withUserId: userId }), selectPeople(ctx.db, actor.userId, now)]);
  return fillIn(found, people);
}

export function fillIn(families: FamilyRow[], people: PersonRow[]): Home[] {
  return families.map((family) => {
    const members = people.filter((person) => person.familyId === family.id);
    const parents = members.filter((person) => person.role === "guardian").map(({ userId, name }) => ({ id: userId, name }));
    const students = members.filter((person) => person.role === "student").map(({ userId, name, username, level }) => ({ id: userId, name, username, level }));
    return { ...family, parents, students, parentIds: parents.map((person) => person.id), studentIds: students.map((person) => person.id) };
  });
}
