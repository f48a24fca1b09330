import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { listShared } from "#app/domain/learning/materials/list-materials.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Shared = Awaited<ReturnType<typeof listShared>>;

/** What is shared with a student, by subject, each with how far they are; and their plans. */
export function MaterialShelf({ shared }: { shared: Shared }) {
  const { m: { learningWork: m }, f } = useLanguage();
  const { plans, items, opens, mayPlan, student } = shared;
  return (
    <>
      {items.length === 0 && <EmptyState title={m.noMaterials}><p>{m.noMaterialsText}</p></EmptyState>}
      {[...Map.groupBy(items, (item) => item.subject)].map(([subject, of]) => (
        <section key={subject}>
          <h2>{subject}</h2>
          <ul className="rows">{of.map((item) => (
            <li key={item.id}>
              <p className="lead">{opens ? <a href={`/materials/${item.id}`}>{item.title}</a> : <span>{item.title}</span>}<Far {...item} /></p>
              <p className="hint">{[m.by(item.author), item.minutes && m.about(item.minutes)].filter(Boolean).join(", ")}</p>
            </li>
          ))}</ul>
        </section>
      ))}
      <h2>{m.plans}</h2>
      {plans.length === 0 ? <p>{m.noPlans}</p> : (
        <ul className="rows">{plans.map((plan) => (
          <li key={plan.id}>
            <p className="lead"><a href={`/study-plans/${plan.id}`}>{plan.title}</a><span>{plan.done === plan.steps ? <Tag tone="done">{m.planAll}</Tag> : m.planDone(plan.done, plan.steps)}</span></p>
            <p className="hint">{m.by(plan.author)}, {f.date(plan.startsOn)} – {f.date(plan.endsOn)}</p>
          </li>
        ))}</ul>
      )}
      {mayPlan && <p><a href={`/study-plans/new?child=${student.id}`}>{m.newPlan}</a></p>}
    </>
  );
}

export function Far({ openedAt, percent, doneAt }: { openedAt: number | null; percent: number | null; doneAt: number | null }) {
  const { m: { learningWork: m } } = useLanguage();
  return <span>{doneAt !== null ? <Tag tone="done">{m.done}</Tag> : openedAt === null ? <Tag tone="info">{m.notOpened}</Tag> : <Tag tone="waiting">{m.started(percent ?? 0)}</Tag>}</span>;
}
