import { findInvitationToMail } from "#db/family-invitations.ts";
import { insertDelivery } from "#db/deliveries.ts";
import { insertNotification } from "#db/notifications.ts";
import { messagesFor } from "../../i18n/catalogue.ts";
import { formatterFor } from "../../i18n/format.ts";
import type { AppContext } from "../../context.ts";
import { hashToken } from "../identity/sessions.ts";
import { invitationStatus } from "./rules.ts";

/** The mail with the link, once. Who has an account with that proven address finds it in the inbox too. */
export async function mailInvitation(ctx: AppContext, { invitationId, sealedCode }: { invitationId: string; sealedCode: string }): Promise<void> {
  const now = ctx.clock.now();
  const code = await ctx.vault.open(sealedCode);
  const codeHash = await hashToken(code);
  const deliveryId = `dlv_${invitationId}_${codeHash.slice(0, 12)}`;
  const found = await findInvitationToMail(ctx.db, invitationId, deliveryId);
  // Sent again since: a newer mail with the code that counts is on its way.
  if (!found?.invitation.email || found.delivered || found.invitation.codeHash !== codeHash || invitationStatus(found.invitation, now) !== "pending") return;
  const { invitation, familyName, inviterName, accountId, locale, timeZone } = found;
  const { invitationMail } = messagesFor(locale).families;
  const link = `${ctx.settings.origin}/join/${code}`;
  const providerRef = await ctx.mail.send({
    to: found.invitation.email, subject: invitationMail.subject(inviterName, familyName),
    text: invitationMail.text({ name: invitation.name, inviter: inviterName, family: familyName, link, until: formatterFor(locale, timeZone).dateTime(invitation.expiresAt) }), idempotencyKey: deliveryId,
  });
  const facts = { family: familyName, by: inviterName };
  await ctx.db.batch([
    insertDelivery(ctx.db, { id: deliveryId, userId: accountId, channel: "email", providerRef, at: now }),
    ...(accountId === null ? [] : [insertNotification(ctx.db, { id: ctx.ids.make("note"), userId: accountId, type: "family.invited", severity: "attention", facts, path: `/join/${invitationId}`, cause: `${invitationId}.invited`, createdAt: now })]),
  ]);
}
