import { commit } from "#db/client.ts";
import { deleteOtherSignIns, deleteSession, hasSession } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { notFound } from "../errors.ts";

/** Ends one of the actor's own sessions; ending the present one is signing out. Throws not_found. */
export async function endSession(ctx: AppContext, actor: Actor, sessionId: string = actor.session.id): Promise<void> {
  if (sessionId !== actor.session.id && !(await hasSession(ctx.db, actor.userId, sessionId))) throw notFound();
  await commit(ctx.db, [deleteSession(ctx.db, actor.userId, sessionId), record(ctx, actor, { action: "session.ended", subjectId: sessionId })]);
}

export async function endOtherSessions(ctx: AppContext, actor: Actor): Promise<void> {
  await commit(ctx.db, [deleteOtherSignIns(ctx.db, actor.userId, actor.session.id), record(ctx, actor, { action: "session.others_ended", subjectId: actor.userId })]);
}
