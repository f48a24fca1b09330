import type { ChildAccess } from "../consent/access.ts";

/** Of a reader's capacities those in which a row of that school (null: the family's own) is theirs to read: a school sees only what is its own. */
export function forRowsOf<A extends ChildAccess | undefined>(access: A, schoolId: string | null): A {
  return access && { ...access, capacities: access.capacities.filter((capacity) => !("schoolId" in capacity) || capacity.schoolId === schoolId) };
}
