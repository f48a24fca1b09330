export const payments = {};

/** Reasons of refusal in this part of the product. */
export const paymentsProblems = {};
