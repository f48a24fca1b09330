import { selectPerson, type PersonOfSchool } from "#db/people.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { authorize } from "../policy.ts";

/** Somebody of the school that the actor administers. Throws not_found for who is not of it, and forbidden where only an owner may act. */
export async function requirePerson(ctx: AppContext, actor: Actor, schoolId: string, userId: string): Promise<PersonOfSchool> {
  authorize(actor, "school:administer", schoolId);
  return checkPerson(actor, userId, (await selectPerson(ctx.db, schoolId, userId))[0]);
}

export function checkPerson(actor: Actor, userId: string, person: PersonOfSchool | undefined): PersonOfSchool {
  if (!person || actor.restrictedFrom.includes(userId)) throw notFound(actor.restrictedFrom.includes(userId) ? userId : undefined);
  return person;
}

/** What is done to an owner, only an owner may do: else an administrator could take the school by a new password. */
export function authorizeOver(actor: Actor, schoolId: string, person: Pick<PersonOfSchool, "roles">): void {
  if (person.roles.some(({ role }) => role === "school_owner")) authorize(actor, "school:own", schoolId);
}
