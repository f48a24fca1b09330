import { commit } from "#db/client.ts";
import { insertTicket, selectAnswerers, selectSchoolsToAsk } from "#db/tickets.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { notFound } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import { requireAdult } from "../identity/require-adult.ts";
import { notify } from "../notifications/notify.server.ts";
import type { OpenTicketInput } from "./inputs.ts";

/** Whom one can ask. A child asks its guardians and teachers: no adult has a channel to a child that its guardians do not see. */
export async function listSchoolsToAsk(ctx: AppContext, actor: Actor) {
  requireAdult(actor);
  return (await ctx.db.batch([askable(ctx, actor)]))[0];
}

/** Asks a school's people for help: a room with the first message in it. Sent again under its key it is the same ticket. */
export async function openTicket(ctx: AppContext, actor: Actor, { schoolId, subject, text }: OpenTicketInput, repeat: Repeat | null = null): Promise<string> {
  requireAdult(actor);
  const attempt = limitedTry(ctx, LIMITS.openTicket, actor.userId);
  const [schools, answerers, counted] = await ctx.db.batch([askable(ctx, actor), selectAnswerers(ctx.db, schoolId), attempt.count]);
  attempt.permit(counted);
  if (!schools.some((school) => school.id === schoolId)) throw notFound();
  const now = ctx.clock.now();
  const id = await once(ctx, actor.userId, repeat, async () => {
    const made = ctx.ids.make("conv");
    const news = notify(ctx, answerers.map(({ userId }) => userId).filter((userId) => userId !== actor.userId), { type: "support.asked", facts: { by: actor.name, subject }, path: `/support/tickets/${made}`, cause: `${made}.opened`, severity: "attention" });
    await commit(ctx.db, [
      ...claimRepeat(ctx, actor.userId, repeat, made),
      insertTicket(ctx.db, { id: made, schoolId, openedBy: actor.userId, subject, createdAt: now }),
      record(ctx, actor, { action: "support.ticket_opened", subjectId: made, schoolId }),
      ...news.writes,
    ]);
    await ctx.jobs.ring(news.jobIds);
    return made;
  });
  // By a fixed id: should the room not answer, the same form sent again makes up for it.
  await ctx.rooms.send(id, { senderId: actor.userId, senderName: actor.name, clientId: "first-words", text, at: now, silent: false, files: [] });
  return id;
}

const askable = (ctx: AppContext, actor: Actor) => selectSchoolsToAsk(ctx.db, actor.userId, actor.wards.map((ward) => ward.childId), ctx.settings.help.schoolId);
