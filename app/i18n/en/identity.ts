export const identity = {
  signInTitle: "Sign in",
  identifier: "E-mail or username",
  password: "Password or PIN",
  forgotPassword: "Forgot your password?",
  noAccount: "No account yet?",
  signUp: "Sign up",
  secondFactorTitle: "Enter your code",
  code: "Code",
  codeHint: "Six figures from your authenticator app, or one of your backup codes.",
  stepUpTitle: "Confirm that it is you",
  stepUpAbout: "This opens what needs it for ten minutes.",
  stepUpThenAct: "Then what you were doing goes on. Nothing has to be typed again.",
  orCode: "Or a code",
  confirm: "Confirm",
};

/** Reasons of refusal in this part of the product. */
export const identityProblems = {
  wrong_password: "This is not your password.",
  wrong_code: "This code is not right, or it was used already.",
  code_missing: "Enter the code.",
  sign_in_again: "Too much time has passed. Sign in again.",
  email_unverified: "Confirm your e-mail address first.",
  factor_not_set_up: "You have not set up this way of confirming.",
};
