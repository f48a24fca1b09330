import type { SecurityChange } from "../identity/changes.ts";

/** What a person can be told. The facts of each type fill the sentence in the catalogue (`notifications`). Amounts are minor units. */
export type NotificationFacts = {
  "purchase.asked": { child: string; plan: string; amount: number; currency: string };
  "purchase.approved": { child: string; plan: string; amount: number; currency: string; by: string };
  "purchase.approved_by_rule": { child: string; plan: string; amount: number; currency: string };
  "purchase.denied": { child: string; plan: string; by: string; reason: string };
  "purchase.expired": { child: string; plan: string };
  "purchase.cancelled": { child: string; plan: string; by: string };
  "purchase.reminder": { child: string; plan: string; amount: number; currency: string; expiresAt: number };
  "payment.needed": { child: string; plan: string; amount: number; currency: string };
  "payment.succeeded": { child: string; plan: string; amount: number; currency: string };
  "payment.failed": { child: string; plan: string; amount: number; currency: string };
  "payment.refunded": { child: string; plan: string; amount: number; currency: string };
  "payment_method.changed": { by: string; card: string };
  "budget.alert": { child: string; kind: "week" | "month"; threshold: number; limit: number; currency: string };
  "budget.rules_changed": { child: string; by: string };
  "school.child_joined": { child: string; by: string; school: string };
  "guardianship.changed": { child: string; by: string };
  "consent.changed": { child: string; by: string; count: number; granted: number };
  "consent.proposed": { child: string; by: string; count: number };
  "consent.answered": { child: string; by: string; agreed: number };
  "consent.ended": { child: string; dataType: string; recipient: string; count: number };
  "restriction.attempted": { child: string; person: string };
  "family.invited": { family: string; by: string };
  "assignment.opened": { title: string; subject: string; dueAt: number };
  "submission.handed_in": { child: string; title: string; late: number };
  "submission.returned": { child: string; title: string; by: string; level: string };
  "feedback.given": { child: string; title: string; by: string; level: string };
  "study_plan.written": { title: string; by: string };
  "recovery.asked": { person: string };
  "recovery.begun": { person: string; readyAt: number };
  "recovery.done": { person: string };
  "security.pin_set": { child: string; by: string };
  "security.changed": { what: SecurityChange };
};
export type NotificationType = keyof NotificationFacts;
