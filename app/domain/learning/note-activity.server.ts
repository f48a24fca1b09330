import { insertActivity, type NewActivity } from "#db/activities.ts";
import type { Write } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import { localDate } from "../clock.ts";

type Did = {
  studentId: string;
  schoolId: string | null;
  subjectId: string | null;
  kind: NewActivity["kind"];
  /** What the feed says of it: the thing's title. */
  about: string;
  minutes: number;
  /** The thing that caused it: `subm_…`, `les_…`, `mat_…:2026-11-21`. It counts once, however often it is written. */
  cause: string;
  /** The learner's. */
  timeZone: string;
  /** When it was done, where that is not now. */
  at?: number;
};

/** A learner's activity, to stand in the batch of what they did. */
export function noteActivity(ctx: AppContext, { timeZone, at = ctx.clock.now(), ...did }: Did): Write {
  return insertActivity(ctx.db, { id: ctx.ids.make("act"), ...did, at, onDate: localDate(at, timeZone) });
}
