import { selectPairs } from "#db/lesson-pairs.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DAY, localDate } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { timetableReader } from "./standing.server.ts";

const OFFERED = 60;

/** For whom the actor may set lessons: by name, or one student's alone. */
export async function loadNewLesson(ctx: AppContext, actor: Actor, { studentId, q }: { studentId?: string | undefined; q?: string | undefined }) {
  const reader = timetableReader(actor);
  if (reader.teachesAt.length + reader.administers.length === 0) throw new DomainError("forbidden");
  const now = ctx.clock.now();
  const pairs = await selectPairs(ctx.db, reader, { studentId, q, limit: OFFERED + 1 }, now);
  const zone = pairs[0]?.timeZone ?? actor.timeZone;
  return { pairs: pairs.slice(0, OFFERED).map(({ enrolmentId, student, subject, teacherId, teacher }) => ({ enrolmentId, student, subject, /** Null: the reader. */ teacher: teacherId === actor.userId ? null : teacher })), more: pairs.length > OFFERED, timeZone: zone, tomorrow: localDate(now + DAY, zone) };
}
