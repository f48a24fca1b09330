import { DataTable } from "#app/components/ui/data-table.tsx";
import type { ListedFamily } from "#app/domain/families/list-families.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Families as their school sees them. */
export function SchoolFamilies({ families }: { families: ListedFamily[] }) {
  const { m: { schoolFamilies: m, families: words } } = useLanguage();
  return (
    <DataTable
      caption={m.caption} rows={families} rowKey={(family) => family.id}
      columns={[
        { heading: m.family, cell: (family) => family.name },
        { heading: m.students, cell: (family) => family.students.map(({ name, level }) => [name, level && words.level(level)].filter(Boolean).join(", ")).join("; ") },
        { heading: m.guardians, cell: (family) => family.guardians.map(({ name }) => name).join(", ") || m.notShared },
        { heading: m.programmes, cell: (family) => family.programmes.join(", ") || m.noProgramme },
        { heading: m.status, cell: (family) => m.statuses[family.status] },
      ]}
    />
  );
}
