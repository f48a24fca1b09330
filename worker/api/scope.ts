import { DomainError } from "#app/domain/errors.ts";
import type { Actor } from "#app/domain/actor.ts";
import type { Scope } from "#app/domain/identity/scopes.ts";
import type { Endpoint } from "./endpoint.ts";

/** What changes something needs the scope of its area. What has none here is not for programs. */
const AREAS: Record<string, Scope> = {
  Budgets: "purchases", Plans: "purchases", Purchases: "purchases", Payments: "purchases",
  Activity: "family", Bookings: "family", Children: "family", Consent: "family", Contacts: "family", Conversations: "family", Families: "family", Goals: "family", Guardianships: "family", Moods: "family", Notifications: "family", Profile: "family", Support: "family",
  Achievements: "school", Credentials: "school", Imports: "school", Learning: "school", Lessons: "school", People: "school", Moderation: "school", Restrictions: "school", Schools: "school", Teaching: "school",
};

/** Whose a door is of the two parts that have the API: a school's, or else families' (docs/decisions/024). */
export const isOfSchools = ({ tag }: Pick<Endpoint, "tag">) => AREAS[tag] === "school";

/** Signing in, second factors, passwords, sessions, open sockets and tokens themselves: whoever holds a token gets no nearer to the account. And what takes a step-up to read. */
export const OWN_DOORS = /^\/(auth|recoveries|live)(\/|$)|^\/calendar-feeds(\/|$)|^\/me\/(password|sessions|tokens|login-history)(\/|$)|^\/conversations\/[^/]+\/export$/;

/** The scope by which a personal token opens this door; null: by none. */
export function scopeOf({ method, path, tag }: Pick<Endpoint, "method" | "path" | "tag">): Scope | null {
  if (OWN_DOORS.test(path)) return null;
  return method === "get" ? "read" : (AREAS[tag] ?? null);
}

/** Throws forbidden for a personal token without the door's scope. Anybody else is the person themselves. */
export function requireScope(actor: Actor, door: Endpoint): void {
  if (actor.session.kind !== "personal") return;
  const scope = scopeOf(door);
  if (scope === null) throw new DomainError("forbidden", "not_by_token");
  if (!actor.scopes?.includes(scope)) throw new DomainError("forbidden", "scope_missing", { extra: { scope } });
}
