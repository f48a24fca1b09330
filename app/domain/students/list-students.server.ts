import { selectPupils } from "#db/pupils.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { readRule } from "../consent/access.ts";
import { avatarUrl } from "../identity/avatar.ts";
import { byId, pageOf, type Paging } from "../paging.ts";

type StudentsQuery = Paging & { q?: string | undefined };

/** Those whom the actor teaches or tutors now, by name. The roster is the school's own: no look is written down. */
export async function listStudents(ctx: AppContext, actor: Actor, { q = "", cursor, limit }: StudentsQuery) {
  const terms = q.trim().split(/\s+/).filter(Boolean).slice(0, 4);
  const found = await selectPupils(ctx.db, actor.userId, readRule("media"), { terms, after: cursor, limit: limit + 1 }, ctx.clock.now());
  const { items, nextCursor } = pageOf(found, limit, byId);
  return { items: items.map(asPupil), nextCursor };
}

export const asPupil = ({ avatarKey, ...pupil }: Awaited<ReturnType<typeof selectPupils>>[number]) => ({ ...pupil, picture: avatarUrl(pupil.id, avatarKey) });
export type Pupil = ReturnType<typeof asPupil>;
