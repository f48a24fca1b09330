import type { PaymentScope } from "#db/payments.ts";
import type { Actor } from "../actor.ts";
import { can } from "../policy.ts";

/** Whose payments the actor may see: the own, those of children whose money they may see, and those of schools they administer. */
export function paymentScope(actor: Actor): PaymentScope {
  return {
    studentIds: [actor.userId, ...actor.wards.map((ward) => ward.childId)].filter((studentId) => can(actor, "purchase:view", studentId)),
    schoolIds: [...new Set(actor.memberships.map((held) => held.schoolId))].filter((schoolId) => can(actor, "school:administer", schoolId)),
  };
}
