import type { Actor } from "../actor.ts";

const ADMINISTRATORS = ["school_owner", "school_admin"];

export type AdministeredSchool = { schoolId: string; schoolName: string };

/** The schools that the actor runs, each once. */
export function administeredSchools(actor: Pick<Actor, "memberships">): AdministeredSchool[] {
  const held = actor.memberships.filter((membership) => ADMINISTRATORS.includes(membership.role));
  return [...new Map(held.map(({ schoolId, schoolName }) => [schoolId, { schoolId, schoolName }])).values()];
}
