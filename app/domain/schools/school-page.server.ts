import { selectStaff } from "#db/people.ts";
import { selectSchool } from "#db/school-members.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { authorize } from "../policy.ts";

/** A school's settings, and who runs it. */
export async function loadSchool(ctx: AppContext, actor: Actor, schoolId: string) {
  authorize(actor, "school:administer", schoolId);
  const [[school], owners, admins] = await ctx.db.batch([selectSchool(ctx.db, schoolId), selectStaff(ctx.db, schoolId, "school_owner", 50), selectStaff(ctx.db, schoolId, "school_admin", 50)]);
  return { school: school!, owners, admins };
}
