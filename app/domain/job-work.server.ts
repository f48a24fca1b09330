import * as z from "zod";
import type { AppContext } from "../context.ts";
import { announceBudget } from "./budgets/announce-budget.server.ts";
import { carryPointers } from "./chat/carry-pointers.server.ts";
import { dropUnsent } from "./chat/files.server.ts";
import { forgetInRooms } from "./chat/forget-person.server.ts";
import { mailInvitation } from "./families/mail-invitation.server.ts";
import { mailEmailChange, mailOldAddress } from "./identity/mail-email-change.server.ts";
import { mailPasswordReset, mailRecoveryLink, mailSetUp, mailSignUp } from "./identity/mail-secrets.server.ts";
import { beginRecovery } from "./identity/ask-recovery.server.ts";
import { tellRecovery } from "./identity/mail-recovery.server.ts";
import { sendCode } from "./identity/mail-code.server.ts";
import { remindOfLesson } from "./lessons/send-reminders.server.ts";
import { deliverNotification, giveUpNotification } from "./notifications/deliver-notification.server.ts";
import { giveUpDigest, sendDigest } from "./notifications/digest.server.ts";
import { postToPachca } from "./integrations/post-to-pachca.server.ts";
import { mailSchoolInvitation } from "./people/mail-school-invitation.server.ts";
import { detachCard } from "./payments/change-cards.server.ts";
import { followProviderEvent } from "./payments/follow-provider-event.server.ts";
import { refreshPayment } from "./payments/refresh-payment.server.ts";
import { returnCharge, sendRefund } from "./payments/send-refund.server.ts";
import { endImport, runImport } from "./schools/imports/run-import.server.ts";
import { startCharge } from "./payments/start-charge.server.ts";

const OfNotification = z.object({ notificationId: z.string() });
const OfDigest = z.object({ userId: z.string(), digestAt: z.number() });

/** What each kind of job does: parse, then one domain operation. */
export const jobWork: Record<string, (ctx: AppContext, payload: unknown, attempt: number) => Promise<unknown>> = {
  "remove-files": (ctx, payload) => ctx.files.remove(z.object({ keys: z.array(z.string()) }).parse(payload).keys),
  "drop-unsent-file": (ctx, payload) => dropUnsent(ctx, z.object({ fileId: z.string() }).parse(payload).fileId),
  "carry-read-pointers": (ctx, payload) => carryPointers(ctx, z.object({ keptId: z.string(), goneId: z.string(), conversationIds: z.array(z.string()) }).parse(payload)),
  "forget-in-rooms": (ctx, payload) => forgetInRooms(ctx, z.object({ userId: z.string(), conversationIds: z.array(z.string()) }).parse(payload)),
  "announce-budget": (ctx, payload) => announceBudget(ctx, z.object({ childId: z.string() }).parse(payload).childId),
  "start-charge": (ctx, payload) => startCharge(ctx, z.object({ paymentId: z.string() }).parse(payload).paymentId),
  "refresh-payment": (ctx, payload) => refreshPayment(ctx, z.object({ paymentId: z.string() }).parse(payload).paymentId),
  "follow-provider-event": (ctx, payload) => {
    const { provider, eventId } = z.object({ provider: z.literal("stripe"), eventId: z.string() }).parse(payload);
    return followProviderEvent(ctx, provider, eventId);
  },
  "send-refund": (ctx, payload) => sendRefund(ctx, z.object({ refundId: z.string() }).parse(payload).refundId),
  "return-charge": (ctx, payload) => returnCharge(ctx, z.object({ intentRef: z.string() }).parse(payload).intentRef),
  "detach-card": (ctx, payload) => detachCard(ctx, z.object({ methodId: z.string() }).parse(payload).methodId),
  "remind-of-lesson": (ctx, payload) => remindOfLesson(ctx, z.object({ lessonId: z.string(), userId: z.string(), startsAt: z.number(), which: z.enum(["day", "hour"]) }).parse(payload)),
  "run-import": (ctx, payload) => runImport(ctx, z.object({ importId: z.string() }).parse(payload).importId),
  "mail-invitation": (ctx, payload) => mailInvitation(ctx, z.object({ invitationId: z.string(), sealedCode: z.string() }).parse(payload)),
  "mail-email-change": (ctx, payload) => mailEmailChange(ctx, z.object({ userId: z.string() }).parse(payload)),
  "mail-old-address": (ctx, payload) => mailOldAddress(ctx, z.object({ email: z.string(), name: z.string(), locale: z.string(), key: z.string() }).parse(payload)),
  "mail-password-reset": (ctx, payload) => mailPasswordReset(ctx, z.object({ email: z.string() }).parse(payload)),
  "send-code": (ctx, payload) => sendCode(ctx, z.object({ codeId: z.string(), sealedCode: z.string() }).parse(payload)),
  "begin-recovery": (ctx, payload) => beginRecovery(ctx, z.object({ email: z.string(), secretHash: z.string() }).parse(payload)),
  "mail-recovery-link": (ctx, payload) => mailRecoveryLink(ctx, z.object({ email: z.string() }).parse(payload)),
  "tell-recovery": (ctx, payload) => tellRecovery(ctx, z.object({ recoveryId: z.string(), userId: z.string() }).parse(payload)),
  "mail-set-up": (ctx, payload) => mailSetUp(ctx, z.object({ userId: z.string() }).parse(payload)),
  "mail-school-invitation": (ctx, payload) => mailSchoolInvitation(ctx, z.object({ invitationId: z.string(), sealedCode: z.string() }).parse(payload)),
  "mail-sign-up": (ctx, payload) => mailSignUp(ctx, z.object({ signUpId: z.string() }).parse(payload)),
  "deliver-notification": (ctx, payload) => deliverNotification(ctx, OfNotification.parse(payload)),
  "post-to-pachca": (ctx, payload, attempt) => postToPachca(ctx, z.object({ conversationId: z.string(), seq: z.number() }).parse(payload), attempt),
  "send-digest": (ctx, payload) => sendDigest(ctx, OfDigest.parse(payload)),
};

/** What is to be written down where a kind of job has failed for the last time. Safe to repeat. */
export const jobFailed: Record<string, (ctx: AppContext, payload: unknown) => Promise<unknown>> = {
  "run-import": (ctx, payload) => endImport(ctx, z.object({ importId: z.string() }).parse(payload).importId, "import_broke_off"),
  "deliver-notification": (ctx, payload) => giveUpNotification(ctx, OfNotification.parse(payload)),
  "send-digest": (ctx, payload) => giveUpDigest(ctx, OfDigest.parse(payload)),
};
