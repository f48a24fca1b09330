import type { Article } from "../article.ts";

export const money: Article[] = [
  {
    slug: "approving-purchases",
    title: "Say yes or no to a purchase",
    summary: "What happens between a child’s wish and your answer.",
    text: [
      "When a child asks for something in the shop, every guardian who may approve purchases is told. The request shows the price and what it would leave of each limit.",
      "To say yes you confirm that it is you, with your password, a code or a passkey. To say no you need no confirmation, only a reason that the child will read.",
      "The first answer counts. If another guardian was quicker, the page tells you who decided. If nobody answers within the family’s window, three days unless you changed it, the request ends, and the child can ask again.",
      "A price at or under the limit that you approve at once goes through by itself, as long as it fits the week and the month. For a large price the child’s rule may want the primary guardian, or all of you.",
    ],
    links: [{ href: "/approvals", label: "See what waits for you" }],
    alsoCalled: "approve approval approvals deny refuse request permission allow buy buying purchase decision expired",
  },
  {
    slug: "limits-and-rules",
    title: "Set what a child may spend",
    summary: "Weekly and monthly limits, and what goes through without asking.",
    text: [
      "Each guardian who may approve can set rules for a child: a limit for the week, a limit for the month, an amount up to which nobody is asked, and an amount from which the decision needs more than one of you.",
      "If two guardians set different rules, the stricter one counts, and the page says whose it is. No limit means no limit; a limit of nought means nothing may be spent.",
      "Weeks begin on Monday in the family’s time zone, months on the first. A purchase over a limit is possible only if you expressly allow it, that once, and it is written down.",
    ],
    links: [{ href: "/children", label: "Choose a child, then its budget" }],
    alsoCalled: "budget limit allowance pocket money cap control rule rollover week month threshold",
  },
  {
    slug: "paying",
    title: "Pay for what was approved",
    summary: "Cards, hours paid in advance, and what to do if a payment fails.",
    text: [
      "An approved purchase is charged to a saved card or paid on the page of the payment service. Accepted is not yet paid: the page says when the money has really arrived, and until then nothing is yours.",
      "If a payment fails, nothing was taken and the budget is free again. Open the payment to try another card.",
      "The school can pay money back. You see every payment, and what came back, in the list of payments.",
    ],
    links: [{ href: "/finance", label: "See what is due" }, { href: "/finance/methods", label: "Saved cards" }, { href: "/finance/history", label: "All payments" }],
    alsoCalled: "pay paid payment payments card invoice receipt refund charge declined failed bank visa mastercard money back",
  },
  {
    slug: "hours-and-account",
    title: "How hours are counted",
    summary: "Buying hours, holding them for a lesson, and using them up.",
    text: [
      "A plan of hours fills the child’s account when it is paid. Booking a lesson holds its minutes; attending it uses them. A lesson that is cancelled in time gives them back.",
      "After a lesson the teacher writes who was there. You have 48 hours to say that it is wrong; then the hours are counted.",
      "If the family cancels less than two hours before the start, the hours are used up. If the school cancels, never.",
    ],
    links: [{ href: "/children", label: "Choose a child, then its account" }, { href: "/shop", label: "Buy hours" }],
    alsoCalled: "hours minutes balance credit account package consumed lesson left remaining top up",
  },
];
