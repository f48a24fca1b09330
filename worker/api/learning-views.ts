import * as z from "zod";
import { COMPETENCIES, LEVELS } from "#app/domain/learning/competencies.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

export const FileView = z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.int() }).meta({ id: "File" });
export const fileView = ({ id, name, type, size }: z.infer<typeof FileView>): z.infer<typeof FileView> => ({ id, name, type, size });
export const CompetencyView = z.enum(COMPETENCIES);
export const LevelView = z.enum(LEVELS);
export const AttemptState = z.enum(["waiting", "returned", "reviewed"]);

export const ProgressView = z.object({ openedAt: Instant.nullable(), percent: z.int(), doneAt: Instant.nullable() }).meta({ id: "Progress" });
export const progressView = ({ openedAt, percent, doneAt }: { openedAt: number | null; percent: number | null; doneAt: number | null }): z.infer<typeof ProgressView> => ({ openedAt: isoTimeOrNull(openedAt), percent: percent ?? 0, doneAt: isoTimeOrNull(doneAt) });

/** A due time as the instant and as the clocks of its zone show it. */
export const DueView = { dueAt: Instant, timeZone: z.string() };
export const dueView = ({ dueAt, timeZone }: { dueAt: number; timeZone: string }) => ({ dueAt: isoTime(dueAt, timeZone), timeZone });
