import { bandOf, decidersOf, type Band, type Decider, type Policy } from "../purchases/rules.ts";
import { budgetEffect, fits, type BudgetEffect, type EffectiveRules, type Standing } from "./rules.ts";

/** What would happen if this amount were asked for now. */
export type PurchasePreview = { band: Band; fits: boolean; effect: BudgetEffect[]; takes: "nobody" | "one" | "all"; deciders: Decider[]; primaryMissing: boolean };

export function previewPurchase(amount: number, facts: { rules: EffectiveRules; standings: Standing[]; policy: Policy; deciders: Decider[] }): PurchasePreview {
  const band = bandOf(amount, facts.rules, facts.standings);
  const { who, takes, primaryMissing } = decidersOf(band, facts.policy, facts.deciders);
  return { band, fits: fits(amount, facts.standings), effect: budgetEffect(amount, facts.standings), takes: band === "automatic" ? "nobody" : takes, deciders: band === "automatic" ? [] : who, primaryMissing };
}
