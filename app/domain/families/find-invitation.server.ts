import { selectInvitation, selectInvitedChildren, type InvitationCode } from "#db/family-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { hashToken } from "../identity/sessions.ts";
import { invitationStatus } from "./rules.ts";

/** An invitation by its mailed code, or by its id for the person whose proven address was invited; with the children it still concerns. */
export async function findInvitation(ctx: AppContext, actor: Actor | null, code: string) {
  const key: InvitationCode = code.startsWith("inv_") && actor?.email && actor.emailVerified ? { id: code, provenEmail: actor.email } : { hash: await hashToken(code) };
  const now = ctx.clock.now();
  const [[found], children] = await ctx.db.batch([selectInvitation(ctx.db, key, actor?.userId ?? "", now), selectInvitedChildren(ctx.db, key, actor?.userId ?? "", now)]);
  if (!found) throw notFound();
  return { ...found.invitation, familyName: found.familyName, inviterName: found.inviterName, status: invitationStatus(found.invitation, now), children };
}
