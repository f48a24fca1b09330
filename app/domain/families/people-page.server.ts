import { selectFamilies, selectPeople } from "#db/families.ts";
import { selectInvitationsBy } from "#db/family-invitations.ts";
import { selectCoGuardians } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { asOf } from "./list-invitations.server.ts";
import { fillIn } from "./read-family.server.ts";

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
      const circle = guardians.filter((row) => row.guardianship.childId === ward.childId).map(({ guardianship, guardianName, isKeptAway }) => ({ ...guardianship, guardianName, isKeptAway }));
      const adults = homes.filter((home) => home.studentIds.includes(ward.childId)).flatMap((home) => home.parents);
      const candidates = adults.filter((adult, at) => !circle.some((row) => row.guardianId === adult.id) && adults.findIndex((each) => each.id === adult.id) === at);
      return { childId: ward.childId, name: ward.name, manages: ward.isPrimary, guardians: circle, candidates: ward.isPrimary ? candidates : [] };
    }),
    invitable: homes.filter((home) => home.studentIds.some((id) => actor.wards.some((ward) => ward.childId === id && ward.isPrimary))).map(({ id, name }) => ({ id, name })),
    invitations: invitations.map((row) => asOf(row, now)).map(({ id, name, email, status, expiresAt }) => ({ id, name, email, status, expiresAt })),
  };
}
export type Circle = Awaited<ReturnType<typeof loadPeople>>["circles"][number];
export type GuardianOnPage = Circle["guardians"][number];
