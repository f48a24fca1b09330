import { listSchools, selectSchool, type SchoolRow } from "#db/school-members.ts";
import type { AppContext } from "../../context.ts";
import type { Actor, Role } from "../actor.ts";
import { authorize } from "../policy.ts";

/** A school with the roles that the reader has there. */
export type OwnSchool = SchoolRow & { roles: Role[] };

const rolesAt = (actor: Actor, schoolId: string) => actor.memberships.filter((held) => held.schoolId === schoolId).map((held) => held.role);

export async function listOwnSchools(ctx: AppContext, actor: Actor): Promise<OwnSchool[]> {
  return (await listSchools(ctx.db, actor.memberships.map((held) => held.schoolId))).map((school) => ({ ...school, roles: rolesAt(actor, school.id) }));
}

export async function getSchool(ctx: AppContext, actor: Actor, schoolId: string): Promise<OwnSchool> {
  authorize(actor, "school:view", schoolId);
  return { ...(await selectSchool(ctx.db, schoolId))[0]!, roles: rolesAt(actor, schoolId) };
}
