import type { ChildCard as Facts } from "#app/domain/families/home-page.server.ts";
import { BudgetStanding } from "#app/components/budgets/standing.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A child at a glance: what is left this week, and whether something waits. */
export function ChildCard({ child: { id, name, standing, waiting } }: { child: Facts }) {
  const { m: { home: m } } = useLanguage();
  const tag = waiting > 0 ? <Tag tone="waiting">{m.waits(waiting)}</Tag>
    : !standing ? undefined
    : standing.week.over > 0 || standing.month.over > 0 ? <Tag tone="refused">{m.overLimit}</Tag>
    : standing.week.left === 0 || standing.month.left === 0 ? <Tag>{m.limitReached}</Tag>
    : <Tag tone="done">{m.allWell}</Tag>;
  return (
    <Card title={name} href={`/children/${id}`} tag={tag}>
      {standing ? <BudgetStanding of={standing.week} currency={standing.currency} /> : <p className="hint">{m.moneyHidden}</p>}
      {standing && <p className="links"><a href={`/children/${id}/budget`}>{m.budget}<span className="for-readers">{`: ${name}`}</span></a><a href={`/children/${id}/account`}>{m.account}<span className="for-readers">{`: ${name}`}</span></a></p>}
    </Card>
  );
}
