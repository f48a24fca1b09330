import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { getDecisionFacts } from "../budgets/decision-facts.server.ts";
import { DomainError } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorize } from "../policy.ts";
import type { Policy } from "./rules.ts";

/**
 * Who decides on large purchases of a child. Set by the primary guardian, or by any with the right while there is none: otherwise one
 * guardian could undo "all of us" alone. Throws not_found, forbidden.
 */
export async function setDecisionPolicy(ctx: AppContext, actor: Actor, childId: string, policy: Policy): Promise<void> {
  authorize(actor, "budget:set", childId);
  const facts = await getDecisionFacts(ctx, childId);
  const primary = facts.deciders.find((guardian) => guardian.isPrimary);
  if (primary && primary.userId !== actor.userId) throw new DomainError("forbidden", "primary_sets_policy");
  const others = facts.deciders.map((guardian) => guardian.userId).filter((userId) => userId !== actor.userId);
  const news = notify(ctx, others, { type: "budget.rules_changed", facts: { child: facts.child.name, by: actor.name }, path: `/children/${childId}/budget`, cause: ctx.ids.make("rules"), childId });
  await commit(ctx.db, [
    bumpRules(ctx.db, childId, policy),
    record(ctx, actor, { action: "decision_policy.set", subjectId: childId, childId, familyId: facts.family.id, details: { old: facts.policy, new: policy } }),
    ...news.writes,
  ]);
  await ctx.jobs.ring(news.jobIds);
}
