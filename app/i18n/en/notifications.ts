export const notifications = {};

/** Reasons of refusal in this part of the product. */
export const notificationsProblems = {};
