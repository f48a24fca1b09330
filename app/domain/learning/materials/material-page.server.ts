import { selectAttachments } from "#db/attachments.ts";
import { selectAuthorsChoice, selectNear } from "#db/given-work.ts";
import { selectMaterial, selectOwnMaterial, selectProgressNear, selectProgressOf } from "#db/materials.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { readRule } from "../../consent/access.ts";
import { notFound } from "../../errors.ts";
import { audienceNow } from "../audience-choice.server.ts";
import { noteNear } from "../note-near.server.ts";
import { noteOpening } from "./keep-progress.server.ts";

const MOST_SHOWN = 60;

/** A material as its reader has it: its author with how far everybody is; a student, a guardian or a tutor with the children for whom it is. `opens`: a student who reads it has opened it. */
export async function readMaterial(ctx: AppContext, actor: Actor, id: string, { opens = false } = {}) {
  const now = ctx.clock.now();
  const rule = readRule("progress");
  const [[found], [own], files, near, progress, everybody, taught, recipients] = await ctx.db.batch([
    selectMaterial(ctx.db, id), selectOwnMaterial(ctx.db, actor.userId, id), selectAttachments(ctx.db, "material", [id]), selectNear(ctx.db, "materials", id, actor, rule, now),
    selectProgressNear(ctx.db, id, actor, rule, now), selectProgressOf(ctx.db, id, actor.userId, rule, MOST_SHOWN + 1, now), ...selectAuthorsChoice(ctx.db, "materials", id, actor.userId, now),
  ]);
  if (!found || (!own && near.length === 0)) throw notFound();
  const { material: { schoolId: _school, createdAt: _made, changedAt: _changed, ...material }, subject, author } = found;
  noteNear(ctx, actor, near, "progress");
  const children = near.map((child) => {
    const far = progress.find(({ studentId }) => studentId === child.id);
    return { ...child, openedAt: far?.openedAt ?? null, percent: far?.percent ?? 0, doneAt: far?.doneAt ?? null };
  });
  const mine = children.find((child) => child.id === actor.userId);
  if (opens && mine && mine.openedAt === null) noteOpening(ctx, actor, found.material);
  return { ...material, subject, author, files, children, mine, progress: own ? { items: everybody.slice(0, MOST_SHOWN), more: everybody.length > MOST_SHOWN } : null, forWhom: own ? audienceNow(material, taught, recipients.map(({ studentId }) => studentId)) : null };
}
export type MaterialPage = Awaited<ReturnType<typeof readMaterial>>;
