import { selectTold, studentOfLesson } from "#db/lesson-pairs.ts";
import { selectMakeUp, selectOutcome } from "#db/lesson-outcomes.ts";
import { selectLesson } from "#db/lessons.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, notFound } from "../errors.ts";
import type { Standing } from "./rules.ts";
import { standingTo, timetableReader } from "./standing.server.ts";

/** A lesson that the actor may see, with what was written about it and what became of that. */
export async function loadHeld(ctx: AppContext, actor: Actor, lessonId: string, may: (standing: Standing) => boolean = () => true) {
  const [[lesson], [outcome], guardians, [madeUp]] = await ctx.db.batch([
    selectLesson(ctx.db, timetableReader(actor), lessonId, ctx.clock.now()), selectOutcome(ctx.db, lessonId), selectTold(ctx.db, studentOfLesson(lessonId), ctx.clock.now()), selectMakeUp(ctx.db, lessonId),
  ]);
  if (!lesson) throw notFound();
  const standing = standingTo(actor, lesson);
  if (!may(standing)) throw new DomainError("forbidden");
  return { lesson, outcome: outcome ?? null, guardians, standing, madeUpAt: madeUp?.at ?? null };
}
export type Held = Awaited<ReturnType<typeof loadHeld>>;
