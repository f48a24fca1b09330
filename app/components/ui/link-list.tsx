import type { ReactNode } from "react";

export type LinkRow = { key: string; href: string; title: string; hint?: ReactNode; before?: ReactNode; tag?: ReactNode };

/** Things by name, each leading to that very thing. */
export function LinkList({ rows }: { rows: LinkRow[] }) {
  return (
    <ul className="rows">{rows.map(({ key, href, title, hint, before, tag }) => (
      <li key={key}><a href={href}>{before}<span>{title}{hint && <> <span className="hint">{hint}</span></>}</span>{tag}</a></li>
    ))}</ul>
  );
}
