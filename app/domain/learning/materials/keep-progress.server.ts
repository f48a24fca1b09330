import { commit } from "#db/client.ts";
import { selectNear } from "#db/given-work.ts";
import { lengthenActivity, openMaterial, putProgress, selectMaterial, type MaterialRow } from "#db/materials.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { localDate } from "../../clock.ts";
import { readRule } from "../../consent/access.ts";
import { notFound } from "../../errors.ts";
import { noteActivity } from "../note-activity.server.ts";
import type { ProgressInput } from "./inputs.ts";

/** The student says how far they are: one activity a day for each material, as long as they or its author say. */
export async function keepProgress(ctx: AppContext, actor: Actor, id: string, { percent, minutes }: ProgressInput): Promise<void> {
  const now = ctx.clock.now();
  const [[found], [me]] = await ctx.db.batch([selectMaterial(ctx.db, id), selectNear(ctx.db, "materials", id, { userId: actor.userId, wards: [] }, readRule("progress"), now)]);
  if (!found || me?.id !== actor.userId) throw notFound();
  const done = percent === 100;
  const took = minutes ?? (done ? found.material.minutes : null) ?? 0;
  await commit(ctx.db, [
    putProgress(ctx.db, id, actor.userId, { percent, doneAt: done ? now : null }, now),
    activityWith(ctx, actor, found.material, took), lengthenActivity(ctx.db, actor.userId, causeOf(ctx, actor, id), took),
    record(ctx, actor, { action: "material.progressed", subjectId: id, childId: actor.userId, details: { percent, minutes: took } }),
  ]);
}

/** Writes down, once the page is out, that a student has opened it for the first time: with what was done that day, without minutes. */
export function noteOpening(ctx: AppContext, actor: Actor, material: Pick<MaterialRow, "id" | "schoolId" | "subjectId" | "title">): void {
  ctx.afterAnswer(() => commit(ctx.db, [openMaterial(ctx.db, material.id, actor.userId, ctx.clock.now()), activityWith(ctx, actor, material, 0)]).catch((error: unknown) => ctx.log("material.opening_not_noted", { error: String(error) })));
}

const causeOf = (ctx: AppContext, actor: Actor, id: string) => `${id}:${localDate(ctx.clock.now(), actor.timeZone)}`;
const activityWith = (ctx: AppContext, actor: Actor, { id, schoolId, subjectId, title }: Pick<MaterialRow, "id" | "schoolId" | "subjectId" | "title">, minutes: number) =>
  noteActivity(ctx, { studentId: actor.userId, schoolId, subjectId, kind: "material", about: title, minutes, cause: causeOf(ctx, actor, id), timeZone: actor.timeZone });
