import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Of which child the page speaks, where the reader has several. */
export function ChildTabs({ path, wards, chosen }: { path: string; wards: { id: string; name: string }[]; chosen: string }) {
  const { m: { consent: m } } = useLanguage();
  if (wards.length < 2) return null;
  return <TabLinks label={m.child} tabs={wards.map(({ id, name }) => ({ href: `${path}?child=${id}`, label: name, current: id === chosen }))} />;
}
