import * as z from "zod";
import { COMPETENCIES, LEVELS } from "./competencies.ts";

export const VISIBILITIES = ["staff", "guardians", "child"] as const;
export const ASSESSMENT_KINDS = ["formative", "summative", "project", "oral"] as const;
/** More would say nothing of any of them. */
export const MOST_COMPETENCIES = 3;

export const CompetencyName = z.enum(COMPETENCIES, "competency_unknown");
export const LevelName = z.enum(LEVELS, { error: ({ input }) => (input === undefined ? "level_missing" : "level_unknown") });
export const VisibilityName = z.enum(VISIBILITIES, "visibility_missing");
const text = (missing: string) => z.string(missing).trim().min(1, missing).max(2000, "too_long");
const date = z.iso.date("date_wrong");
const studentId = z.string("missing").max(60, "too_long");

/** Twice the same would count twice. */
const distinct = <T>(name: (one: T) => string) => (many: T[]) => new Set(many.map(name)).size === many.length;

export const ObservationInput = z.object({
  text: text("text_missing"), on: date, visibility: VisibilityName,
  subjectId: z.string().max(60, "too_long").nullish().transform((id) => id ?? null),
  competencies: z.array(z.object({ competency: CompetencyName, level: LevelName })).max(MOST_COMPETENCIES, "competencies_too_many").refine(distinct((one: { competency: string }) => one.competency), "competency_twice").default([]),
});
export const AssessmentInput = z.object({
  subjectId: z.string("subject_missing").max(60, "too_long"), title: z.string("assessed_missing").trim().min(1, "assessed_missing").max(120, "too_long"), kind: z.enum(ASSESSMENT_KINDS, "not_a_choice"),
  level: LevelName, comment: z.string().trim().max(2000, "too_long").default(""), on: date, visibility: VisibilityName,
  competencies: z.array(CompetencyName).max(MOST_COMPETENCIES, "competencies_too_many").refine(distinct((one: string) => one), "competency_twice").default([]),
});
export const NoteInput = z.object({ text: text("text_missing"), visibility: VisibilityName });

export const NewObservation = ObservationInput.extend({ studentId }).meta({ id: "NewObservation" });
export const NewAssessment = AssessmentInput.extend({ studentId }).meta({ id: "NewAssessment" });
export const NewNote = NoteInput.extend({ studentId }).meta({ id: "NewNote" });

export type ObservationInput = z.infer<typeof ObservationInput>;
export type AssessmentInput = z.infer<typeof AssessmentInput>;
export type NoteInput = z.infer<typeof NoteInput>;
export type WrittenInput = { observation: ObservationInput; assessment: AssessmentInput; note: NoteInput };
export type WrittenKind = keyof WrittenInput;
