import type { Actor } from "#app/domain/actor.ts";
import { DomainError } from "#app/domain/errors.ts";
import { authorize, type Action } from "#app/domain/policy.ts";
import type { Side } from "./cast.ts";

export type Verdict = "yes" | "no" | "unknown";

/** Of whom a rule speaks: of a family, a school, or a child. */
const subjectOf = (action: Action, side: Side) => (action.startsWith("family:") ? side.familyId : action.startsWith("school:") ? side.schoolId : side.childId);

/** What `policy.ts` says, as a word. */
export function verdict(actor: Actor, action: Action, side: Side): Verdict {
  try {
    authorize(actor, action, subjectOf(action, side));
    return "yes";
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.code === "not_found" ? "unknown" : "no";
  }
}
