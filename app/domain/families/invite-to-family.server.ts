import { commit } from "#db/client.ts";
import { expireInvitations } from "#db/family-invitations.ts";
import { selectPeople } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { DomainError, invalid } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import { overtaken } from "../races.server.ts";
import type { InviteInput, PairingInput } from "./inputs.ts";
import { planInvitation, planPairing } from "./plan-invitation.server.ts";
import { grantOf, isPartOf } from "./presets.ts";
import { PAIRING_LENGTH, PAIRING_LETTERS, requireDates } from "./rules.ts";

/**
 * Invites an adult by mail, as guardian of the children named, or of all in the family whose primary guardian the actor is; or lends them
 * some of the actor's own rights. The answer is the same whether or not the address has an account.
 */
export async function inviteToFamily(ctx: AppContext, actor: Actor, { familyId, childIds, ...adult }: InviteInput, repeat: Repeat | null = null): Promise<string> {
  const named = await offeredChildren(ctx, actor, familyId, childIds, adult);
  return once(ctx, actor.userId, repeat, async () => {
    const invitation = await planInvitation(ctx, actor, familyId, adult, named);
    await commit(ctx.db, [...claimRepeat(ctx, actor.userId, repeat, invitation.id), expireInvitations(ctx.db, familyId, ctx.clock.now()), ...invitation.writes])
      .catch(overtaken(() => new DomainError("conflict", "already_invited"), "UNIQUE family_invitations.family_id"));
    await ctx.jobs.ring([invitation.jobId]);
    return invitation.id;
  });
}

/** The same for whoever is told a short code, within a day. It is shown here and never again. */
export async function makePairingCode(ctx: AppContext, actor: Actor, { familyId, childIds, ...offer }: PairingInput): Promise<{ id: string; code: string }> {
  const named = await offeredChildren(ctx, actor, familyId, childIds, offer);
  const code = ctx.ids.letters(PAIRING_LETTERS, PAIRING_LENGTH);
  const { id, writes } = await planPairing(ctx, actor, familyId, offer, named, code);
  await commit(ctx.db, writes);
  return { id, code };
}

/** The children that the actor may offer: their own as primary guardian or, to lend, those over whom they hold the rights. */
async function offeredChildren(ctx: AppContext, actor: Actor, familyId: string, childIds: string[] | undefined, offer: Omit<PairingInput, "familyId" | "childIds">): Promise<string[]> {
  authorize(actor, "family:edit", familyId);
  const now = ctx.clock.now();
  requireStepUp(actor, now);
  const attempt = limitedTry(ctx, LIMITS.invite, actor.userId);
  const [people, counted] = await ctx.db.batch([selectPeople(ctx.db, actor.userId, now, familyId), attempt.count]);
  attempt.permit(counted);
  const { lend } = offer;
  if (lend) requireDates({ startsAt: lend.startsAt ?? now, endsAt: lend.endsAt }, now);
  const mayOffer = (id: string) => {
    const ward = wardOf(actor, id);
    return ward !== undefined && (lend ? isPartOf(grantOf(offer.preset, offer.rights), ward) : ward.isPrimary);
  };
  const offered = people.filter((person) => person.role === "student").map((person) => person.userId).filter(mayOffer);
  if (offered.length === 0) throw lend ? invalid("rights", "not_yours_to_lend") : new DomainError("forbidden", "primary_settles_this");
  if (childIds?.some((id) => !offered.includes(id))) throw invalid("childIds", "not_primary_of");
  return childIds ?? offered;
}
