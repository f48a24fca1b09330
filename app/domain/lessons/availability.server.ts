import { replaceAvailability, selectAbsences, selectAvailability } from "#db/availability.ts";
import { commit } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { dayAfter, localDate } from "../clock.ts";
import { invalid, notFound } from "../errors.ts";
import { keyOf, type AvailabilityAct, type AvailabilityInput } from "./availability-inputs.ts";

/** The schools at which this person teaches. */
export const schoolsTaughtAt = (actor: Actor) => actor.memberships.filter(({ role }) => role === "teacher").map(({ schoolId, schoolName }) => ({ id: schoolId, name: schoolName }));

function requireTeaching(actor: Actor, schoolId: string): void {
  if (!schoolsTaughtAt(actor).some(({ id }) => id === schoolId)) throw notFound();
}

/** When a teacher said that they can be booked at that school, and are away. */
export async function getAvailability(ctx: AppContext, actor: Actor, schoolId: string): Promise<AvailabilityInput> {
  requireTeaching(actor, schoolId);
  const [windows, absences] = await ctx.db.batch([selectAvailability(ctx.db, actor.userId, schoolId), selectAbsences(ctx.db, actor.userId, localDate(ctx.clock.now(), actor.timeZone))]);
  return { schoolId, windows, absences };
}

/** Says it anew. Lessons that stand already stay. */
export async function setAvailability(ctx: AppContext, actor: Actor, { schoolId, windows, absences }: AvailabilityInput): Promise<void> {
  requireTeaching(actor, schoolId);
  const [createdAt, teacherId] = [ctx.clock.now(), actor.userId];
  await commit(ctx.db, [
    ...replaceAvailability(ctx.db, teacherId, schoolId,
      windows.map(({ timeZone = actor.timeZone, ...window }) => ({ id: ctx.ids.make("avl"), teacherId, schoolId, ...window, timeZone, createdAt })),
      absences.map((absence) => ({ id: ctx.ids.make("abs"), teacherId, ...absence, createdAt }))),
    record(ctx, actor, { action: "availability.changed", subjectId: teacherId, schoolId, details: { windows: windows.length, absences: absences.length } }),
  ]);
}

/** One step of it, from a page. */
export async function changeAvailability(ctx: AppContext, actor: Actor, schoolId: string, act: AvailabilityAct): Promise<void> {
  const said = await getAvailability(ctx, actor, schoolId);
  const windows = said.windows.filter((window) => act.act !== "remove-window" || keyOf(window) !== act.key);
  const absences = said.absences.filter((absence) => act.act !== "remove-absence" || keyOf(absence) !== act.key);
  if (act.act === "add-window") {
    if (act.localEnd !== "00:00" && act.localEnd <= act.localStart) throw invalid("localEnd", "window_ends_before_start");
    windows.push({ weekday: act.weekday, localStart: act.localStart, localEnd: act.localEnd });
  }
  if (act.act === "add-absence") {
    if (act.lastDay < act.startsOn) throw invalid("lastDay", "absence_ends_before_start");
    absences.push({ startsOn: act.startsOn, endsOn: dayAfter(act.lastDay) });
  }
  if (windows.length > 50 || absences.length > 50) throw invalid("act", "too_many_windows");
  await setAvailability(ctx, actor, { schoolId, windows, absences });
}
