import { ButtonLink } from "#app/components/ui/button.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { FamilyOnPage } from "#app/domain/families/family-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A family in sight: what it is, who is in it, and what its reader can do. */
export function FamilyCard({ home, me, isAdult }: { home: FamilyOnPage; me: string; isAdult: boolean }) {
  const { m: { families: m } } = useLanguage();
  const removal = (userId: string, label: string) => <>{" "}<a href={`/family?remove=${userId}&from=${home.id}`}>{label}</a></>;
  return (
    <section className="card">
      <h2>{home.name}</h2>
      <SummaryList rows={[
        { term: m.address, value: home.address ?? m.notSet },
        { term: m.currency, value: home.currency },
        { term: m.timeZone, value: home.timeZone },
        { term: m.window, value: m.hours(home.decisionWindowHours) },
        {
          term: m.adults,
          value: <ul>{home.parents.map((person) => <li key={person.id}>{person.name}{person.id === me ? <> ({m.you}){removal(me, m.leave)}</> : home.leads && removal(person.id, m.takeOut)}</li>)}</ul>,
        },
        {
          term: m.children,
          value: home.students.length === 0 ? m.nobody : <ul>{home.students.map((person) => <li key={person.id}><a href={`/children/${person.id}`}>{person.name}</a> {m.level(person.level)}{home.leads && removal(person.id, m.takeOut)}</li>)}</ul>,
        },
      ]} />
      {isAdult && (
        <>
          {home.addable.length > 0 && <p><a href={`/family?add=${home.id}`}>{m.addChild}</a></p>}
          <p><ButtonLink href={`/family?change=${home.id}`}>{m.change}</ButtonLink></p>
          {home.leads && <p><a href={`/family?delete=${home.id}`}>{m.deleteFamily}</a></p>}
        </>
      )}
    </section>
  );
}
