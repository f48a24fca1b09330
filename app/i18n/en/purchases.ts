export const purchases = {};

/** Reasons of refusal in this part of the product. */
export const purchasesProblems = {};
