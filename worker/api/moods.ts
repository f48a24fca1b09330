import * as z from "zod";
import type { MoodEntry } from "#db/moods.ts";
import { DaysInput } from "#app/domain/learning/days.ts";
import { ChangeMoodInput, RecordMoodInput } from "#app/domain/learning/moods/inputs.ts";
import { readMoods } from "#app/domain/learning/moods/read-moods.server.ts";
import { changeMood, recordMood } from "#app/domain/learning/moods/record-mood.server.ts";
import { MOODS } from "#app/domain/learning/moods/rules.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const MoodView = z.object({
  id: z.string(), studentId: z.string(), onDate: z.iso.date(), mood: z.enum(MOODS), energy: z.int().min(1).max(5), note: z.string().nullable(), recordedBy: z.string(), recorder: z.string(), at: Instant,
}).meta({ id: "Mood" });
const view = ({ id, studentId, onDate, mood, energy, note, recordedBy, recorder, at }: MoodEntry): z.infer<typeof MoodView> => ({ id, studentId, onDate, mood, energy, note, recordedBy, recorder, at: isoTime(at) });

const Moods = pageOf(MoodView).extend({
  from: z.iso.date(), to: z.iso.date(),
  energy: z.array(z.object({ date: z.iso.date(), energy: z.number() })).meta({ description: "One figure a day, oldest first" }), trend: z.enum(["up", "down", "steady", "unknown"]),
}).meta({ id: "Moods" });

export const moods = [
  endpoint({
    method: "post", path: "/moods", tag: "Moods", summary: "Say how a child feels today; saying it again the same day replaces one's own word", actor: "required", policy: "mood:record", body: RecordMoodInput, answers: { 201: MoodView },
    handle: async ({ ctx, actor, body }) => ({ status: 201, body: view(await recordMood(ctx, actor, body)) }),
  }),
  endpoint({
    method: "patch", path: "/moods/{moodId}", tag: "Moods", summary: "Change one's own word of the same local day", actor: "required", policy: "mood:record", params: z.object({ moodId: z.string() }), body: ChangeMoodInput, answers: { 200: MoodView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: view(await changeMood(ctx, actor, params.moodId, body)) }),
  }),
  endpoint({
    method: "get", path: "/moods", tag: "Moods", summary: "How a child felt, with the trend", actor: "required", policy: "own", query: DaysInput.safeExtend({ studentId: z.string().max(60) }), answers: { 200: Moods },
    handle: async ({ ctx, actor, query: { studentId, ...asked } }) => {
      const { days, entries, energy, trend } = await readMoods(ctx, actor, studentId, asked);
      return { status: 200, body: { ...days, items: entries.map(view), nextCursor: null, energy, trend } };
    },
  }),
];
