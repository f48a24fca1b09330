import type { GuardianDashboard as Facts } from "#app/domain/dashboards/guardian-dashboard.server.ts";
import { levelOf } from "#app/domain/learning/competencies.ts";
import { WaitingCard } from "#app/components/approvals/waiting-card.tsx";
import { Sparkline } from "#app/components/charts/sparkline.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { ChildCard } from "./child-card.tsx";
import { UrgentList } from "./urgent-list.tsx";

/** Few, because the page is opened on 2G; each list leads to the rest. */
const SHOWN = 3;

/** Decisions first, then what presses, then each child, then what went well and how the week was. */
export function GuardianHome({ waiting, urgent, children, highlights, week, administers, home }: Facts & { administers: boolean; home: string | undefined }) {
  const { m: { home: m, learning }, f } = useLanguage();
  if (children.length === 0) {
    return (
      <>
        {administers && <Card title={m.yourSchool} href="/admin"><p>{m.yourSchoolText}</p></Card>}
        <EmptyState title={m.noChildrenTitle}><p>{home ? m.addChildText : m.noChildrenText}</p><ButtonLink weight={administers ? "quiet" : "primary"} href={home ? `/family?child=${home}` : "/families/new"}>{home ? m.addChild : m.newFamily}</ButtonLink></EmptyState>
      </>
    );
  }
  return (
    <>
      {waiting.length > 0 && <h2>{m.waitingTitle}</h2>}
      {waiting.length > 0 && <Cards>{waiting.slice(0, SHOWN).map((request) => <WaitingCard key={request.id} request={request} />)}</Cards>}
      {waiting.length > SHOWN && <p><a href="/approvals">{m.seeAll(waiting.length)}</a></p>}
      {urgent.length > 0 && <UrgentList urgent={urgent} />}
      {waiting.length + urgent.length === 0 && <p>{m.nothingWaits}</p>}
      <h2>{m.children}</h2>
      <Cards>{children.map((child) => <ChildCard key={child.id} child={child} />)}</Cards>
      {highlights.length > 0 && (
        <>
          <h2>{m.wentWell}</h2>
          <LinkList rows={highlights.map(({ kind, id, studentId, child, title, level, at }) => ({
            key: id, title: m.highlights[kind](child, title, level === null ? "" : learning.levelSaid(levelOf(level))), hint: f.shortDate(at),
            href: kind === "feedback" ? `/submissions/${id}` : `/children/${studentId}/${kind === "goal" ? "goals" : "achievements"}#${id}`,
          }))} />
        </>
      )}
      {week && (
        <>
          <h2>{m.weekTitle}</h2>
          {week.total + week.before === 0 ? <p>{m.nothingLearned}</p> : <Sparkline finding={m.weekFinding(m.timeSpent(week.total), week.trend)} points={week.dates.map((date, at) => ({ label: f.shortDate(date), value: week.minutes[at]!, text: m.timeSpent(week.minutes[at]!) }))} />}
          {week.total > 0 && <p>{week.children.map(({ name, minutes }) => `${name} ${m.timeSpent(minutes)}`).join(", ")}.</p>}
        </>
      )}
    </>
  );
}
