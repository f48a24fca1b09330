import type { Capacity, ConversationKind } from "../../domain/chat/kinds.ts";

export type TitleParts = { kind: ConversationKind; capacity: Capacity; about: string | null; child: string | null; staff: string | null; family: string | null; className: string | null; school: string | null; opener: string | null };

/** What a room is called, to this reader. */
const titles: Record<ConversationKind, (room: TitleParts) => string> = {
  student_teacher: (r) => (r.capacity === "student" ? `${r.about} with ${r.staff}` : r.capacity === "staff" ? `${r.child}, ${r.about}` : `${r.child} with ${r.staff}, ${r.about}`),
  student_tutor: (r) => (r.capacity === "student" ? `${r.staff}, your tutor` : r.capacity === "staff" ? `${r.child}, tutoring` : `${r.child} with ${r.staff}, tutor`),
  guardian_teacher: (r) => (r.capacity === "staff" ? `About ${r.child}, with the guardians` : `About ${r.child}, with ${r.staff}`),
  family: (r) => `${r.family}`,
  announcement: (r) => `${r.className ?? r.school}: announcements`,
  support: (r) => (r.capacity === "opener" ? (r.about ?? "Help") : `${r.about ?? "Help"}, for ${r.opener}`),
};

/** Who else reads along, said to this reader. */
const readers: Record<ConversationKind, (room: TitleParts) => string | null> = {
  student_teacher: (r) => (r.capacity === "student" ? "Your guardians can read this." : r.capacity === "staff" ? `${r.child}'s guardians can read this.` : null),
  student_tutor: (r) => readers.student_teacher(r),
  guardian_teacher: (r) => (r.capacity === "staff" ? `All guardians of ${r.child} who may talk with teachers read and write here.` : `${r.child}'s other guardians who may talk with teachers read and write here too.`),
  family: () => "The children of the family read this, and the adults who are guardians of all of them.",
  announcement: () => null,
  support: (r) => (r.capacity === "opener" ? `Those who answer questions at ${r.school} read this.` : null),
};

export const conversations = {
  title: "Messages",
  titles,
  readers,
  /** Why one cannot write. */
  why: {
    looks_on: "You look on. You can read this, not write here.",
    listens: "Only the school writes here.",
    closed: "This has ended. It can be read, but nobody writes here any more.",
  },
  you: "You",
  said: (who: string, text: string) => `${who}: ${text}`,
  nothingSaid: "No messages yet",
  takenBack: "Message deleted",
  unread: "unread",
  search: "Search by name or subject",
  child: "Child",
  everyChild: "Every child",
  find: "Find",
  start: "Start a conversation",
  newTitle: "With whom do you want to talk?",
  newAbout: "A child's conversations with its own teachers and tutors open by themselves.",
  searchPeople: "Search by name",
  isOpen: "open already",
  nobodyTitle: "Nobody to talk with yet",
  nobodyText: "Once a child has a teacher or a tutor, and you may talk with teachers, you find them here.",
  nobodyFound: "Nobody by that name",
  nobodyFoundText: "Only people whom you may talk with are found.",
  moreBySearch: "There are more. Search by name to find them.",
  noneTitle: "No conversations yet",
  noneText: "Conversations open by themselves when a child has a teacher or a tutor.",
  noneFound: "No conversation fits",
  noneFoundText: "Try another name, or look at all of them.",
  all: "All conversations",
  emptyTitle: "Nothing said yet",
  emptyText: "Write the first message below.",
  older: "Earlier messages",
  newer: "Later messages",
  latest: "To the latest messages",
  message: "Message",
  send: "Send",
  export: "Save a copy of this conversation",
  files: "Files",
  filesHint: "Pictures, sound or PDF, at most five of 10 MB each. What a camera writes into a picture is taken out.",
  edit: "Change",
  editTitle: "Change your message",
  save: "Save",
  remove: "Delete",
  removeTitle: "Delete this message?",
  removeText: "Its text goes away for everybody in this conversation. That a message was deleted stays to be seen.",
  quiet: (who: string, from: string, until: string, zone: string | null) => `${who} is not disturbed between ${from} and ${until}${zone ? ` (time of ${zone})` : ""}. You can write at any time.`,
  later: "Write for later, or silently",
  report: "Report a message",
  back: "Back to the conversation",
  edited: "changed",
  deleted: "This message was deleted.",
  read: "Read",
  typing: "is writing",
  here: "Here now",
  waiting: "Waiting to be sent",
  refused: "This could not be sent. Read it once more and send it again, or load the page anew.",
  erased: "Somebody who is gone",
};

export const conversationsProblems = {
  message_missing: "Write something first.",
  message_too_long: "A message has at most 4,000 characters. Make it shorter, or send it in two.",
  message_other_text: "This form has sent another message already. If this one is new, send it now.",
  message_file_gone: "This file is not there any more. Add it again.",
  message_too_late: "Messages can be changed for 15 minutes after they were sent. This one is older.",
  message_not_yours: "Only who wrote a message may change it.",
  room_closed: "Nobody can write here any more.",
  room_not_yours_to_write: "You may read here, not write.",
};
