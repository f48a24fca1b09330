import type { ReactNode } from "react";
import type { Messages } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Badge } from "../ui/badge.tsx";

/** A place of the navigation by its name, with what waits there. `counters`: by which live counters that changes. `own`: some of it on this very page, of a section that has others. */
export function PlaceLink({ name, href, waiting, counters, own, current, icon }: { name: keyof Messages["shell"]["places"]; href: string; waiting?: number; counters?: string | undefined; own?: boolean; current?: "page" | "true" | undefined; icon?: ReactNode }) {
  const { m: { shell: m } } = useLanguage();
  return (
    <a href={href} aria-current={current} data-count={counters} data-own={own || undefined}>
      {icon}
      {waiting ? `${m.places[name]} ` : m.places[name]}
      {waiting ? <Badge count={waiting} of={m.waiting} /> : null}
    </a>
  );
}
