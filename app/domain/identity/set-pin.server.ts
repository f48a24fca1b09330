import { deleteLimit, putPassword, selectPinOwner } from "#db/accounts.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { commit } from "#db/client.ts";
import { selectGuardiansOf } from "#db/guardianships.ts";
import { deleteSessions } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import { hasEveryRight, type Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import type { Capacity, ChildAccess } from "../consent/access.ts";
import { DomainError } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorizeKnowing, requireStepUp } from "../policy.ts";
import { LIMITS, limitKey } from "./limits.ts";
import { hashPassword } from "./password-hash.server.ts";
import { requireGoodPin } from "./require-good-password.server.ts";

/** Who gives a child its PIN could come in as the child: so a guardian needs every right that there is. Not the child itself, nor a tutor. */
const givesPin = (capacity: Capacity) =>
  capacity.as === "guardian" ? hasEveryRight({ ...capacity.rights, isPrimary: capacity.isPrimary }) : capacity.as === "teacher" || capacity.as === "school_administration";

function authorizePin(actor: Actor, access: ChildAccess | undefined): Capacity {
  authorizeKnowing(actor, access);
  const found = access!.capacities.find(givesPin);
  if (!found) throw new DomainError("forbidden");
  return found;
}

/** The child whose PIN this person may set. Throws not_found, and forbidden where the child is known. */
export async function findPinOwner(ctx: AppContext, actor: Actor, childId: string): Promise<{ name: string; username: string | null }> {
  const now = ctx.clock.now();
  const [[access], [owner]] = await ctx.db.batch([selectChildAccess(ctx.db, actor, childId, now), selectPinOwner(ctx.db, childId)]);
  authorizePin(actor, accessOf(access, actor, now));
  return owner!;
}

/** A new PIN for a child. It ends the child's sessions and lifts a lock; the child's guardians are told. */
export async function setPin(ctx: AppContext, actor: Actor, childId: string, pin: string): Promise<void> {
  const now = ctx.clock.now();
  const [[access], [found], guardians] = await ctx.db.batch([selectChildAccess(ctx.db, actor, childId, now), selectPinOwner(ctx.db, childId), selectGuardiansOf(ctx.db, childId, now)]);
  const capacity = authorizePin(actor, accessOf(access, actor, now));
  const owner = found!;
  requireStepUp(actor, now);
  requireGoodPin(pin, owner.birthDate);
  const others = guardians.map((guardian) => guardian.guardianId).filter((id) => id !== actor.userId);
  const told = notify(ctx, others, { type: "security.pin_set", facts: { child: owner.name, by: actor.name }, path: `/children/${childId}`, cause: ctx.ids.make("pin"), severity: "attention", childId });
  await commit(ctx.db, [
    putPassword(ctx.db, childId, { kind: "pin", hash: await hashPassword(pin), changedAt: now }),
    deleteSessions(ctx.db, childId),
    ...(owner.username === null ? [] : [deleteLimit(ctx.db, limitKey(LIMITS.signIn, owner.username))]),
    record(ctx, actor, { action: "security.pin_set", subjectId: childId, childId, ...("schoolId" in capacity ? { schoolId: capacity.schoolId } : {}), details: { as: capacity.as } }),
    ...told.writes,
  ]);
  await ctx.jobs.ring(told.jobIds);
}
