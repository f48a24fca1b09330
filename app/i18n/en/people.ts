export const people = {
  invitationMail: {
    subject: (school: string) => `${school} asks you to join`,
    text: ({ name, inviter, school, link, until }: { name: string; inviter: string; school: string; link: string; until: string }) =>
      `Hello ${name},\n\n${inviter} would like to add you at ${school} on Kinboard. Sign in with this address to see what is asked, and answer:\n\n${link}\n\nThe link works until ${until}. If you do not know ${school}, do nothing: it learns nothing of you.`,
  },
};

/** Reasons of refusal in this part of the product. */
export const peopleProblems = {
  school_name_missing: "Enter the name of the school.",
  school_missing: "You run several schools: say which.",
  role_for_adults: "This role is for adults.",
  role_for_children: "Only a child's account can be a student.",
  role_held: "This person has the role already.",
  last_role: "This is the only role. Deactivate the person instead.",
  last_owner: "A school needs an owner. Make somebody else an owner first.",
  own_account: "You cannot do this to your own account.",
  email_at_school: "Somebody at this school has this address already.",
  email_in_use: "This address is in use.",
  email_for_link: "A link needs an e-mail address.",
  guardian_missing: "Choose a guardian, or enter an e-mail address.",
  guardian_not_here: "This is no guardian at this school.",
  guardian_restricted: "This adult is kept away from the child.",
  subject_unknown: "This is no subject of this school.",
  student_unknown: "This is no student of this school.",
  students_missing: "Choose at least one student.",
  nothing_assigned: "Nothing was assigned: not every student could be.",
  number_taken: "Another student has this number.",
  way_missing: "Choose how the person gets their sign-in.",
  not_managed: "This account is not the school's to change: the person, or their family, has it from elsewhere.",
  students_only: "Only students have this.",
  staff_only: "Only staff have this.",
  needs_sign_in_name: "An account needs an e-mail address or a username.",
  invited_other: "This invitation is for another account. Sign in with the address that it was sent to.",
};
