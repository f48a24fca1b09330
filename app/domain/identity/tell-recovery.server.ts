import type { Write } from "#db/client.ts";
import { insertNotification } from "#db/notifications.ts";
import type { AppContext } from "../../context.ts";
import { planJob } from "../jobs.server.ts";
import { notify } from "../notifications/notify.server.ts";

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
