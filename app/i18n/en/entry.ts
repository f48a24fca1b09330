/** The ways in: first sign-in, children's sign-in, recovery, codes, tokens. */
export const entry = {
  setUpMail: (link: string) => ({ subject: "Your account is waiting for you", lines: ["An account on Kinboard was made for you. Choose your password here within seven days:", link, "If you do not know why, do nothing: nobody can use the account without this link."] }),
  welcomeTitle: (name: string) => `Welcome, ${name}`,
  welcomeAbout: "This account was made for you. Choose a password that only you know, and you are in.",
  welcomeAboutPin: "This account was made for you. Choose a PIN that only you know, and you are in.",
  ownPasswordTitle: "Choose your own password",
  ownPasswordAbout: "You came in with a password that somebody gave you. From now on only you should know it.",
  ownPinTitle: "Choose your own PIN",
  ownPinAbout: "You came in with a PIN that somebody gave you. From now on only you should know it.",
  newPin: "New PIN",
  newPinHint: "4 to 8 figures. Not your birthday, and not 1234.",
  keepAndGoOn: "Keep it and go on",
};

/** Reasons of refusal in this part of the product. */
export const entryProblems = {
  set_up_link_lapsed: "This link was used already or is too old. Ask the school, or whoever made the account, for a new one.",
  password_is_old: "This is the one that you were given. Choose another.",
};
