import type { Pupil } from "#app/domain/students/list-students.server.ts";
import { Avatar } from "#app/components/ui/avatar.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Students by name, each leading to their page. */
export function PupilList({ pupils }: { pupils: Pupil[] }) {
  const { m: { families } } = useLanguage();
  return (
    <LinkList rows={pupils.map((pupil) => ({
      key: pupil.id, href: `/students/${pupil.id}`, title: pupil.name, hint: [families.level(pupil.level), ...pupil.subjects].filter(Boolean).join(", "), before: <Avatar name={pupil.name} picture={pupil.picture} />,
    }))} />
  );
}
