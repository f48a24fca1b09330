import type { Money as Amount } from "#app/domain/money.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Tabular figures with the currency, never broken over two lines. */
export function Money({ of }: { of: Amount }) {
  const { f } = useLanguage();
  return <span className="money">{f.money(of)}</span>;
}
