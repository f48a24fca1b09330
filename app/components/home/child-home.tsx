import type { ChildHome as Facts } from "#app/domain/families/home-page.server.ts";
import { BudgetStanding } from "#app/components/budgets/standing.tsx";
import { PurchaseStatus } from "#app/components/purchases/purchase-status.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** The child's own picture: what I have, what I may still spend, what became of what I asked for. */
export function ChildHome({ id, standing, balance, minutes, requests }: Facts & { id: string }) {
  const { m: { home: m }, f } = useLanguage();
  const limits = standing ? [standing.week, standing.month].filter((period) => period.limit !== null) : [];
  return (
    <>
      <Cards>
        <Card title={m.youHave} href={`/children/${id}/account`}>
          <p>{minutes > 0 ? m.hours(f.number(minutes / 60)) : m.noHours}</p>
          {balance && balance.amount !== 0 && <p><Money of={balance} /></p>}
        </Card>
        {standing && limits.length > 0 && (
          <Card title={m.mayStillSpend} href={`/children/${id}/budget`}>
            {limits.map((period) => <BudgetStanding key={period.kind} of={period} currency={standing.currency} />)}
          </Card>
        )}
      </Cards>
      {standing && <p><ButtonLink weight="primary" href="/shop">{m.toShop}</ButtonLink></p>}
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
