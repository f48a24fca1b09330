export const identity = {
  signInTitle: "Sign in",
  identifier: "E-mail or username",
  password: "Password or PIN",
};

/** Reasons of refusal in this part of the product. */
export const identityProblems = {};
