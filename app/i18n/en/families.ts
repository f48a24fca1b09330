export const families = {};

/** Reasons of refusal in this part of the product. */
export const familiesProblems = {};
