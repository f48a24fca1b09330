import type { ReactNode } from "react";
import { useLanguage } from "#app/i18n/use-messages.ts";
import type { ChartFacts } from "./chart-facts.ts";

/** A drawing made on the server. `data-chart` is what the enhancement script makes an interactive one of, when the reader asks with the button that it uncovers. */
export function Drawing({ finding, width, height, facts, name = "chart", children }: { finding: string; width: number; height: number; facts: ChartFacts; name?: string; children: ReactNode }) {
  const { m } = useLanguage();
  return (
    <>
      <svg className={name} viewBox={`0 0 ${width} ${height}`} role={name === "chart" ? "img" : "group"} aria-label={finding} data-chart={JSON.stringify(facts)}>{children}</svg>
      <button type="button" data-weight="link" data-closer hidden>{m.shell.lookCloser}</button>
    </>
  );
}
