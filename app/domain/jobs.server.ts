import { insertJob } from "#db/operation.ts";
import type { Write } from "#db/client.ts";
import type { AppContext } from "../context.ts";

/** Every kind of background work, with what it needs to know. Parsed again by the consumer. */
export type JobPayloads = {
  "start-charge": { paymentId: string };
  "refresh-payment": { paymentId: string };
  "follow-provider-event": { provider: "stripe"; eventId: string };
  "send-refund": { refundId: string };
  "return-charge": { paymentId: string; intentRef: string };
  "detach-card": { methodId: string };
  "remove-files": { keys: string[] };
  "drop-unsent-file": { fileId: string };
  "carry-read-pointers": { keptId: string; goneId: string; conversationIds: string[] };
  "forget-in-rooms": { userId: string; conversationIds: string[] };
  "announce-budget": { childId: string };
  "deliver-notification": { notificationId: string };
  "post-to-pachca": { conversationId: string; seq: number };
  "send-digest": { userId: string; digestAt: number };
  "remind-of-lesson": { lessonId: string; userId: string; startsAt: number; which: "day" | "hour" };
  "mail-sign-up": { signUpId: string };
  "mail-email-change": { userId: string };
  "mail-old-address": { email: string; name: string; locale: string; key: string };
  "mail-password-reset": { email: string };
  "send-code": { codeId: string; sealedCode: string };
  "begin-recovery": { email: string; secretHash: string };
  "mail-recovery-link": { email: string };
  "tell-recovery": { recoveryId: string; userId: string };
  "mail-set-up": { userId: string };
  "run-import": { importId: string };
  "mail-invitation": { invitationId: string; sealedCode: string };
  "mail-school-invitation": { invitationId: string; sealedCode: string };
};
export type JobKind = keyof JobPayloads;

/** Port: tells the queue that these jobs are due. Only a bell: the rows are the truth, and a sweep rings again. */
export type JobBell = { ring(jobIds: string[], at?: number): Promise<void> };

/** The outbox row, to stand in the batch of the act that causes it. Ring with the ids once the batch is through. */
export function planJob<K extends JobKind>(ctx: AppContext, kind: K, payload: JobPayloads[K], availableAt = ctx.clock.now()): { id: string; write: Write } {
  const id = ctx.ids.make("job");
  return { id, write: insertJob(ctx.db, { id, kind, payload, availableAt, createdAt: ctx.clock.now() }) };
}
