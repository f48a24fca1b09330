import type { Band, Policy } from "#app/domain/purchases/rules.ts";
import type { Rollover } from "#app/domain/budgets/rules.ts";

type Period = "week" | "month";

export const budgets = {
  title: (child: string) => `Budget of ${child}`,
  titleOwn: "My budget",
  backToChild: (child: string) => child,
  period: { week: "This week", month: "This month" } satisfies Record<Period, string>,
  leftOf: (left: string, limit: string) => `${left} left of ${limit}`,
  noLimit: (used: string) => `${used} used. There is no limit.`,
  overBy: (amount: string) => `${amount} over the limit, by a guardian's permission`,
  reservedOf: (amount: string) => `${amount} of it is approved and not yet paid`,
  rules: "The rules that apply",
  strictest: "Where several guardians have set a rule, the strictest applies.",
  noRules: "No guardian has set a rule yet. Every purchase asks a guardian.",
  weeklyLimit: "Weekly limit",
  monthlyLimit: "Monthly limit",
  autoApproveUpTo: "Approved without asking, up to",
  approvalThreshold: "Large purchases, from",
  setBy: (amount: string, name: string) => `${amount}, set by ${name}`,
  none: "None",
  policyTerm: "Who decides on large purchases",
  policyLabel: "It takes",
  policy: { any: "Any one guardian", primary: "The primary guardian", all: "All guardians together" } satisfies Record<Policy, string>,
  change: "Change the rules",
  myRule: "My rule",
  myRuleHint: "It counts together with the rules of the other guardians.",
  weeklyLimitHint: "Leave empty for no limit. A week begins on Monday.",
  monthlyLimitHint: "Leave empty for no limit.",
  autoHint: "Leave empty to be asked every time.",
  thresholdHint: "From this amount on, it is decided as set below. Leave empty if one guardian is always enough.",
  rolloverLabel: "What is left at the end of a week or month",
  rollover: { none: "Is gone", unspent: "Is added to the next, at most one limit", unspent_and_overspent: "Is added to the next, and what was overspent is taken off" } satisfies Record<Rollover, string>,
  saveRule: "Save my rule",
  savePolicy: "Save who decides",
  saved: "Saved. It applies from now on, also to requests that wait.",
  history: "Earlier",
  historyFinding: (used: string, weeks: number, limit: string | null) => `${used} used in ${weeks === 1 ? "one week" : `the last ${weeks} weeks`}${limit ? `. The limit this week is ${limit}` : ""}.`,
  limitOf: (limit: string) => `Limit ${limit}`,
  weekFrom: "Week from",
  usedAmount: "Used",
  tryAmount: "What would an amount do?",
  amount: "Amount",
  tryIt: "See what it would do",
  band: {
    automatic: "It would be approved at once, without asking anybody.",
    single: "One guardian would be asked.",
    policy: "It is a large purchase: it would be decided as set for large purchases.",
  } satisfies Record<Band, string>,
  effect: (left: string, limit: string, period: Period) => `${left} of this ${period}'s ${limit} would be left.`,
  effectOver: (over: string, limit: string, period: Period) => `This ${period}'s limit of ${limit} would be passed by ${over}. A guardian can allow that once.`,
};

/** Reasons of refusal in this part of the product. */
export const budgetsProblems = {
  child_without_family: "This student belongs to no family here yet. A budget is of a family's money: it begins when the student is taken into one.",
  child_missing: "Choose a child.",
  auto_above_threshold: "What is approved without asking cannot be more than the amount of a large purchase.",
  rollover_unknown: "Choose what happens to what is left.",
  control_of_another: "This rule is another guardian's. Set your own: the strictest applies.",
  amount_zero: "Enter an amount above zero.",
};
