/** People without an account: whom to call, who may fetch. */
export const contacts = {
  title: "Emergency contacts and pick-up",
  about: "People without an account: whom to call, and who may fetch a child.",
  none: "Nobody yet. Add a neighbour, a grandparent, a driver.",
  add: "Add somebody",
  change: "Change",
  remove: "Remove",
  save: "Save",
  keep: "Keep it as it is",
  name: "Name",
  relationship: "Who they are",
  relationshipHint: "Like neighbour, aunt, driver.",
  phone: "Telephone",
  forWhom: "For",
  everyChild: "every child of the family",
  forChild: (child: string) => `for ${child}`,
  isEmergency: "Call in an emergency",
  mayPickUp: "May fetch the child",
  emergency: "emergency",
  pickUp: "pick-up",
  note: "Note",
  noteHint: "Optional. Like when they can be reached.",
  consequence: "The child's guardians see this, and those at school with whom the family shares how to reach it.",
  removeTitle: (name: string) => `Remove ${name}`,
  removeConsequence: "Nobody will call this person for your children, and they may fetch none, from now on.",
  done: { add: "Added.", change: "Changed.", remove: "Removed." } as Record<string, string>,
};

/** Reasons of refusal in this part of the product. */
export const contactsProblems = {
  contact_relationship_missing: "Enter who they are.",
  contact_for_what: "Tick at least one: an emergency contact, or somebody who may fetch.",
  contacts_too_many: "A family keeps at most 30 contacts. Remove one first.",
};
