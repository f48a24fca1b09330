import { deleteActivity, insertActivity, selectActivityOf, selectTold } from "#db/activities.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { commit, commitReturning } from "#db/client.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { HOUR, localDate, startOfDay } from "../../clock.ts";
import { invalid, notFound } from "../../errors.ts";
import { authorize, authorizeRead } from "../../policy.ts";
import { addDays } from "../days.ts";
import type { TellActivityInput } from "./inputs.ts";
import { toldBy } from "./rules.ts";

const DAYS_BACK = 7;

/** What a learner did away from here, as they or a guardian tell it. The same `key` tells it once. */
export async function tellActivity(ctx: AppContext, actor: Actor, studentId: string, { onDate, ...told }: TellActivityInput, key: string) {
  authorize(actor, "activity:tell", studentId);
  const now = ctx.clock.now();
  const [row] = await selectChildAccess(ctx.db, actor, studentId, now);
  authorizeRead(actor, accessOf(row, actor, now), "activity");
  const today = localDate(now, row!.timeZone);
  const day = onDate ?? today;
  if (day > today) throw invalid("onDate", "activity_ahead");
  if (day < addDays(today, -DAYS_BACK)) throw invalid("onDate", "activity_long_ago");
  const cause = `${toldBy(actor.userId)}${key}`;
  const id = ctx.ids.make("act");
  const at = day === today ? now : startOfDay(day, row!.timeZone) + 12 * HOUR;
  const answers = await commitReturning(ctx.db, [
    insertActivity(ctx.db, { id, studentId, schoolId: null, subjectId: null, ...told, cause, onDate: day, at }),
    record(ctx, actor, { action: "activity.told", subjectId: id, childId: studentId, details: { kind: told.kind, minutes: told.minutes, onDate: day } }),
    selectActivityOf(ctx.db, studentId, cause),
  ]);
  const [kept] = answers.at(-1) as Awaited<ReturnType<typeof selectActivityOf>>;
  return kept!;
}

/** Takes back what oneself told. Days and streaks are counted from what is left. */
export async function takeBackActivity(ctx: AppContext, actor: Actor, studentId: string, id: string): Promise<void> {
  authorize(actor, "activity:tell", studentId);
  const now = ctx.clock.now();
  const [[row], [told]] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectTold(ctx.db, studentId, toldBy(actor.userId), id)]);
  authorizeRead(actor, accessOf(row, actor, now), "activity");
  if (!told) throw notFound();
  const { kind, minutes, onDate } = told;
  await commit(ctx.db, [deleteActivity(ctx.db, id), record(ctx, actor, { action: "activity.taken_back", subjectId: id, childId: studentId, details: { kind, minutes, onDate } })]);
}
