export const identity = {
  signInTitle: "Sign in",
  identifier: "E-mail or username",
  password: "Password or PIN",
};
