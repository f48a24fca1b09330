import * as z from "zod";
import { AudienceInput, ChangeAudienceInput } from "../audience.ts";
import { COMPETENCIES, LEVELS } from "../competencies.ts";

export const minutesTaken = z.coerce.number("minutes_unusable").int("minutes_unusable").min(1, "minutes_unusable").max(600, "minutes_unusable");
export const Title = z.string("title_missing").trim().min(1, "title_missing").max(150, "too_long").regex(/^[^\u0000-\u001f]*$/, "invalid");
export const LongText = z.string("invalid").trim().max(10_000, "too_long");

/** A local date and time of a zone; of a time that exists twice the first, unless an offset is given. */
const due = {
  dueOn: z.iso.date("date_missing"), dueTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time_missing"), timeZone: z.string("missing").max(60, "too_long"),
  offset: z.string().regex(/^([+-]\d\d:\d\d|Z)$/, "invalid").optional(),
};
export type DueInput = { dueOn: string; dueTime: string; timeZone: string; offset?: string | undefined };

export const AssignmentInput = AudienceInput.extend({
  title: Title, instructions: LongText.default(""), competency: z.enum(COMPETENCIES, "not_a_choice").nullable().default(null), ...due,
  status: z.enum(["draft", "open"], "not_a_choice").default("draft"),
}).meta({ id: "NewAssignment" });
export type AssignmentInput = z.infer<typeof AssignmentInput>;

/** The due time is changed as a whole. */
export const ChangeAssignmentInput = z.object({ title: Title, instructions: LongText, competency: z.enum(COMPETENCIES, "not_a_choice").nullable(), ...due, status: z.enum(["open", "closed"], "not_a_choice") }).partial().extend(ChangeAudienceInput.shape)
  .refine(({ dueOn, dueTime, timeZone }) => new Set([dueOn, dueTime, timeZone].map((part) => part === undefined)).size === 1, { path: ["dueOn"], message: "due_whole" }).meta({ id: "ChangeAssignment" });
export type ChangeAssignmentInput = z.infer<typeof ChangeAssignmentInput>;

/** `attempt`: which one this is, so that a form sent twice counts once. */
export const HandInInput = z.object({ text: LongText.default(""), attempt: z.coerce.number("invalid").int("invalid").min(1, "invalid").max(1000, "invalid").default(1), minutes: minutesTaken.optional() }).meta({ id: "NewSubmission" });
export type HandInInput = z.infer<typeof HandInInput>;

export const FeedbackInput = z.object({ level: z.enum(LEVELS, "level_unknown").nullable().default(null), comment: LongText.default(""), again: z.boolean().default(false).meta({ description: "Sent back for another try, without a level" }) }).meta({ id: "NewFeedback" });
export type FeedbackInput = z.infer<typeof FeedbackInput>;
