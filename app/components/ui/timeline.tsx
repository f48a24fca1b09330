import type { ReactNode } from "react";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What happened, in plain sentences, in order. */
export function Timeline({ items }: { items: { at: number; text: ReactNode }[] }) {
  const { f } = useLanguage();
  return (
    <ol className="timeline">
      {items.map((item, index) => <li key={index}><time dateTime={new Date(item.at).toISOString()}>{f.dateTime(item.at)}</time><div>{item.text}</div></li>)}
    </ol>
  );
}
