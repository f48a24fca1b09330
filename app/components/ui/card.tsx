import type { ReactNode } from "react";

/** One thing among several: a child, a request. With `href` its title leads to that very thing. */
export function Card({ title, href, tag, children }: { title: ReactNode; href?: string; tag?: ReactNode; children?: ReactNode }) {
  return (
    <section className="card">
      <h2>{href ? <a href={href}>{title}</a> : title}{tag}</h2>
      {children}
    </section>
  );
}

/** Cards side by side where there is room. */
export function Cards({ children }: { children: ReactNode }) {
  return <div className="cards">{children}</div>;
}
