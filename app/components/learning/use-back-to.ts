import type { OpenChild } from "#app/domain/learning/open-child.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** From a page about a child back to where this reader came from: the child itself to its own page, a guardian to the child, the school to its student. */
export function useBackTo({ id, name, as }: OpenChild): { href: string; label: string } {
  const { m: { budgets, shell } } = useLanguage();
  if (as === "self") return { href: `/children/${id}`, label: shell.places.me };
  return { href: as === "guardian" ? `/children/${id}` : `/students/${id}`, label: budgets.backToChild(name) };
}
