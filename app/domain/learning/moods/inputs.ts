import * as z from "zod";
import { MOODS } from "./rules.ts";

const said = {
  mood: z.enum(MOODS, "mood_missing"),
  energy: z.coerce.number("energy_range").int("energy_range").min(1, "energy_range").max(5, "energy_range"),
  /** Blank is none. */
  note: z.string().trim().max(500, "too_long").transform((note) => note || null).nullable(),
};

export const MoodInput = z.object({ ...said, note: said.note.default(null) }).meta({ id: "MoodSaid" });
export type MoodInput = z.infer<typeof MoodInput>;

export const RecordMoodInput = MoodInput.extend({ studentId: z.string("missing").max(60, "too_long") }).meta({ id: "RecordMood" });
export type RecordMoodInput = z.infer<typeof RecordMoodInput>;

export const ChangeMoodInput = z.object(said).partial().meta({ id: "ChangeMood" });
export type ChangeMoodInput = z.infer<typeof ChangeMoodInput>;
