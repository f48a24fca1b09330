import { DataTable, type Column } from "#app/components/ui/data-table.tsx";
import { Email } from "#app/components/ui/email.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { PeoplePage } from "#app/domain/people/people-page.server.ts";
import type { Assigned } from "#app/domain/people/assign-guardian.server.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";

type Listed = Pick<PeoplePage["items"][number], "userId" | "name" | "username" | "email" | "level" | "roles">;
const TONES = { done: "done", already: "info", refused: "refused" } as const;

/** A page of people; with boxes to choose by, or what became of those chosen. */
export function PeopleList({ caption, people, choosing, assigned }: { caption: string; people: Listed[]; choosing: boolean; assigned: Assigned[] | undefined }) {
  const { m: { people: m, families } } = useLanguage();
  const say = useProblems();
  const result = (userId: string) => {
    const found = assigned?.find(({ studentId }) => studentId === userId);
    return found && <> <Tag tone={TONES[found.outcome]}>{found.reason ? say(found.reason) : m.assigned[found.outcome]}</Tag></>;
  };
  const name: Column<Listed> = {
    heading: m.name,
    cell: (person) => choosing
      ? <label className="choice"><input type="checkbox" name={`student.${person.userId}`} value="yes" /><span>{person.name}{result(person.userId)}</span></label>
      : <a href={`/admin/people/${person.userId}`}>{person.name}</a>,
  };
  const students = people.some((person) => person.roles.includes("student"));
  return (
    <DataTable caption={caption} rows={people} rowKey={(person) => person.userId} columns={[
      name,
      { heading: m.signsInAs, cell: (person) => person.username ?? (person.email && <Email address={person.email} />) },
      students
        ? { heading: m.level, cell: (person) => (person.level === null ? "" : families.level(person.level)) }
        : { heading: m.is, cell: (person) => person.roles.map((role) => m.roles[role]).join(", ") },
    ]} />
  );
}
