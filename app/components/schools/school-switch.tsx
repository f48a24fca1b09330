import { TabLinks } from "#app/components/ui/tab-links.tsx";
import type { AdministeredSchool } from "#app/domain/schools/rules.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Which of one's schools the administration is about; who runs one has nothing to choose. */
export function SchoolSwitch({ schools, chosen }: { schools: AdministeredSchool[]; chosen: string }) {
  const { m: { schools: m } } = useLanguage();
  if (schools.length < 2) return null;
  return <TabLinks label={m.chooseSchool} tabs={schools.map(({ schoolId, schoolName }) => ({ href: `/admin?school=${schoolId}`, label: schoolName, current: schoolId === chosen }))} />;
}
