import type { Look } from "#app/domain/consent/shared-data.server.ts";
import { Timeline } from "#app/components/ui/timeline.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Who looked at what, when, why. */
export function LookList({ looks }: { looks: Look[] }) {
  const { m: { consent, privacy: m } } = useLanguage();
  return <Timeline items={looks.map((look) => ({ at: look.lastAt, text: m.look(look.viewer, consent.dataTypes[look.dataType], m.why(look.capacity, look.school), look.count) }))} />;
}
