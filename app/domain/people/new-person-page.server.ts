import { selectStaff, selectSubjects } from "#db/people.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { authorize } from "../policy.ts";

/** What there is to choose from for a new person. */
export async function loadNewPerson(ctx: AppContext, actor: Actor, schoolId: string) {
  authorize(actor, "school:administer", schoolId);
  const [tutors, subjects] = await ctx.db.batch([selectStaff(ctx.db, schoolId, "tutor", 100), selectSubjects(ctx.db, schoolId)]);
  return { tutors, subjects };
}
