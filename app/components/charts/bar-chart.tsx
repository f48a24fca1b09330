import { useLanguage } from "#app/i18n/use-messages.ts";
import type { ChartFacts, ChartLimit } from "./chart-facts.ts";

export type Bar = { label: string; value: number; /** As written: "KES 1,200". */ text: string };

const WIDTH = 360;
const HEIGHT = 160;
const BASE = HEIGHT - 20;
const TOP = 16;

/**
 * Amounts by period against a limit. The caption says the finding, each bar its figure, and the table holds the same for whoever
 * reads tables better. Drawn on the server; `data-chart` is what the enhancement script needs to make it interactive.
 */
export function BarChart({ finding, bars, limit, columns }: { finding: string; bars: Bar[]; limit?: ChartLimit | null; columns: [string, string] }) {
  const { m } = useLanguage();
  const most = Math.max(1, limit?.value ?? 0, ...bars.map((bar) => bar.value));
  const y = (value: number) => Math.round(BASE - ((BASE - TOP) * value) / most);
  const slot = WIDTH / Math.max(1, bars.length);
  const wide = Math.round(Math.min(48, slot * 0.6));
  const x = (index: number) => Math.round(slot * (index + 0.5));
  const facts: ChartFacts = { labels: bars.map((bar) => bar.label), values: bars.map((bar) => bar.value), texts: bars.map((bar) => bar.text), limit: limit ?? undefined };
  return (
    <figure>
      <figcaption>{finding}</figcaption>
      <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={finding} data-chart={JSON.stringify(facts)}>
        {bars.map((bar, index) => (
          <g key={index} className={limit && bar.value > limit.value ? "over" : "bar"}>
            <path d={`M${x(index) - wide / 2} ${BASE}V${y(bar.value)}h${wide}V${BASE}`} />
            <text x={x(index)} y={y(bar.value) - 4}>{bar.text}</text>
            <text x={x(index)} y={HEIGHT - 4}>{bar.label}</text>
          </g>
        ))}
        <path className="axis" d={`M0 ${BASE}H${WIDTH}`} />
        {limit && <g className="limit"><path d={`M0 ${y(limit.value)}H${WIDTH}`} /><text y={y(limit.value) - 4}>{limit.label}</text></g>}
      </svg>
      <details>
        <summary>{m.shell.showTable}</summary>
        <table>
          <thead><tr><th scope="col">{columns[0]}</th><th scope="col" data-numeric>{columns[1]}</th></tr></thead>
          <tbody>
            {bars.map((bar, index) => <tr key={index}><th scope="row">{bar.label}</th><td data-numeric>{bar.text}</td></tr>)}
            {limit && <tr><th scope="row">{limit.label}</th><td data-numeric>{limit.text}</td></tr>}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
