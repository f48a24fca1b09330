import { commit } from "#db/client.ts";
import { renewInvitation, selectInvitationBy } from "#db/family-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import { hashToken } from "../identity/sessions.ts";
import { overtaken } from "../races.server.ts";
import { planInvitationMail } from "./plan-invitation.server.ts";
import { INVITATION_LIFE } from "./rules.ts";

/** Mails one's own invitation again, with a new link that lasts as long as the first did; the old one leads nowhere from then on. Also after it ran out. */
export async function resendInvitation(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  const now = ctx.clock.now();
  // Under the actor's name too: nobody uses up another's tries.
  const attempt = limitedTry(ctx, LIMITS.resend, `${actor.userId}:${id}`);
  const [counted, [invitation]] = await ctx.db.batch([attempt.count, selectInvitationBy(ctx.db, actor.userId, id)]);
  if (!invitation || invitation.email === null) throw notFound();
  const expiresAt = Math.min(now + INVITATION_LIFE, invitation.lentUntil ?? Infinity);
  if (invitation.status !== "pending" || expiresAt <= now) throw new DomainError("conflict", "invitation_over", { extra: { state: invitation.status } });
  attempt.permit(counted);
  const code = ctx.ids.secret();
  const mail = await planInvitationMail(ctx, id, code);
  await commit(ctx.db, [
    renewInvitation(ctx.db, id, { codeHash: await hashToken(code), expiresAt }),
    record(ctx, actor, { action: "family.invitation_resent", subjectId: id, familyId: invitation.familyId }),
    mail.write,
  ]).catch(overtaken(() => new DomainError("conflict", "invitation_over"), "NOT NULL family_invitations.status"));
  await ctx.jobs.ring([mail.id]);
}
