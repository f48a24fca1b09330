/** Looking through another guardian's eyes. */
export const viewing = {
  title: "See what another guardian sees",
  of: (name: string) => `See what ${name} sees`,
  consequence: (name: string, children: string[]) => `For half an hour you see the pages about ${children.join(", ")} as ${name} does. You can change nothing. Their messages, cards and settings stay theirs. That you looked is written down, and the child's guardians can read it.`,
  begin: "Look",
  keep: "Leave it",
  banner: (name: string) => `You see what ${name} sees`,
  readOnly: (until: string) => `Reading only, until ${until}.`,
  stop: "Stop looking",
  none: "You are not looking through anybody's eyes. Choose whose you borrow among the guardians of your children.",
  toHome: "See the first page",
  toGuardians: "Guardians and invitations",
  refused: "Nothing was changed: you are only looking.",
  guardians: "Guardians",
};

/** Reasons of refusal in this part of the product. */
export const viewingProblems = {
  read_only_view: "You are looking through somebody else's eyes. This page is not shown then, and nothing can be changed.",
  view_needs_browser: "This begins only on the page itself, in your own session.",
};
