import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { SchoolOnPage } from "#app/domain/schools/plans-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What a school offers, and the way to something new. */
export function SchoolPlans({ school }: { school: SchoolOnPage }) {
  const { m: { schools: m }, f } = useLanguage();
  return (
    <section>
      <h2>{m.plansOf(school.schoolName)}</h2>
      {school.plans.length === 0 ? <EmptyState title={m.noPlans}><p>{m.noPlansText}</p></EmptyState> : (
        <DataTable titled caption={m.plansOf(school.schoolName)} rows={school.plans} rowKey={(plan) => plan.id} columns={[
          { heading: m.name, cell: (plan) => <a href={`/admin/plans?change=${plan.id}`}>{plan.name}</a> },
          { heading: m.kind, cell: (plan) => m.kinds[plan.kind] },
          { heading: m.hours, numeric: true, cell: (plan) => (plan.minutes === null ? "" : f.number(plan.minutes / 60)) },
          { heading: m.price, numeric: true, cell: (plan) => <Money of={{ amount: plan.price, currency: plan.currency }} /> },
          {
            heading: m.state,
            cell: (plan) => (
              <form method="post" action={`/admin/plans?change=${plan.id}`}>
                <Tag tone={plan.active ? "done" : "info"}>{plan.active ? m.offered : m.withdrawn}</Tag>{" "}
                <Button weight="link" name="active" value={plan.active ? "no" : "yes"}>{plan.active ? m.withdraw : m.offerAgain}<span className="for-readers"> {plan.name}</span></Button>
              </form>
            ),
          },
        ]} />
      )}
      <p><ButtonLink href={`/admin/plans?school=${school.schoolId}`}>{m.add}</ButtonLink></p>
    </section>
  );
}
