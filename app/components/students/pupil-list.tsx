import type { Pupil } from "#app/domain/students/list-students.server.ts";
import { Avatar } from "#app/components/ui/avatar.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Students by name, each leading to their page. */
export function PupilList({ pupils }: { pupils: Pupil[] }) {
  const { m: { families } } = useLanguage();
  return (
    <ul className="rows">{pupils.map((pupil) => (
      <li key={pupil.id}><a href={`/students/${pupil.id}`}><Avatar name={pupil.name} picture={pupil.picture} /><span>{pupil.name} <span className="hint">{[families.level(pupil.level), ...pupil.subjects].filter(Boolean).join(", ")}</span></span></a></li>
    ))}</ul>
  );
}
