import { Tag } from "#app/components/ui/tag.tsx";
import { RIGHTS } from "#app/domain/families/family-form.ts";
import type { Circle } from "#app/domain/families/people-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Everybody who looks after one child, with what each may do; the primary guardian finds the ways to change it. */
export function GuardianCircle({ circle, me }: { circle: Circle; me: string }) {
  const { m: { families: m } } = useLanguage();
  const ask = (what: string, id: string, label: string) => <a href={`/family/people?${what}=${id}`}>{label}</a>;
  return (
    <section className="card">
      <h2>{m.peopleOf(circle.name)}</h2>
      <ul className="rows">
        {circle.guardians.map((row) => (
          <li key={row.id}>
            <p><strong>{row.guardianName}</strong> {row.guardianId === me && `(${m.you})`} {m.relationships[row.relationship]} {row.isPrimary && <Tag tone="done">{m.primary}</Tag>} {row.isKeptAway && <Tag tone="refused">{m.keptAway}</Tag>}</p>
            <p className="hint">{RIGHTS.filter((right) => row[right]).map((right) => m.rights[right]).join(", ") || m.noRights}</p>
            <p>
              {circle.manages && <>{ask("change", row.id, m.change)} </>}
              {circle.manages && !row.isPrimary && <>{ask("primary", row.id, m.makePrimary)} </>}
              {!row.isPrimary && (circle.manages || row.guardianId === me) && ask("end", row.id, m.endGuardianship)}
            </p>
          </li>
        ))}
      </ul>
      {circle.candidates.length > 0 && <p>{ask("add", circle.childId, m.makeGuardian)}</p>}
    </section>
  );
}
