import { commit } from "#db/client.ts";
import { findPlan, updatePlan, type Plan } from "#db/schools.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { replacedBy, saidOf } from "../changes.ts";
import { invalid, notFound } from "../errors.ts";
import type { ChangePlanInput } from "./inputs.ts";
import { administeredSchools } from "./rules.ts";

/** Changes what is offered from now on; what was asked for before keeps its frozen amount. */
export async function changePlan(ctx: AppContext, actor: Actor, planId: string, input: ChangePlanInput): Promise<Plan> {
  const plan = await findPlan(ctx.db, administeredSchools(actor).map((school) => school.schoolId), planId);
  if (!plan) throw notFound();
  if (input.price && input.price.currency !== plan.currency) throw invalid("price.currency", "currency_differs");
  if (input.hours !== undefined && plan.kind !== "hours") throw invalid("hours", "hours_not_here");
  // Only what was named is written, so that two administrators at once do not undo each other.
  const named = { name: input.name, description: input.description, price: input.price?.amount, minutes: input.hours === undefined ? undefined : input.hours * 60, active: input.active };
  const change = saidOf(named);
  if (Object.keys(change).length === 0) return plan;
  await commit(ctx.db, [
    updatePlan(ctx.db, plan.schoolId, planId, change),
    record(ctx, actor, { action: "plan.changed", subjectId: planId, schoolId: plan.schoolId, details: { old: replacedBy(change, plan), new: change } }),
  ]);
  return { ...plan, ...change };
}
