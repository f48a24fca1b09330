export const consent = { notShared: "The family does not share this." };

/** Reasons of refusal in this part of the product. */
export const consentProblems = {
  not_shared: "The family does not share this.",
};
