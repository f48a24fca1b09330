import type { Write } from "#db/client.ts";
import { insertNotification } from "#db/notifications.ts";
import { findReachable, findRecovery } from "#db/recoveries.ts";
import type { AppContext } from "../../context.ts";
import { messagesFor } from "../../i18n/catalogue.ts";
import { formatterFor } from "../../i18n/format.ts";
import { planJob } from "../jobs.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { cancelLink } from "./cancel-recovery.server.ts";
import { sendMail } from "./mail-secrets.server.ts";
import { recoveryState } from "./recovery.ts";

type Begun = { id: string; userId: string; personName: string; readyAt: number };
type Circle = { userId: string; mayVouch: boolean }[];

/** The waiting time has begun: rows that tell the owner and every guardian in the inbox, by mail, and by SMS where there is a phone. */
export function tellBegun(ctx: AppContext, { id, userId, personName, readyAt }: Begun, circle: Circle): { writes: Write[]; jobIds: string[] } {
  const news = { type: "recovery.begun" as const, facts: { person: personName, readyAt }, cause: `${id}.begun`, severity: "urgent" as const };
  const told = notify(ctx, circle.map((one) => one.userId), { ...news, path: (reader) => (circle.find((one) => one.userId === reader)?.mayVouch ? `/recoveries/${id}` : "/inbox") });
  const more = [userId, ...circle.map((one) => one.userId)].map((reader) => planJob(ctx, "tell-recovery", { recoveryId: id, userId: reader }));
  return {
    writes: [...told.writes, insertNotification(ctx.db, { id: ctx.ids.make("note"), userId, ...news, path: `/recoveries/${id}`, createdAt: ctx.clock.now() }), ...more.map((job) => job.write)],
    jobIds: [...told.jobIds, ...more.map((job) => job.id)],
  };
}

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
