import { selectInvitation, selectInvitedChildren, type InvitationCode } from "#db/family-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, notFound } from "../errors.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS, networkOf } from "../identity/limits.ts";
import { hashToken } from "../identity/sessions.ts";
import { invitationStatus, pairingCodeOf } from "./rules.ts";

/**
 * An invitation by its mailed code, by its id for the person whose proven address was invited, or by a pairing code; with the children it
 * still concerns. A pairing code is short: only who is signed in can try one, not often, and a wrong, a used and a lapsed one are the same.
 */
export async function findInvitation(ctx: AppContext, actor: Actor | null, code: string) {
  const now = ctx.clock.now();
  const pairing = pairingCodeOf(code);
  if (pairing && !actor) throw new DomainError("unauthenticated");
  const key: InvitationCode = code.startsWith("inv_") && actor?.email && actor.emailVerified ? { id: code, provenEmail: actor.email } : { hash: await hashToken(pairing ?? code) };
  const tries = pairing && actor ? [limitedTry(ctx, LIMITS.pairing, actor.userId), limitedTry(ctx, LIMITS.pairingFrom, networkOf(ctx.visit.address))] : [];
  const [[found], children, ...counted] = await ctx.db.batch([selectInvitation(ctx.db, key, actor?.userId ?? "", now), selectInvitedChildren(ctx.db, key, actor?.userId ?? "", now), ...tries.map((each) => each.count)]);
  tries.forEach((each, at) => each.permit(counted[at]!));
  if (!found || (found.invitation.email === null) !== (pairing !== null)) throw wrong(pairing);
  const status = invitationStatus(found.invitation, now);
  // Whose answer was lost on its way may ask again.
  if (pairing && status !== "pending" && !(status === "accepted" && actor?.familyIds.includes(found.invitation.familyId))) throw wrong(pairing);
  return { ...found.invitation, familyName: found.familyName, inviterName: found.inviterName, status, children };
}

const wrong = (pairing: string | null) => (pairing ? new DomainError("not_found", "code_wrong") : notFound());
