import type { Role } from "../actor.ts";

export const STAFF_ROLES = ["school_owner", "school_admin", "teacher", "tutor", "school_staff"] as const satisfies Role[];
export const ROLES = [...STAFF_ROLES, "student", "parent"] as const satisfies Role[];

/** The three lists of a school's people. */
export const KINDS = ["student", "guardian", "staff"] as const;
export type Kind = (typeof KINDS)[number];

export const kindOf = (role: Role): Kind => (role === "student" ? "student" : role === "parent" ? "guardian" : "staff");
/** Children learn; everything else is for adults. */
export const isForAdults = (role: Role): boolean => role !== "student";
export const isKind = (word: string): word is Kind => (KINDS as readonly string[]).includes(word);
