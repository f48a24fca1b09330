import { findReachable, findRecovery } from "#db/recoveries.ts";
import type { AppContext } from "../../context.ts";
import { messagesFor } from "../../i18n/catalogue.ts";
import { formatterFor } from "../../i18n/format.ts";
import { cancelLink } from "./cancel-recovery.server.ts";
import { sendMail } from "./mail-secrets.server.ts";
import { recoveryState } from "./recovery.ts";

/** What the inbox does not reach: the owner's mail, by which the recovery is called off with one tap, and the phones, on which nobody's name is said. */
export async function tellRecovery(ctx: AppContext, { recoveryId, userId }: { recoveryId: string; userId: string }): Promise<void> {
  const [recovery, reader] = [await findRecovery(ctx.db, recoveryId), await findReachable(ctx.db, userId)];
  if (!recovery || !reader) return;
  const state = recoveryState(recovery, ctx.clock.now());
  if (state === "over") return;
  const key = `${recoveryId}.${recovery.status}.${userId}`;
  const { entry } = messagesFor(reader.locale);
  if (reader.email && userId === recovery.userId) {
    const from = recovery.readyAt === null ? null : formatterFor(reader.locale, reader.timeZone).dateTime(recovery.readyAt);
    const link = await cancelLink(ctx, recoveryId);
    await sendMail(ctx, { ...reader, email: reader.email }, key, ({ entry: m }) => m.recoveryMail(from, link));
  }
  if (reader.phone && state !== "waiting") await ctx.sms.send({ to: reader.phone, text: entry.recoverySms, idempotencyKey: key });
}
