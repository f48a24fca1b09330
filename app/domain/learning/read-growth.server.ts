import { selectAttendance } from "#db/attendance.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectEvidence, selectLearned, selectObserved, selectPieces, selectSubjectLevels } from "#db/evidence.ts";
import { selectWritten } from "#db/written.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DAY, localDate, periodOn } from "../clock.ts";
import { readRule, type ChildAccess } from "../consent/access.ts";
import type { DataType } from "../consent/rules.ts";
import { authorizeRead, canRead } from "../policy.ts";
import { levelOf, type Competency } from "./competencies.ts";
import { COUNTS_FOR, standingsOf, type Standing } from "./competency-rules.ts";
import { focusAreas } from "./focus-rules.ts";
import { asWritten, noteShown } from "./read-written.server.ts";
import { countOf } from "./take-attendance.server.ts";

const growthRules = { progress: readRule("progress"), assessments: readRule("assessments"), attendance: readRule("attendance"), activity: readRule("activity") };
/** Assessments further back say nothing of what needs attention now. */
const LEVELS_SINCE = 120;

const dateBefore = (date: string, days: number) => new Date(Date.parse(date) - days * DAY).toISOString().slice(0, 10);
const asStanding = ({ points, ...standing }: Standing) => ({ ...standing, level: points === null ? null : levelOf(points) });

/**
 * How a child grows, by what this reader may see of it: competencies, what needs attention and why, the week in figures, what was written last. Whatever the
 * reader may not see counts nowhere. `week`: a date in it; null or ahead: this week.
 */
export async function readGrowth(ctx: AppContext, actor: Actor, childId: string, { week, competency }: { week: string | null; competency: Competency | null }) {
  const now = ctx.clock.now();
  const today = localDate(now, actor.timeZone);
  const period = periodOn(week !== null && week < today ? week : today, "week");
  const latest = { limit: 3 };
  const [[row], pieces, levels, observed, [learned], attended, observations, notes, evidence] = await ctx.db.batch([
    selectChildAccess(ctx.db, actor, childId, now), selectPieces(ctx.db, actor.userId, childId, growthRules, now - COUNTS_FOR, now),
    selectSubjectLevels(ctx.db, actor.userId, childId, growthRules, [dateBefore(today, LEVELS_SINCE), period.startsOn].sort()[0]!, now),
    selectObserved(ctx.db, actor.userId, childId, growthRules, period, now), selectLearned(ctx.db, actor.userId, childId, growthRules, period, now),
    selectAttendance(ctx.db, actor.userId, childId, growthRules.attendance, { limit: 200, since: period.startsOn }, now),
    selectWritten(ctx.db, "observation", actor.userId, childId, growthRules.progress, latest, now), selectWritten(ctx.db, "note", actor.userId, childId, growthRules.progress, latest, now),
    selectEvidence(ctx.db, actor.userId, childId, competency ?? "communication", growthRules, now),
  ]);
  const access = accessOf(row, actor, now);
  authorizeRead(actor, access, "progress");
  const may = (dataType: DataType) => canRead(actor, access, dataType);
  const theirs = may("assessments") ? levels : [];
  const counted = may("assessments") ? pieces : pieces.filter(({ source }) => source === "observation");
  const standings = standingsOf(counted, now);
  const inWeek = (on: string) => period.startsOn <= on && on < period.endsOn;
  const days = may("attendance") ? attended.filter(({ onDate }) => inWeek(onDate)) : [];
  const assessed = theirs.filter(({ on }) => inWeek(on));
  note(ctx, actor, access!, { progress: [...counted, ...observations, ...notes], assessments: theirs, attendance: days });
  return {
    child: { id: childId, name: row!.name, isSelf: actor.userId === childId }, atHome: access!.capacities.some(({ as }) => as === "self" || as === "guardian"),
    competencies: standings.map(asStanding),
    focus: focusAreas(standings, theirs.filter(({ on }) => on >= dateBefore(today, LEVELS_SINCE))).map(({ points, ...area }) => ({ ...area, level: levelOf(points) })),
    week: {
      ...period, isThis: inWeek(today), before: dateBefore(period.startsOn, 7), lastDay: dateBefore(period.endsOn, 1),
      observed: observed.map(({ by, times }) => ({ by, times })), assessed: assessed.map(({ id, subject, title, points }) => ({ id, subject, title, level: levelOf(points) })),
      attendance: may("attendance") && days.length > 0 ? countOf(days.map(({ status }) => status)) : null, learned: may("activity") && learned!.minutes > 0 ? learned! : null,
    },
    observations: observations.map(asWritten), notes: notes.map(asWritten),
    assessments: may("assessments") ? theirs.slice(0, 5).map(({ id, subject, title, points, on }) => ({ id, subject, title, level: levelOf(points), on })) : null,
    mayAttendance: may("attendance"),
    evidence: competency === null ? null : evidence.filter(({ source }) => source === "observation" || may("assessments")).map(({ points, ...piece }) => ({ ...piece, level: levelOf(points) })),
  };
}
export type Growth = Awaited<ReturnType<typeof readGrowth>>;
export type GrowthWeek = Growth["week"];

function note(ctx: AppContext, actor: Actor, access: ChildAccess, held: Partial<Record<DataType, { schoolId: string }[]>>): void {
  for (const [dataType, rows] of Object.entries(held)) noteShown(ctx, actor, access, dataType as DataType, rows.map(({ schoolId }) => schoolId));
}
