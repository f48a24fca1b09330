import { listPlansForStudent, listPlansOfSchools, type Plan } from "#db/schools.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { authorize } from "../policy.ts";

/** What a student can ask for: the plans of the schools in which they are an active student. */
export async function listPlans(ctx: AppContext, actor: Actor, studentId: string): Promise<Plan[]> {
  authorize(actor, "child:view", studentId);
  return listPlansForStudent(ctx.db, studentId);
}

/** Every plan of a school, also those no longer offered. */
export async function listSchoolPlans(ctx: AppContext, actor: Actor, schoolId: string): Promise<Plan[]> {
  authorize(actor, "school:administer", schoolId);
  return (await listPlansOfSchools(ctx.db, [schoolId])).plans;
}
