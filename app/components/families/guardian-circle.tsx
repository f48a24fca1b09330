import type { Circle } from "#app/domain/families/people-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { StandingOfGuardian } from "./standing-of-guardian.tsx";

/** Everybody who looks after one child; each name leads to what they may and what can be done about it. */
export function GuardianCircle({ circle, me }: { circle: Circle; me: string }) {
  const { m: { families: m } } = useLanguage();
  return (
    <section className="card">
      <h2>{m.peopleOf(circle.name)}</h2>
      <ul className="rows">
        {circle.guardians.map((row) => (
          <li key={row.id}>
            <p><strong><a href={`/family/people/${row.id}`}>{row.guardianName}<span className="for-readers"> ({circle.name})</span></a></strong> {[m.relationships[row.relationship], row.guardianId === me && m.you].filter(Boolean).join(", ")}</p>
            <StandingOfGuardian of={row} />
          </li>
        ))}
      </ul>
      {circle.candidates.length > 0 && <p><a href={`/family/people?add=${circle.childId}`}>{m.makeGuardian}</a></p>}
    </section>
  );
}
