import { insertDelivery } from "#db/deliveries.ts";
import { findSchoolInvitation } from "#db/school-invitations.ts";
import { messagesFor } from "../../i18n/catalogue.ts";
import { formatterFor } from "../../i18n/format.ts";
import type { AppContext } from "../../context.ts";

/** The mail with the link, to an address whose owner has an account already. */
export async function mailSchoolInvitation(ctx: AppContext, { invitationId, sealedCode }: { invitationId: string; sealedCode: string }): Promise<void> {
  const found = await findSchoolInvitation(ctx.db, invitationId);
  const now = ctx.clock.now();
  if (!found || found.invitation.status !== "pending" || found.invitation.expiresAt <= now) return;
  const { invitation, schoolName, inviterName, locale, timeZone } = found;
  const { invitationMail } = messagesFor(locale).people;
  const link = `${ctx.settings.origin}/join-school/${await ctx.vault.open(sealedCode)}`;
  const providerRef = await ctx.mail.send({
    to: invitation.email, subject: invitationMail.subject(schoolName),
    text: invitationMail.text({ name: invitation.name, inviter: inviterName, school: schoolName, link, until: formatterFor(locale, timeZone).dateTime(invitation.expiresAt) }), idempotencyKey: invitationId,
  });
  await insertDelivery(ctx.db, { id: `dlv_${invitationId}`, userId: null, channel: "email", providerRef, at: now });
}
