import type { Typed } from "./forms.ts";

/** The ticked boxes of a list of students. */
export const tickedStudents = (typed: Typed): string[] => Object.keys(typed).flatMap((name) => (name.startsWith("student.") ? [name.slice("student.".length)] : []));
