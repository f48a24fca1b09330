export const families = {
  children: "Children",
  childrenNoneTitle: "No children yet",
  childrenNoneText: "Make a family and add the children you look after, or ask another guardian to invite you.",
  newFamily: "Make a family",
  level: (level: string | null) => (level === null ? "" : level.startsWith("grade-") ? `Grade ${level.slice(6)}` : level.toUpperCase()),
  primaryGuardian: "You are the primary guardian",
  viewOnly: "You may look, not decide",
  profile: "Profile",
  yourProfile: "Your profile",
  username: "Username for signing in",
  learningLevel: "Level",
  notSet: "Not set",
  guardians: "Guardians",
  manageGuardians: "Change",
  siblings: "Siblings",
  primary: "primary",
  budget: "Budget and rules",
  account: "Account",
  shop: "Shop for this child",
  relationships: { parent: "Parent", guardian: "Guardian", stepparent: "Step-parent", grandparent: "Grandparent", other: "Other" },
};

/** Reasons of refusal in this part of the product. */
export const familiesProblems = {
  plan_name_missing: "Enter a name for the plan.",
  plan_kind_missing: "Choose what kind of plan it is.",
  price_positive: "The price must be more than nothing.",
  hours_missing: "Enter how many hours the package holds.",
  hours_positive: "Enter a number of hours above 0.",
  hours_too_many: "At most 1,000 hours fit in a package.",
  hours_quarters: "Use quarters of an hour, like 1.25.",
  hours_not_here: "Only packages of hours have hours.",
};
