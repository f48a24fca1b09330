import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { insertFurtherRole, releaseRoles, selectMember } from "#db/school-members.ts";
import type { AppContext } from "../../context.ts";
import type { Actor, Role } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { isForAdults } from "./roles.ts";
import type { MemberInput } from "./school-inputs.ts";

/** Another role for somebody who is at the school already; who is not, is added as a new person. Ownership is the owners' to give. */
export async function addRole(ctx: AppContext, actor: Actor, schoolId: string, { userId, role }: MemberInput): Promise<void> {
  const member = await settle(ctx, actor, schoolId, userId, role);
  if (isForAdults(role) === (member.kind === "child")) throw invalid("role", member.kind === "child" ? "role_for_adults" : "role_for_children");
  try {
    await commit(ctx.db, [
      insertFurtherRole(ctx.db, { schoolId, userId }, { id: ctx.ids.make("mem"), role, now: ctx.clock.now() }),
      record(ctx, actor, { action: "school.role_added", subjectId: userId, schoolId, details: { role } }),
    ]);
  } catch (error) {
    if (broke(error, "UNIQUE memberships.user_id")) throw new DomainError("conflict", "role_held");
    throw broke(error, "NOT NULL memberships.role") ? notFound() : error;
  }
}

/** Takes a role away. The last one stays: who is to have none is deactivated. */
export async function removeRole(ctx: AppContext, actor: Actor, schoolId: string, userId: string, role: Role): Promise<void> {
  const member = await settle(ctx, actor, schoolId, userId, role);
  if (!member.roles.includes(role)) throw notFound();
  if (member.roles.length === 1) throw new DomainError("conflict", "last_role");
  await release(ctx, actor, { schoolId, userId }, role, { action: "school.role_removed", details: { role } });
}

/** Goes away from a school with all one's roles. */
export async function leaveSchool(ctx: AppContext, actor: Actor, schoolId: string): Promise<void> {
  authorize(actor, "school:view", schoolId);
  requireStepUp(actor, ctx.clock.now());
  // A child does not sign itself off school.
  if (actor.kind === "child") throw new DomainError("forbidden", "adults_only");
  const roles = actor.memberships.filter((held) => held.schoolId === schoolId).map((held) => held.role);
  await release(ctx, actor, { schoolId, userId: actor.userId }, undefined, { action: "school.left", details: { roles } });
}

/** Whether the actor may settle that person's roles there, and who they are. */
async function settle(ctx: AppContext, actor: Actor, schoolId: string, userId: string, role: Role) {
  authorize(actor, "school:administer", schoolId);
  const rows = await selectMember(ctx.db, { schoolId, userId });
  if (!rows[0]) throw notFound();
  if (role === "school_owner") authorize(actor, "school:own", schoolId);
  requireStepUp(actor, ctx.clock.now());
  return { kind: rows[0].kind, roles: rows.map((row) => row.role) };
}

async function release(ctx: AppContext, actor: Actor, seat: { schoolId: string; userId: string }, role: Role | undefined, act: { action: string; details: Record<string, unknown> }): Promise<void> {
  try {
    await commit(ctx.db, [...releaseRoles(ctx.db, seat, role), record(ctx, actor, { ...act, subjectId: seat.userId, schoolId: seat.schoolId })]);
  } catch (error) {
    throw broke(error, "NOT NULL memberships.role") ? new DomainError("conflict", "last_owner") : error;
  }
}
