import { commit } from "#db/client.ts";
import { answerInvitation, findInvitationBy } from "#db/family-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { overtaken } from "../races.server.ts";
import { invitationStatus } from "./rules.ts";

/** Takes back one's own invitation while it waits; its link then leads nowhere. */
export async function cancelInvitation(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  const now = ctx.clock.now();
  const invitation = await findInvitationBy(ctx.db, actor.userId, id);
  if (!invitation) throw notFound();
  const status = invitationStatus(invitation, now);
  if (status === "cancelled") return;
  if (status !== "pending") throw new DomainError("conflict", "invitation_over", { extra: { state: status } });
  await commit(ctx.db, [
    answerInvitation(ctx.db, id, "cancelled", now),
    record(ctx, actor, { action: "family.invitation_cancelled", subjectId: id, familyId: invitation.familyId }),
  ]).catch(overtaken(() => new DomainError("conflict", "invitation_over"), "NOT NULL family_invitations.status"));
}
