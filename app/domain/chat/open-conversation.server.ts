import { commit } from "#db/client.ts";
import { insertConversation, selectOpenings, type Opening } from "#db/conversation-openings.ts";
import { ConstraintFailure } from "#db/errors.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { notFound } from "../errors.ts";

/** What fits a page; the rest is found by search. */
const MOST = 40;

export type { Opening };

/** With whom the actor may talk beside the rooms that open by themselves: the family's group, and a child's guardians with whoever teaches or tutors it. */
export async function listOpenings(ctx: AppContext, actor: Actor, q?: string): Promise<{ items: Opening[]; more: boolean }> {
  const [found] = await ctx.db.batch([selectOpenings(ctx.db, actor, ctx.clock.now(), { q, limit: MOST + 1 })]);
  return { items: found.slice(0, MOST), more: found.length > MOST };
}

/** Opens the room, once: whoever comes second is led to the same. What one may not open is as unknown. */
export async function openConversation(ctx: AppContext, actor: Actor, key: string): Promise<{ id: string; again: boolean }> {
  const find = async () => {
    const [[found]] = await ctx.db.batch([selectOpenings(ctx.db, actor, ctx.clock.now(), { key, limit: 1 })]);
    if (!found) throw notFound();
    return found;
  };
  const { kind, conversationId, schoolId, familyId, childId, staffId } = await find();
  if (conversationId) return { id: conversationId, again: true };
  const id = ctx.ids.make("conv");
  try {
    await commit(ctx.db, [
      insertConversation(ctx.db, { id, kind, schoolId, familyId, childId, staffId, openedBy: actor.userId, createdAt: ctx.clock.now() }),
      record(ctx, actor, { action: "conversation.opened", subjectId: id, details: { kind }, ...(schoolId ? { schoolId } : {}), ...(familyId ? { familyId } : {}), ...(childId ? { childId } : {}) }),
    ]);
    return { id, again: false };
  } catch (error) {
    if (!(error instanceof ConstraintFailure) || !error.constraint.startsWith("UNIQUE conversations.")) throw error;
    return { id: (await find()).conversationId!, again: true };
  }
}
