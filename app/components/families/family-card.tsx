import { Avatar } from "#app/components/ui/avatar.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { FamilyOnPage } from "#app/domain/families/family-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A family in sight: what it is, who is in it, and what its reader can do. */
export function FamilyCard({ home, me, isAdult }: { home: FamilyOnPage; me: string; isAdult: boolean }) {
  const { m: { families: m } } = useLanguage();
  const removal = (userId: string, label: string, name: string) => <a href={`/family?remove=${userId}&from=${home.id}`}>{label}<span className="for-readers"> {name}</span></a>;
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
          value: <ul className="people">{home.parents.map(({ id, name, picture }) => <li key={id}><Avatar name={name} picture={picture} /><span>{name}{id === me && ` (${m.you})`}</span>{id === me ? removal(id, m.leave, home.name) : home.leads && removal(id, m.takeOut, name)}</li>)}</ul>,
        },
        {
          term: m.children,
          value: home.students.length === 0 ? m.nobody : <ul className="people">{home.students.map(({ id, name, level, picture }) => <li key={id}><Avatar name={name} picture={picture} /><span><a href={`/children/${id}`}>{name}</a><br />{m.level(level)}</span>{home.leads && removal(id, m.takeOut, name)}</li>)}</ul>,
        },
      ]} />
      {isAdult && (
        <>
          <p>
            <ButtonLink href={`/family?child=${home.id}`}>{m.newChild}</ButtonLink>
            <ButtonLink href={`/family?change=${home.id}`}>{m.change}</ButtonLink>
          </p>
          {home.addable.length > 0 && <p><a href={`/family?add=${home.id}`}>{m.addChild}</a></p>}
          {home.leads && <p><a href={`/family?delete=${home.id}`}>{m.deleteFamily}</a></p>}
        </>
      )}
    </section>
  );
}
