export const budgets = {};

/** Reasons of refusal in this part of the product. */
export const budgetsProblems = {};
