import { BarChart } from "#app/components/charts/bar-chart.tsx";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { Day, Streaks, Week } from "#app/domain/learning/activity/rules.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const DRAWN = 7;

/** Streaks, the last days as bars, and the weeks as a table. */
export function ActivityFigures({ days, weeks, streaks }: { days: Day[]; weeks: Week[]; streaks: Streaks }) {
  const { m: { activity: m }, f } = useLanguage();
  const say = (minutes: number) => m.minutes(minutes, f.number(minutes));
  const drawn = days.slice(-DRAWN);
  const [total, active] = [drawn.reduce((sum, { minutes }) => sum + minutes, 0), drawn.filter(({ count }) => count > 0).length];
  return (
    <>
      <SummaryList rows={[
        { term: m.streak, value: streaks.current > 0 ? m.streakNow(streaks.current) : m.noStreak },
        { term: m.longest, value: m.streakNow(streaks.longest) },
      ]} />
      <h2>{m.byDay}</h2>
      <BarChart finding={active === 0 ? m.findingNone(drawn.length) : m.finding(say(total), active, drawn.length)} bars={drawn.map((day) => ({ label: f.shortDate(day.date), value: day.minutes, text: f.number(day.minutes) }))} columns={[m.day, m.minutesColumn]} />
      <DataTable caption={m.byWeek} rows={weeks.toReversed()} rowKey={(week) => week.startsOn} columns={[
        { heading: m.week, cell: (week) => f.shortDate(week.startsOn) },
        { heading: m.minutesColumn, numeric: true, cell: (week) => f.number(week.minutes) },
        { heading: m.daysColumn, numeric: true, cell: (week) => f.number(week.days) },
      ]} />
    </>
  );
}
