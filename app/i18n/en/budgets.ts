export const budgets = {
  title: "Budget",
};

/** Reasons of refusal in this part of the product. */
export const budgetsProblems = {
  child_missing: "Choose a child.",
  auto_above_threshold: "What is approved without asking cannot be more than the amount from which all decide.",
  rollover_unknown: "Choose what happens to what is left.",
  control_of_another: "This rule is another guardian's. Set your own: the strictest applies.",
  amount_zero: "Enter an amount above zero.",
};
