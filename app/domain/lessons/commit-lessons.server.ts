import { commit, type Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { listClashes, type Clash, type Slot } from "#db/lesson-slots.ts";
import { findHours } from "#db/lesson-writes.ts";
import type { AppContext } from "../../context.ts";
import { DomainError } from "../errors.ts";
import { localOf } from "./local-time.ts";
import { minutesOf } from "./rules.ts";

export type Claim = { studentId: string; schoolId: string; timeZone: string; /** Time that is taken. */ slots: Slot[]; /** Lessons that use hours, as they would be. */ using: { id: string; startsAt: number; endsAt: number }[] };

/** Commits an act on lessons of one student, and says in the family's terms which rule of the schema it broke. Whose other lesson is in the way stays untold. */
export async function commitLessons(ctx: AppContext, writes: Write[], { studentId, schoolId, timeZone, slots, using }: Claim): Promise<void> {
  try {
    await commit(ctx.db, writes);
  } catch (error) {
    if (broke(error, "NOT NULL lessons.revision")) throw new DomainError("conflict", "lesson_changed_meanwhile");
    if (broke(error, "UNIQUE bookings.lesson_id", "UNIQUE lesson_slots.lesson_id")) throw new DomainError("conflict", "move_waits");
    if (broke(error, "CHECK lessons_enough_hours")) {
      const { had, held } = await findHours(ctx.db, studentId, schoolId, using.map(({ id }) => id));
      throw new DomainError("conflict", "not_enough_hours", { extra: { minutes: { needed: using.reduce((sum, times) => sum + minutesOf(times), 0), free: Math.max(0, had - held) } } });
    }
    if (broke(error, "CHECK lesson_slots_teacher_free", "CHECK lesson_slots_student_free")) {
      const clashes = await listClashes(ctx.db, slots);
      const busy = clashes.some(({ teacher }) => teacher) || broke(error, "CHECK lesson_slots_teacher_free") ? "teacher_busy" : "student_busy";
      throw new DomainError("conflict", busy, { extra: { clashes: clashesOf(clashes, timeZone) } });
    }
    throw error;
  }
}

/** When somebody is busy, and who; with what is not theirs to know who asks. */
export const clashesOf = (clashes: Clash[], timeZone: string) => clashes.map((clash) => ({ localStart: localOf(clash.startsAt, timeZone), busy: clash.teacher ? ("teacher" as const) : ("student" as const) }));
