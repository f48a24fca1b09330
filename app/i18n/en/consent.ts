import type { DataType, Recipient } from "../../domain/consent/rules.ts";

const dataTypes: Record<DataType, string> = {
  profile: "Profile", progress: "Progress", assessments: "Assessments", attendance: "Attendance", activity: "Activity",
  mood: "Mood", chat_content: "Conversations", media: "Picture and recordings", contact: "Contact details", insights: "Insights",
};
const recipients: Record<Recipient, string> = {
  teachers: "Teachers", tutors: "Tutors", school_administration: "School administration", other_guardians: "Other guardians", companion: "The explaining assistant", outside_services: "Services outside Kinboard",
};
/** In the middle of a sentence: "… stop seeing it". */
const whom: Record<Recipient, (child: string) => string> = {
  teachers: (child) => `${child}’s teachers`, tutors: (child) => `${child}’s tutors`, school_administration: (child) => `the administration of ${child}’s school`,
  other_guardians: (child) => `${child}’s guardians beside the primary one`, companion: () => "the explaining assistant", outside_services: () => "services outside Kinboard",
};

export const consent = {
  title: "Who may see what",
  about: (child: string) => `What others may see of ${child}`,
  ownTitle: "Who may see what about you",
  ownAbout: "Your guardians choose this together with you. Ask them when you would like something changed.",
  settingsAbout: "Open and close what teachers, tutors, the school and others may see of your child.",
  dataTypes,
  recipients,
  dataTypeHints: {
    profile: "Birth date, goal and school number.", progress: "How far the child is, skill by skill.", assessments: "Tests and their results.", attendance: "Who was there and when.", activity: "What was done and for how long.",
    mood: "The private journal of how the day felt.", chat_content: "What is written in conversations.", media: "The picture of the child, photographs and recordings.", contact: "Address, telephone, guardians and emergency contacts.", insights: "What Kinboard works out from all of this.",
  } satisfies Record<DataType, string>,
  recipientHints: {
    teachers: "Those who teach the child now.", tutors: "Those assigned to the child now.", school_administration: "Owners and administrators of the child’s school.", other_guardians: "Guardians beside the primary one, as far as their rights go.",
    companion: "Answers questions about how the child is doing.", outside_services: "Programs of others that you connect.",
  } satisfies Record<Recipient, string>,
  always: "The name, the level, the class and the lessons stand in the school’s own list and are always seen by those who teach there.",
  child: "Child",
  byWho: "By who sees it",
  byWhat: "By what is seen",
  openOf: (open: number, all: number) => (open === 0 ? "Nothing open" : open === all ? `All ${all} open` : `${open} of ${all} open`),
  open: "Open",
  closed: "Closed",
  waitsForBoth: "Waits for a second guardian",
  until: (when: string) => `Until ${when}.`,
  setBy: (who: string, when: string) => `Set by ${who} on ${when}.`,
  reasonWas: (reason: string) => `Reason: ${reason}`,
  toOpen: "Open",
  toClose: "Close",
  openAll: "Open all of these",
  closeAll: "Close all of these",
  closeEffect: (recipient: Recipient, child: string) => `Closing acts at once: ${whom[recipient](child)} see it no longer from their next look on.`,
  closeAllEffect: "Closing acts at once, from the next look on.",
  question: (what: string, who: string) => `Open ${what.toLowerCase()} to ${who.toLowerCase()}?`,
  openEffect: (what: string, recipient: Recipient, child: string) => `From now on ${whom[recipient](child)} can see: ${what.toLowerCase()}. You can close it again at any time.`,
  openAllEffect: (names: string, child: string) => `From now on this can be seen of ${child}: ${names}. You can close it again at any time.`,
  bothEffect: (others: string) => `This needs two guardians: nothing opens until ${others} agrees, within 14 days.`,
  untilLabel: "Until",
  untilHint: "Leave empty for as long as you do not close it. It ends when this day begins.",
  reasonLabel: "Reason",
  reasonHint: "Optional. Guardians see it in the history.",
  confirm: "Open it",
  keep: "Leave it closed",
  proposals: "Waits for a second guardian",
  proposed: (who: string, what: string, recipient: string) => `${who} wants to open ${what.toLowerCase()} to ${recipient.toLowerCase()}`,
  answerBy: (when: string) => `Without an answer by ${when} it stays closed.`,
  agree: "Agree",
  decline: "Decline",
  withdraw: "Take back",
  readOnly: "You can see these choices. The primary guardian, and guardians with all four rights, can change them.",
  noChildrenTitle: "No children yet",
  noChildrenText: "Once you are guardian of a child, you choose here who may see what of it.",
  done: {
    opened: (count: number) => (count === 1 ? "Opened." : `${count} opened.`), closed: (count: number) => (count === 1 ? "Closed. It acts at once." : `${count} closed. It acts at once.`),
    proposed: (count: number) => (count === 1 ? "Proposed. It opens when a second guardian agrees." : `${count} proposed. They open when a second guardian agrees.`),
    nothing: "It was so already. Nothing has changed.", agreed: "You agreed. It is open now.", declined: "You declined. It stays closed.", withdrawn: "Taken back. It stays closed.",
  },
  history: "History of these choices",
  sharedLink: "Who can see what now, and who looked",
  notShared: "The family does not share this.",
};

/** Reasons of refusal in this part of the product. */
export const consentProblems = {
  not_shared: "The family does not share this.",
  until_past: "Choose a day in the future.",
  until_unusable: "Enter a day.",
  consent_moved: "Somebody changed this in the meantime. Look again.",
  consent_second_guardian: "This needs another guardian than the one who proposed it.",
};
