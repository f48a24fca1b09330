import type { Capacity } from "./kinds.ts";

export const LONGEST_MESSAGE = 4000;
/** How long a message may be changed or taken back by who wrote it. */
export const EDIT_WINDOW = 15 * 60_000;

/** A client's own id of a message. */
export const CLIENT_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** What stands in lists: one line, no more than this. */
export const EXCERPT = 120;
export const excerptOf = (text: string) => text.replace(/\s+/g, " ").trim().slice(0, EXCERPT);

/** Guardians look on where a child talks with an adult. */
export const looksOn = (capacity: Capacity, kind: string) => capacity === "guardian" && (kind === "student_teacher" || kind === "student_tutor");
