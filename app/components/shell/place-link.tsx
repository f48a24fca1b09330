import type { ReactNode } from "react";
import type { Messages } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Badge } from "../ui/badge.tsx";

/** A place of the navigation by its name, with what waits there. `counters`: by which live counters that changes. */
export function PlaceLink({ name, href, waiting, counters, current, icon }: { name: keyof Messages["shell"]["places"]; href: string; waiting?: number; counters?: string | undefined; current?: "page" | "true" | undefined; icon?: ReactNode }) {
  const { m: { shell: m } } = useLanguage();
  return (
    <a href={href} aria-current={current} data-count={counters}>
      {icon}
      {waiting ? `${m.places[name]} ` : m.places[name]}
      {waiting ? <Badge count={waiting} of={m.waiting} /> : null}
    </a>
  );
}
