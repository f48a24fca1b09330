import type { Write } from "#db/client.ts";
import { insertInvitation } from "#db/family-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { hashToken } from "../identity/sessions.ts";
import { planJob } from "../jobs.server.ts";
import type { InvitedAdultInput } from "./inputs.ts";
import { INVITATION_LIFE } from "./rules.ts";

/** The rows of an invitation with its mail, for the caller's batch. Whether the address has an account makes no difference here. */
export async function planInvitation(ctx: AppContext, actor: Actor, familyId: string, adult: InvitedAdultInput, childIds: string[]): Promise<{ id: string; writes: Write[]; jobId: string }> {
  const now = ctx.clock.now();
  const id = ctx.ids.make("inv");
  const code = ctx.ids.secret();
  const mail = planJob(ctx, "mail-invitation", { invitationId: id, sealedCode: await ctx.vault.seal(code) });
  return {
    id,
    jobId: mail.id,
    writes: [
      insertInvitation(ctx.db, { id, familyId, invitedBy: actor.userId, ...adult, childIds, codeHash: await hashToken(code), expiresAt: now + INVITATION_LIFE, createdAt: now }),
      record(ctx, actor, { action: "family.invited", subjectId: id, familyId, details: { relationship: adult.relationship, rights: adult.rights, childIds } }),
      mail.write,
    ],
  };
}
