export const profile = {
  title: "Profile",
};

export const profileProblems = {
  phone_missing: "Enter a phone number.",
  phone_unusable: "Enter a phone number like 0712 345 678 or +254 712 345 678.",
};
