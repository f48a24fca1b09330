import type { Write } from "#db/client.ts";
import { insertInvitation } from "#db/family-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { hashToken } from "../identity/sessions.ts";
import { planJob } from "../jobs.server.ts";
import type { InvitedAdultInput, PairingInput } from "./inputs.ts";
import { grantOf } from "./presets.ts";
import { INVITATION_LIFE, PAIRING_LIFE } from "./rules.ts";

type Planned = { id: string; writes: Write[] };
type Offer = Pick<PairingInput, "relationship" | "rights" | "preset"> & Partial<Pick<PairingInput, "joinsFamily" | "lend">>;

/** The rows of an invitation with its mail, for the caller's batch. Whether the address has an account makes no difference here. */
export async function planInvitation(ctx: AppContext, actor: Actor, familyId: string, adult: InvitedAdultInput & Offer, childIds: string[]): Promise<Planned & { jobId: string }> {
  const code = ctx.ids.secret();
  const planned = await plan(ctx, actor, familyId, adult, childIds, { name: adult.name, email: adult.email, code, life: INVITATION_LIFE });
  const mail = await planInvitationMail(ctx, planned.id, code);
  return { id: planned.id, jobId: mail.id, writes: [...planned.writes, mail.write] };
}

/** The rows of a pairing code; it is shown once and stored only as a hash. */
export const planPairing = (ctx: AppContext, actor: Actor, familyId: string, offer: Offer, childIds: string[], code: string): Promise<Planned> =>
  plan(ctx, actor, familyId, offer, childIds, { name: "", email: null, code, life: PAIRING_LIFE });

export const planInvitationMail = async (ctx: AppContext, invitationId: string, code: string) => planJob(ctx, "mail-invitation", { invitationId, sealedCode: await ctx.vault.seal(code) });

async function plan(ctx: AppContext, actor: Actor, familyId: string, { relationship, rights, preset, joinsFamily = true, lend }: Offer, childIds: string[], to: { name: string; email: string | null; code: string; life: number }): Promise<Planned> {
  const now = ctx.clock.now();
  const id = ctx.ids.make("inv");
  const { contactAs, ...granted } = grantOf(preset, rights);
  const lent = lend ? { lentFrom: lend.startsAt ?? now, lentUntil: lend.endsAt } : {};
  return {
    id,
    writes: [
      insertInvitation(ctx.db, {
        id, familyId, invitedBy: actor.userId, name: to.name, email: to.email, relationship, rights: granted, contactAs, joinsFamily, childIds, ...lent,
        codeHash: await hashToken(to.code), expiresAt: Math.min(now + to.life, lend?.endsAt ?? Infinity), createdAt: now,
      }),
      record(ctx, actor, { action: to.email === null ? "family.pairing_code_made" : "family.invited", subjectId: id, familyId, details: { relationship, rights: granted, contactAs, childIds, joinsFamily, ...lent } }),
    ],
  };
}
