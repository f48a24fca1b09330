import type { Article } from "../article.ts";

export const talking: Article[] = [
  {
    slug: "messages",
    title: "Talk with teachers and tutors",
    summary: "Which conversations there are, and who reads them.",
    text: [
      "With each subject comes a conversation of the child and the teacher, and one with the tutor if there is one. Guardians with the right to talk with teachers read along: no adult has a hidden channel to a child. With teachers you also have a conversation of your own, about the child.",
      "You can change or delete a message of yours for fifteen minutes. When a child leaves a subject, its conversation can still be read but not written in.",
      "If a message is not right, report it: the school’s administration looks at it, and whoever wrote it does not learn who reported it.",
    ],
    links: [{ href: "/messages", label: "Messages" }],
    alsoCalled: "chat message messages conversation teacher tutor write talk report abuse bullying delete edit read",
  },
  {
    slug: "notifications",
    title: "What you are told, and when",
    summary: "The inbox, and what comes by mail.",
    text: [
      "Whatever concerns you is told in the inbox: requests, lessons, work, payments. Opening a line leads to that very thing.",
      "What else reaches you by mail, text message or on this phone, and when, is yours to choose under Notifications. News about the safety of your account always comes.",
    ],
    links: [{ href: "/inbox", label: "Inbox" }, { href: "/settings/notifications", label: "Notifications" }],
    alsoCalled: "notification notifications mail email alerts push sms too many quiet hours inbox unread",
  },
  {
    slug: "asking-for-help",
    title: "Ask somebody for help",
    summary: "A question goes to people at your school, who answer here.",
    text: [
      "If no article helps, ask a question. It goes to the staff and administration of the school that you choose, and the answer comes here and in your inbox.",
      "Either side can close a question. If it was not over, answer within fourteen days and it opens again.",
    ],
    links: [{ href: "/support/tickets/new", label: "Ask a question" }, { href: "/support/tickets", label: "Your questions" }],
    alsoCalled: "help support ticket contact question problem complaint human somebody phone",
  },
];
