import type { DataType } from "../consent/rules.ts";
import { pointsOf } from "./competencies.ts";
import type { NewWritten, Shown, Visibility } from "./write-of-student.server.ts";
import type { WrittenInput, WrittenKind } from "./written-inputs.ts";

type Columns<K extends WrittenKind> = Omit<NewWritten[K], "id" | "studentId" | "schoolId" | "authorId" | "createdAt">;
type KindRule<K extends WrittenKind> = {
  dataType: DataType; prefix: string; columns: (input: WrittenInput[K]) => Columns<K>; shows: (input: WrittenInput[K]) => Shown[]; subjectId: (input: WrittenInput[K]) => string | null;
};

/** Where each kind is listed, and each of it shown. */
export const placeOf = { observation: "observations", assessment: "assessments", note: "notes" } as const;

/** In what the three differ. */
export const kinds: { [K in WrittenKind]: KindRule<K> } = {
  observation: {
    dataType: "progress", prefix: "obs", subjectId: (input) => input.subjectId,
    columns: ({ text, on, subjectId, visibility }) => ({ text, observedOn: on, subjectId, visibility }),
    shows: ({ competencies }) => competencies.map(({ competency, level }) => ({ competency, points: pointsOf(level) })),
  },
  assessment: {
    dataType: "assessments", prefix: "asm", subjectId: (input) => input.subjectId,
    columns: ({ subjectId, title, kind, level, comment, on, visibility }) => ({ subjectId, title, kind, level: pointsOf(level), comment, takenOn: on, visibility }),
    shows: ({ competencies, level }) => competencies.map((competency) => ({ competency, points: pointsOf(level) })),
  },
  note: { dataType: "progress", prefix: "rem", subjectId: () => null, columns: ({ text, visibility }) => ({ text, visibility }), shows: () => [] },
};

type AtHome = { guardians: string[]; studentId: string };

/** Who at home sees it: nobody what stays among the staff. */
export const circleOf = (visibility: Visibility | null, { guardians, studentId }: AtHome): string[] => (visibility === null || visibility === "staff" ? [] : visibility === "guardians" ? guardians : [...guardians, studentId]);

/** Who is newly let see it, and so is told: nobody twice. */
export function newlyShown(before: Visibility | null, after: Visibility, atHome: AtHome): string[] {
  const known = new Set(circleOf(before, atHome));
  return circleOf(after, atHome).filter((userId) => !known.has(userId));
}
