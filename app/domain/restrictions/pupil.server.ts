import { selectPupil } from "#db/restrictions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { administeredSchools } from "../schools/rules.ts";

export const administered = (actor: Actor): string[] => administeredSchools(actor).map((school) => school.schoolId);

/** A child at a school which the actor runs, and from whom they are not kept away themselves: to the batch, then what it found. Anybody else is not found. */
export function pupilOf(ctx: AppContext, actor: Actor, childId: string) {
  const schoolIds = administered(actor);
  if (actor.restrictedFrom.includes(childId)) throw notFound(childId);
  if (schoolIds.length === 0) throw notFound();
  return {
    select: selectPupil(ctx.db, childId, schoolIds),
    require: ([pupil]: Awaited<ReturnType<typeof selectPupil>>) => {
      if (!pupil) throw notFound();
      return pupil;
    },
  };
}
