import * as z from "zod";

export const REASONS = ["hurtful", "unsafe", "unwanted", "other"] as const;

/** A blank word is none. */
const words = (most: number) => z.string().trim().max(most, "too_long").transform((text) => text || null).nullable().default(null);

export const ReportInput = z.object({ reason: z.enum(REASONS, "report_reason_missing"), words: words(500) }).meta({ id: "ReportMessage" });
export type ReportInput = z.infer<typeof ReportInput>;

export const DecisionInput = z.object({ outcome: z.enum(["removed", "dismissed"], "not_a_choice"), note: words(300) }).meta({ id: "DecideReport" });
export type DecisionInput = z.infer<typeof DecisionInput>;

export const ReportListQuery = z.object({ status: z.enum(["open", "decided"], "not_a_choice").default("open") });
