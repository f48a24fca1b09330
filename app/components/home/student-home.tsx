import type { StudentDashboard as Facts } from "#app/domain/dashboards/student-dashboard.server.ts";
import { BudgetStanding } from "#app/components/budgets/standing.tsx";
import { ProgressMeter } from "#app/components/charts/progress-meter.tsx";
import { Sparkline } from "#app/components/charts/sparkline.tsx";
import { PurchaseStatus } from "#app/components/purchases/purchase-status.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { LessonList } from "./lesson-list.tsx";

/** The student's own picture: what to do, what comes next, how it goes, what I have and what became of what I asked for. */
export function StudentHome({ id, lessons, tasks, materials, goals, week, standing, balance, minutes, requests }: Facts & { id: string }) {
  const { m: { goals: words, home: m }, f } = useLanguage();
  const limits = standing ? [standing.week, standing.month].filter((period) => period.limit !== null) : [];
  return (
    <>
      <h2>{m.toDo}</h2>
      {tasks.length === 0 ? <p>{m.nothingToDo}</p> : <LinkList rows={tasks.map((task) => ({ key: task.id, href: `/assignments/${task.id}`, title: task.title, hint: `${task.subject}, ${m.dueBy(f.until(task.dueAt))}` }))} />}
      <h2>{m.nextLessons}</h2>
      {lessons.length === 0 ? <p>{m.noLessonsOwn} <a href="/book">{m.bookOne}</a></p> : <LessonList lessons={lessons} other="teacher" />}
      {materials.length > 0 && <><h2>{m.toLearn}</h2><LinkList rows={materials.map((one) => ({ key: one.id, href: `/materials/${one.id}`, title: one.title, hint: one.percent > 0 ? m.doneSoFar(one.subject, words.percent(one.percent)) : one.subject }))} /></>}
      <h2>{m.howItGoes}</h2>
      <Sparkline finding={week.total > 0 ? m.ownWeek(m.timeSpent(week.total)) : m.ownQuietWeek} points={week.dates.map((date, at) => ({ label: f.shortDate(date), value: week.minutes[at]!, text: m.timeSpent(week.minutes[at]!) }))} />
      {goals.map((goal) => <ProgressMeter key={goal.id} label={goal.title} text={words.percent(goal.percent)} value={goal.percent} />)}
      <p className="links"><a href={`/children/${id}/goals`}>{m.ownGoals}</a><a href={`/children/${id}/mood`}>{m.ownMood}</a></p>
      <Cards>
        <Card title={m.youHave} href={`/children/${id}/account`}>
          <p>{minutes > 0 ? m.hours(m.timeSpent(minutes)) : m.noHours}</p>
          {balance && balance.amount !== 0 && <p><Money of={balance} /></p>}
        </Card>
        {standing && limits.length > 0 && (
          <Card title={m.mayStillSpend} href={`/children/${id}/budget`}>
            {limits.map((period) => <BudgetStanding key={period.kind} of={period} currency={standing.currency} />)}
          </Card>
        )}
      </Cards>
      {standing && <p><ButtonLink href="/shop">{m.toShop}</ButtonLink></p>}
      <h2>{m.lastAsked}</h2>
      {requests.length === 0 && <p>{m.nothingAsked}</p>}
      <Cards>
        {requests.map((request) => (
          <Card key={request.id} title={request.planName} href={`/requests/${request.id}`} tag={<PurchaseStatus status={request.status} forChild />}>
            <p><Money of={request} /></p>
          </Card>
        ))}
      </Cards>
      {requests.length > 0 && <p><a href="/requests">{m.seeRequests}</a></p>}
    </>
  );
}
