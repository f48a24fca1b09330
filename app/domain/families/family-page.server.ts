import { selectFamilies, selectPeople } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { avatarUrl, pictureOf } from "../identity/avatar.ts";
import { fillIn, type Home } from "./read-family.server.ts";

/** One's families with their people, and those put away that can come back. `leads`: the actor settles what concerns all of it. */
export async function loadFamilies(ctx: AppContext, actor: Actor) {
  const now = ctx.clock.now();
  const [found, people, away] = await ctx.db.batch([
    selectFamilies(ctx.db, actor.userId, now),
    selectPeople(ctx.db, actor.userId, now),
    selectFamilies(ctx.db, actor.userId, now, { deleted: true }),
  ]);
  const pictures = new Map(people.filter((person) => person.role === "guardian").map(({ userId, avatarKey }) => [userId, avatarUrl(userId, avatarKey)]));
  const isAdult = actor.kind === "adult";
  return {
    // Who looks through another's eyes sees only what they may know themselves.
    homes: fillIn(found, people.filter((person) => person.role === "guardian" || person.userId === actor.userId || wardOf(actor, person.userId))).filter((home) => actor.familyIds.includes(home.id)).map((home) => ({
      ...home,
      parents: home.parents.map((parent) => ({ ...parent, picture: pictures.get(parent.id) ?? null })),
      students: home.students.map((student) => ({ ...student, picture: pictureOf(actor, student.id) })),
      leads: isAdult && leads(actor, home), addable: isAdult ? actor.wards.filter((ward) => !home.studentIds.includes(ward.childId)).map(({ childId, name }) => ({ id: childId, name })) : [],
    })),
    away: isAdult && !actor.viewedBy ? away.map(({ id, name }) => ({ id, name })) : [],
    isAdult, me: actor.userId,
  };
}
export type FamilyOnPage = Awaited<ReturnType<typeof loadFamilies>>["homes"][number];

/** As far as the page can know: the operation asks again, of all the family's students. */
const leads = (actor: Actor, home: Home) => home.students.length === 0 || home.students.some((student) => wardOf(actor, student.id)?.isPrimary);
