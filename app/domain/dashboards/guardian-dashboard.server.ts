import { countProposals, selectAttendanceOn, selectBookingsWaiting, selectHighlights, selectLearningDays, selectLessonsOfStudents, selectMoodsOn, selectTasks, type BookingBrief, type Highlight, type LessonBrief, type TaskBrief } from "#db/dashboards.ts";
import { selectDecisionsOfPage, selectPaymentsOfPage, selectRequests } from "#db/purchases.ts";
import { selectStandingFacts } from "#db/standings.ts";
import type { AppContext } from "../../context.ts";
import { hasEveryRight, type Actor } from "../actor.ts";
import { standingsOf, type ChildStanding } from "../budgets/children-standings.server.ts";
import { DAY, localDate, startOfDay } from "../clock.ts";
import { noteLook } from "../consent/note-look.server.ts";
import type { DataType } from "../consent/rules.ts";
import { can, canReadWard } from "../policy.ts";
import { briefOf, type PurchaseBrief } from "../purchases/purchase-page.server.ts";
import { comparedWith, lastDays, minutesPerDay, quietFor } from "./rules.ts";

export type { LessonBrief };

/** A child at a glance. Null or empty where there is nothing, or nothing that this reader may see. */
export type ChildCard = {
  id: string; name: string; standing: ChildStanding | null; /** Requests that wait for anybody. */ waiting: number;
  lessons: LessonBrief[]; /** At school today. */ attendance: "present" | "late" | "absent" | "excused" | null; /** Due before tomorrow ends. */ tasks: number; mood: string | null;
  /** What this reader may ask further. */ sees: { mood: boolean; lessons: boolean };
};

/** What needs somebody soon, with the child's name: a lesson to decide on, work that is due, consents that wait, a learner who fell silent. */
export type Urgent =
  | { kind: "booking"; child: string; by: number; booking: BookingBrief }
  | { kind: "task"; child: string; by: number; task: TaskBrief }
  | { kind: "consents"; child: string; by: number; childId: string; count: number }
  | { kind: "quiet"; child: string; by: null; childId: string; days: number };

/** The family's last seven days, and the seven before to compare with. Null where the reader sees nobody's activity. */
type FamilyWeek = { dates: string[]; minutes: number[]; total: number; before: number; trend: "more" | "less" | "same"; children: { id: string; name: string; minutes: number }[] };

export type GuardianDashboard = { waiting: PurchaseBrief[]; urgent: Urgent[]; children: ChildCard[]; highlights: (Highlight & { child: string })[]; week: FamilyWeek | null };

/** Far more than a family ever has waiting; the page shows the most urgent. */
const MOST = 50;
/** Work is urgent from two days before it is due until a week after. */
const [SOON, OVERDUE] = [2 * DAY, 7 * DAY];
const [SILENCE, HIGHLIGHTS] = [28, 14];

/** All that a guardian's home shows: one batch, whatever the number of children. */
export async function getGuardianDashboard(ctx: AppContext, actor: Actor): Promise<GuardianDashboard> {
  const now = ctx.clock.now();
  const today = localDate(now, actor.timeZone);
  const ids = actor.wards.map((ward) => ward.childId);
  const reads = (dataType: DataType) => ids.filter((id) => canReadWard(actor, id, dataType));
  const [money, timetable] = [ids.filter((id) => can(actor, "budget:view", id)), ids.filter((id) => can(actor, "lesson:view", id))];
  const [progress, assessments, activity, mood, attendance] = [reads("progress"), reads("assessments"), reads("activity"), reads("mood"), reads("attendance")];
  const dates = lastDays(today, SILENCE);
  const [homes, controls, limits, periods, requests, decisions, payments, lessons, tasks, days, moods, present, highlights, bookings, proposals] = await ctx.db.batch([
    ...selectStandingFacts(ctx.db, money, now),
    selectRequests(ctx.db, money, { status: "pending" }, now, MOST), selectDecisionsOfPage(ctx.db, money, { status: "pending" }, now, MOST), selectPaymentsOfPage(ctx.db, money, { status: "pending" }, now, MOST),
    selectLessonsOfStudents(ctx.db, timetable, { from: startOfDay(today, actor.timeZone), until: now + 7 * DAY, limit: 200 }),
    selectTasks(ctx.db, assessments, { from: now - OVERDUE, until: now + SOON, limit: MOST }, now),
    selectLearningDays(ctx.db, activity, dates[0]!), selectMoodsOn(ctx.db, mood, today), selectAttendanceOn(ctx.db, attendance, today),
    selectHighlights(ctx.db, { progress, assessments }, now - HIGHLIGHTS * DAY, 3),
    selectBookingsWaiting(ctx.db, ids.filter((id) => can(actor, "lesson:schedule", id)), now, MOST),
    countProposals(ctx.db, actor.userId, actor.wards.filter(hasEveryRight).map((ward) => ward.childId), now),
  ]);
  for (const { childId, isPrimary } of actor.wards) {
    const seen = ([["assessments", assessments], ["activity", activity], ["mood", mood], ["attendance", attendance], ["progress", progress]] as const).flatMap(([dataType, of]) => (of.includes(childId) ? [dataType] : []));
    // A look at one's own child as its first guardian would only fill the log that she reads.
    if (!isPrimary || actor.viewedBy) noteLook(ctx, actor, { childId, capacity: "guardian", dataTypes: seen });
  }

  const nameOf = (id: string) => actor.wards.find((ward) => ward.childId === id)!.name;
  const of = <T extends { studentId: string }>(rows: T[], id: string) => rows.filter((row) => row.studentId === id);
  const standings = standingsOf([homes, controls, limits, periods], now);
  const pending = requests.map((row) => briefOf(row, decisions, payments, now));
  const tomorrowEnds = startOfDay(today, actor.timeZone) + 2 * DAY;
  return {
    waiting: pending.filter((request) => can(actor, "purchase:approve", request.studentId) && request.decisions.every((decision) => decision.by !== actor.userId)).sort((a, b) => a.expiresAt - b.expiresAt),
    urgent: [
      ...bookings.map((booking) => ({ kind: "booking" as const, child: nameOf(booking.studentId), by: booking.expiresAt, booking })),
      ...tasks.map((task) => ({ kind: "task" as const, child: nameOf(task.studentId), by: task.dueAt, task })),
      ...proposals.map(({ studentId, count, expiresAt }) => ({ kind: "consents" as const, child: nameOf(studentId), by: expiresAt, childId: studentId, count })),
      ...activity.flatMap((id) => {
        const silent = quietFor(of(days, id), today);
        return silent === null ? [] : [{ kind: "quiet" as const, child: nameOf(id), by: null, childId: id, days: silent }];
      }),
    ].sort((one, other) => (one.by ?? Infinity) - (other.by ?? Infinity)),
    children: actor.wards.map(({ childId: id, name }) => ({
      id, name, standing: standings.get(id) ?? null, waiting: of(pending, id).length,
      lessons: of(lessons, id).filter(({ endsAt }) => endsAt > now).slice(0, 1), attendance: of(present, id).at(-1)?.status ?? null, tasks: of(tasks, id).filter(({ dueAt }) => dueAt < tomorrowEnds).length, mood: of(moods, id).at(-1)?.mood ?? null,
      sees: { mood: mood.includes(id), lessons: timetable.includes(id) },
    })),
    highlights: highlights.map((highlight) => ({ ...highlight, child: nameOf(highlight.studentId) })),
    week: activity.length === 0 ? null : weekOf(dates, activity.map((id) => ({ id, name: nameOf(id), days: of(days, id) }))),
  };
}

function weekOf(dates: string[], children: { id: string; name: string; days: { onDate: string; minutes: number }[] }[]): FamilyWeek {
  const [last, week] = [dates.slice(-14, -7), dates.slice(-7)];
  const sum = (minutes: number[]) => minutes.reduce((total, some) => total + some, 0);
  const everybody = children.flatMap(({ days }) => days);
  const minutes = minutesPerDay(everybody, week);
  const [total, before] = [sum(minutes), sum(minutesPerDay(everybody, last))];
  return { dates: week, minutes, total, before, trend: comparedWith(before, total), children: children.map(({ id, name, days }) => ({ id, name, minutes: sum(minutesPerDay(days, week)) })) };
}
