import { commit } from "#db/client.ts";
import { findPlan, findSchoolCurrency, insertPlan, type Plan } from "#db/schools.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { invalid } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { authorize } from "../policy.ts";
import type { CreatePlanInput } from "./inputs.ts";

/** A school offers something new. */
export async function createPlan(ctx: AppContext, actor: Actor, schoolId: string, input: CreatePlanInput, repeat: Repeat | null = null): Promise<Plan> {
  authorize(actor, "school:administer", schoolId);
  if (input.price.currency !== (await findSchoolCurrency(ctx.db, schoolId))) throw invalid("price.currency", "currency_differs");
  const planId = await once(ctx, actor.userId, repeat, async () => {
    const id = ctx.ids.make("plan");
    const plan = { id, schoolId, name: input.name, description: input.description, kind: input.kind, price: input.price.amount, currency: input.price.currency, minutes: input.hours === undefined ? null : input.hours * 60, createdAt: ctx.clock.now() };
    await commit(ctx.db, [
      insertPlan(ctx.db, plan),
      ...claimRepeat(ctx, actor.userId, repeat, id),
      record(ctx, actor, { action: "plan.created", subjectId: id, schoolId, details: { name: plan.name, kind: plan.kind, price: plan.price, currency: plan.currency, minutes: plan.minutes } }),
    ]);
    return id;
  });
  return (await findPlan(ctx.db, [schoolId], planId))!;
}
