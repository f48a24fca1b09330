import { listPlansOfSchools } from "#db/schools.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError } from "../errors.ts";
import { administeredSchools } from "./rules.ts";

/** The plans of every school that the actor runs. */
export async function loadPlans(ctx: AppContext, actor: Actor) {
  const run = administeredSchools(actor);
  if (run.length === 0) throw new DomainError("forbidden");
  const { plans, currencies } = await listPlansOfSchools(ctx.db, run.map((school) => school.schoolId));
  return run.map((school) => ({ ...school, currency: currencies[school.schoolId]!, plans: plans.filter((plan) => plan.schoolId === school.schoolId) }));
}
export type SchoolOnPage = Awaited<ReturnType<typeof loadPlans>>[number];
export type PlanOnPage = SchoolOnPage["plans"][number];
