import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { endAllLent } from "#db/lent-rights.ts";
import { updateManaged } from "#db/people.ts";
import { setMembershipsActive } from "#db/school-members.ts";
import { deleteSessions } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { authorizeOver, requirePerson } from "./require-person.server.ts";

/**
 * Ends somebody's part in the school for now: their roles rest, and everything that they see by them is gone on the next request. An account
 * that the school answers for signs in no more either, and what its owner lent to others ends. Safe to repeat.
 */
export async function deactivatePerson(ctx: AppContext, actor: Actor, schoolId: string, userId: string): Promise<void> {
  const person = await requirePerson(ctx, actor, schoolId, userId);
  if (userId === actor.userId) throw new DomainError("conflict", "own_account");
  authorizeOver(actor, schoolId, person);
  requireStepUp(actor, ctx.clock.now());
  if (person.roles.every(({ active }) => active === 0) && (person.status === "deactivated" || !person.managed)) return;
  await settled(ctx, [
    setMembershipsActive(ctx.db, { schoolId, userId }, false),
    ...(person.managed ? [updateManaged(ctx.db, schoolId, userId, { status: "deactivated" }), deleteSessions(ctx.db, userId), ...endAllLent(ctx.db, userId, ctx.clock.now())] : []),
    record(ctx, actor, { action: "person.deactivated", subjectId: userId, schoolId, ...(person.kind === "child" ? { childId: userId } : {}), details: { signIn: person.managed } }),
  ]);
}

/** Takes somebody up again, with the roles that they had. Safe to repeat. */
export async function reactivatePerson(ctx: AppContext, actor: Actor, schoolId: string, userId: string): Promise<void> {
  const person = await requirePerson(ctx, actor, schoolId, userId);
  authorizeOver(actor, schoolId, person);
  requireStepUp(actor, ctx.clock.now());
  if (person.roles.every(({ active }) => active === 1) && person.status === "active") return;
  await settled(ctx, [
    setMembershipsActive(ctx.db, { schoolId, userId }, true),
    ...(person.managed && person.status === "deactivated" ? [updateManaged(ctx.db, schoolId, userId, { status: "active" })] : []),
    record(ctx, actor, { action: "person.reactivated", subjectId: userId, schoolId, ...(person.kind === "child" ? { childId: userId } : {}) }),
  ]);
}

async function settled(ctx: AppContext, writes: Parameters<typeof commit>[1]): Promise<void> {
  try {
    await commit(ctx.db, writes);
  } catch (error) {
    if (broke(error, "NOT NULL memberships.active")) throw new DomainError("conflict", "last_owner");
    throw broke(error, "NOT NULL users.name") ? new DomainError("conflict") : error;
  }
}
