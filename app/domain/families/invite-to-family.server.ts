import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { expireInvitations } from "#db/family-invitations.ts";
import { selectPeople } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { DomainError } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import type { InviteInput } from "./inputs.ts";
import { planInvitation } from "./plan-invitation.server.ts";

/**
 * Invites an adult by mail, as guardian of the children named, or of all in the family whose primary guardian the actor is.
 * The answer is the same whether or not the address has an account.
 */
export async function inviteToFamily(ctx: AppContext, actor: Actor, { familyId, childIds, ...adult }: InviteInput, repeat: Repeat | null = null): Promise<string> {
  authorize(actor, "family:edit", familyId);
  const now = ctx.clock.now();
  requireStepUp(actor, now);
  const attempt = limitedTry(ctx, LIMITS.invite, actor.userId);
  const [people, counted] = await ctx.db.batch([selectPeople(ctx.db, actor.userId, now, familyId), attempt.count]);
  attempt.permit(counted);
  const managed = people.filter((person) => person.role === "student").map((person) => person.userId).filter((id) => wardOf(actor, id)?.isPrimary);
  if (managed.length === 0) throw new DomainError("forbidden", "primary_settles_this");
  if (childIds?.some((id) => !managed.includes(id))) throw new DomainError("invalid_input", "invalid_input", { fields: [{ path: "childIds", message: "not_primary_of" }] });
  return once(ctx, actor.userId, repeat, async () => {
    const invitation = await planInvitation(ctx, actor, familyId, adult, childIds ?? managed);
    try {
      await commit(ctx.db, [...claimRepeat(ctx, actor.userId, repeat, invitation.id), expireInvitations(ctx.db, familyId, now), ...invitation.writes]);
    } catch (error) {
      if (broke(error, "UNIQUE family_invitations.family_id")) throw new DomainError("conflict", "already_invited");
      throw error;
    }
    await ctx.jobs.ring([invitation.jobId]);
    return invitation.id;
  });
}
