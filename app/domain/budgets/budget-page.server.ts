import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { authorize, can } from "../policy.ts";
import { getDecisionFacts, type DecisionFacts } from "./decision-facts.server.ts";

type BudgetPage = DecisionFacts & {
  /** Whether the reader may set a rule of their own. */
  maySet: boolean;
  /** Whether the reader may set who decides. */
  maySetPolicy: boolean;
};

/** A child's budget as it stands, the rules that apply, and earlier periods. Throws not_found, forbidden. */
export async function getBudgetPage(ctx: AppContext, actor: Actor, childId: string): Promise<BudgetPage> {
  authorize(actor, "budget:view", childId);
  const facts = await getDecisionFacts(ctx, childId);
  const maySet = can(actor, "budget:set", childId);
  const primary = facts.deciders.find((guardian) => guardian.isPrimary);
  return { ...facts, maySet, maySetPolicy: maySet && (!primary || primary.userId === actor.userId) };
}
