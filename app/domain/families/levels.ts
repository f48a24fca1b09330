/** Levels of the curriculum: pre-primary, then Grades 1 to 12. */
export const LEVELS = ["pp1", "pp2", ...Array.from({ length: 12 }, (_, index) => `grade-${index + 1}`)] as [string, ...string[]];
