import type { Actor } from "../actor.ts";
import { DomainError, invalid } from "../errors.ts";

const ADMINISTRATORS = ["school_owner", "school_admin"];

export type AdministeredSchool = { schoolId: string; schoolName: string };

/** The schools that the actor runs, each once. */
export function administeredSchools(actor: Pick<Actor, "memberships">): AdministeredSchool[] {
  const held = actor.memberships.filter((membership) => ADMINISTRATORS.includes(membership.role));
  return [...new Map(held.map(({ schoolId, schoolName }) => [schoolId, { schoolId, schoolName }])).values()];
}

/** The school that an act of administration is about: the one named, else the only one that the actor runs. Whether they run it, the act asks. */
export function schoolMeant(actor: Actor, schoolId: string | undefined): string {
  if (schoolId !== undefined) return schoolId;
  const [only, ...others] = administeredSchools(actor);
  if (!only) throw new DomainError("forbidden");
  if (others.length > 0) throw invalid("schoolId", "school_missing");
  return only.schoolId;
}
