import { selectFamilies, selectPeople } from "#db/families.ts";
import { selectInvitationsBy } from "#db/family-invitations.ts";
import { selectCoGuardians } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { asOf } from "./list-invitations.server.ts";
import { presetOf } from "./presets.ts";
import { fillIn, type Home } from "./read-family.server.ts";

/** Who looks after each of one's children, who of the family could, and the invitations one sent. */
export async function loadPeople(ctx: AppContext, actor: Actor) {
  const now = ctx.clock.now();
  const [guardians, families, people, invitations] = await ctx.db.batch([
    selectCoGuardians(ctx.db, actor.userId, now),
    selectFamilies(ctx.db, actor.userId, now),
    selectPeople(ctx.db, actor.userId, now),
    selectInvitationsBy(ctx.db, actor.userId, { limit: 20 }),
  ]);
  const homes = fillIn(families, people);
  return {
    me: actor.userId,
    circles: actor.wards.map((ward) => {
      const circle = guardians.filter((row) => row.guardianship.childId === ward.childId)
        .map(({ guardianship, guardianName, lenderName, isKeptAway }) => ({ ...guardianship, guardianName, lenderName, isKeptAway, preset: presetOf(guardianship), comes: guardianship.startsAt > now }));
      const around = adultsRound(homes, ward.childId).filter((adult) => !circle.some((row) => row.guardianId === adult.id));
      return { childId: ward.childId, name: ward.name, manages: ward.isPrimary, guardians: circle, candidates: ward.isPrimary ? around : [] };
    }),
    mayInvite: homes.some((home) => home.studentIds.some((id) => actor.wards.some((ward) => ward.childId === id))),
    invitations: invitations.map((row) => asOf(row, now)).map(({ id, name, email, status, expiresAt }) => ({ id, name, email, status, expiresAt })),
  };
}
export type Circle = Awaited<ReturnType<typeof loadPeople>>["circles"][number];

/** Adults of the families in which the child is, each once. */
export function adultsRound(homes: Home[], childId: string): { id: string; name: string }[] {
  const adults = homes.filter((home) => home.studentIds.includes(childId)).flatMap((home) => home.parents);
  return [...new Map(adults.map((adult) => [adult.id, adult])).values()];
}

/** The families into which one may invite, with the children whom one may offer there, and the rights one could lend over each. */
export async function loadInviting(ctx: AppContext, actor: Actor) {
  const now = ctx.clock.now();
  const [families, people] = await ctx.db.batch([selectFamilies(ctx.db, actor.userId, now), selectPeople(ctx.db, actor.userId, now)]);
  return fillIn(families, people).flatMap(({ id, name, students }) => {
    const children = students.flatMap((student) => actor.wards.filter((ward) => ward.childId === student.id).map((ward) => ({ id: ward.childId, name: ward.name, manages: ward.isPrimary })));
    return children.length === 0 ? [] : [{ id, name, children }];
  });
}
export type Inviting = Awaited<ReturnType<typeof loadInviting>>[number];
