import type { Actor } from "../actor.ts";

type Home = "own" | "family" | "school" | "teaching" | "tutoring";

/** The homes somebody has, one for each of their hats, the first of them being where they begin. Who only works at a school has none of a family's. */
export function homesOf(actor: Pick<Actor, "kind" | "wards" | "familyIds" | "memberships">): Home[] {
  if (actor.kind === "child") return ["own"];
  const holds = (...roles: string[]) => actor.memberships.some(({ role }) => roles.includes(role));
  const work: Home[] = [
    ...(holds("school_owner", "school_admin", "school_staff") ? ["school" as const] : []), ...(holds("teacher") ? ["teaching" as const] : []), ...(holds("tutor") ? ["tutoring" as const] : []),
  ];
  return actor.wards.length > 0 || actor.familyIds.length > 0 || work.length === 0 ? ["family", ...work] : work;
}
