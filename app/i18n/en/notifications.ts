import type { NotificationFacts, NotificationType } from "../../domain/notifications/types.ts";
import type { Formatter } from "../format.ts";
import { identity } from "./identity.ts";

/** What happened, in one sentence; it is also the subject of the mail. */
const titles: { [T in NotificationType]: (facts: NotificationFacts[T], f: Formatter) => string } = {
  "purchase.asked": (n, f) => `${n.child} asks for ${n.plan}: ${f.money(n)}`,
  "purchase.approved": (n, f) => `${n.by} approved ${n.plan} for ${n.child}: ${f.money(n)}`,
  "purchase.approved_by_rule": (n, f) => `${n.plan} for ${n.child} was approved by the rule: ${f.money(n)}`,
  "purchase.denied": (n) => `${n.by} said no to ${n.plan} for ${n.child}: ${n.reason}`,
  "purchase.expired": (n) => `Nobody decided in time on ${n.plan} for ${n.child}`,
  "purchase.cancelled": (n) => `${n.by} took back the request for ${n.plan} for ${n.child}`,
  "purchase.reminder": (n, f) => `${n.child} still waits for an answer on ${n.plan}: ${f.money(n)}, until ${f.dateTime(n.expiresAt)}`,
  "payment.needed": (n, f) => `${n.plan} for ${n.child} is approved and waits to be paid: ${f.money(n)}`,
  "payment.succeeded": (n, f) => `${n.plan} for ${n.child} is paid: ${f.money(n)}`,
  "payment.failed": (n, f) => `The payment for ${n.plan} for ${n.child} did not go through: ${f.money(n)}`,
  "payment.refunded": (n, f) => `${f.money(n)} for ${n.plan} for ${n.child} was paid back`,
  "payment_method.changed": (n) => `${n.by} changed a saved card: ${n.card}`,
  "budget.alert": (n, f) => `${n.threshold} % of ${n.child}'s ${n.kind === "week" ? "weekly" : "monthly"} limit of ${f.money({ amount: n.limit, currency: n.currency })} is used`,
  "budget.rules_changed": (n) => `${n.by} changed what ${n.child} may spend`,
  "guardianship.changed": (n) => `${n.by} changed who looks after ${n.child}, or what they may do`,
  "restriction.attempted": (n) => `${n.person}, who is kept away from ${n.child}, tried to see something of ${n.child} and was refused`,
  "family.invited": (n) => `${n.by} invites you to join ${n.family}`,
  "security.pin_set": (n) => `${n.by} gave ${n.child} a new PIN`,
  "security.changed": (n) => identity.changes[n.what],
};

/** The same to the child whom it is about; what is missing here is said as to anybody. */
const titlesForChild: { [T in NotificationType]?: (facts: NotificationFacts[T], f: Formatter) => string } = {
  "purchase.approved": (n, f) => `${n.by} said yes to ${n.plan}: ${f.money(n)}`,
  "purchase.approved_by_rule": (n, f) => `Yes to ${n.plan}, nobody had to be asked: ${f.money(n)}`,
  "purchase.denied": (n) => `Not this time for ${n.plan}. ${n.by} says: ${n.reason}`,
  "purchase.expired": (n) => `Nobody answered in time about ${n.plan}. You can ask again`,
  "purchase.cancelled": (n) => `${n.by} took back your request for ${n.plan}`,
  "payment.needed": (n) => `Yes to ${n.plan}. It is yours when your family has paid`,
  "payment.succeeded": (n) => `${n.plan} is paid, and yours`,
  "payment.failed": (n) => `${n.plan} is not yours yet: the payment did not go through`,
  "payment.refunded": (n, f) => `${f.money(n)} for ${n.plan} went back to your family`,
  "budget.alert": (n, f) => `You have used ${n.threshold} % of your ${n.kind === "week" ? "weekly" : "monthly"} limit of ${f.money({ amount: n.limit, currency: n.currency })}`,
  "budget.rules_changed": (n) => `${n.by} changed what you may spend`,
  "guardianship.changed": (n) => `${n.by} changed who looks after you, or what they may do`,
};

/** What the reader can do now; the link to it follows. */
const nextSteps: { [T in NotificationType]: string } = {
  "purchase.asked": "See what it would do to the budget, and decide:",
  "purchase.approved": "See the request:",
  "purchase.approved_by_rule": "See the request:",
  "purchase.denied": "See why, and what can be done now:",
  "purchase.expired": "See the request; it can be asked for again:",
  "purchase.cancelled": "See the request:",
  "purchase.reminder": "If nobody decides by then, the request ends. Decide:",
  "payment.needed": "Pay, or see the details:",
  "payment.succeeded": "See the payment:",
  "payment.failed": "Nothing was taken and the budget is free again. See what to do:",
  "payment.refunded": "See the payment:",
  "payment_method.changed": "If you do not know why, look at the cards:",
  "budget.alert": "See the budget:",
  "budget.rules_changed": "See the budget:",
  "guardianship.changed": "See who looks after the child:",
  "restriction.attempted": "Nothing was shown. See what is known:",
  "family.invited": "Answer the invitation:",
  "security.pin_set": "If you do not know why, give another one:",
  "security.changed": "If this was not you, look at your sessions at once:",
};

export const notifications = {
  titles,
  titlesForChild,
  nextSteps,
  greeting: (name: string) => `Hello ${name},`,
  footer: "You get this from Kinboard because it concerns you or a child you look after.",
  inbox: "Inbox",
  kinds: {
    purchase: "Purchases",
    payment: "Payments",
    payment_method: "Cards",
    budget: "Budgets",
    guardianship: "Guardians",
    restriction: "Restrictions",
    family: "Families",
    security: "Security",
  } as Record<string, string>,
  all: "All",
  unread: "Unread",
  unreadCount: (count: number) => `Unread (${count})`,
  show: "Show",
  filterType: "About",
  everything: "Everything",
  filterChild: "Child",
  everyChild: "Every child",
  isUnread: "New",
  markRead: "Mark as read",
  readAll: "Mark all as read",
  allRead: (count: number) => (count === 1 ? "1 message marked as read." : `${count} messages marked as read.`),
  noneTitle: "Nothing here yet",
  noneText: "When a child asks for something, a payment goes through or a rule changes, it is told here.",
  noneMatching: "No message fits this choice.",
  mailbox: "Mailbox of this development machine",
  mailboxAbout: "What would have been sent by e-mail or to a phone. It exists in development only.",
  mailboxTo: "Sent to",
  mailboxSearch: "Search",
  mailboxTabs: { label: "What was sent", email: "Mail", sms: "Phone" },
  mailboxEmpty: "Nothing yet",
  mailboxEmptyText: "Ask for a purchase, invite somebody or reset a password: the mail lands here. Codes by SMS land on the phone.",
};

/** Reasons of refusal in this part of the product. */
export const notificationsProblems = {};
