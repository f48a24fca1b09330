import type { ChartLimit } from "./chart-facts.ts";
import { ChartTable } from "./chart-table.tsx";
import { Drawing } from "./drawing.tsx";

type Bar = { label: string; value: number; /** As written: "KES 1,200". */ text: string };

const WIDTH = 360;
const HEIGHT = 160;
const BASE = HEIGHT - 20;
const TOP = 16;

/** Amounts by period, or minutes by day, against a limit where there is one. The caption says the finding, each bar its figure, and the table holds the same. */
export function BarChart({ finding, bars, limit, columns }: { finding: string; bars: Bar[]; limit?: ChartLimit | null; columns: [string, string] }) {
  const most = Math.max(1, limit?.value ?? 0, ...bars.map((bar) => bar.value));
  const y = (value: number) => Math.round(BASE - ((BASE - TOP) * value) / most);
  const slot = WIDTH / Math.max(1, bars.length);
  const wide = Math.round(Math.min(48, slot * 0.6));
  const x = (index: number) => Math.round(slot * (index + 0.5));
  return (
    <figure>
      <figcaption>{finding}</figcaption>
      <Drawing finding={finding} width={WIDTH} height={HEIGHT} facts={{ kind: "bar", labels: bars.map((bar) => bar.label), values: bars.map((bar) => bar.value), texts: bars.map((bar) => bar.text), limit: limit ?? undefined }}>
        {bars.map((bar, index) => (
          <g key={index} className={limit && bar.value > limit.value ? "over" : "bar"}>
            <path d={`M${x(index) - wide / 2} ${BASE}V${y(bar.value)}h${wide}V${BASE}`} />
            <text x={x(index)} y={y(bar.value) - 4}>{bar.text}</text>
            <text x={x(index)} y={HEIGHT - 4}>{bar.label}</text>
          </g>
        ))}
        <path className="axis" d={`M0 ${BASE}H${WIDTH}`} />
        {limit && <g className="limit"><path d={`M0 ${y(limit.value)}H${WIDTH}`} /><text y={y(limit.value) - 4}>{limit.label}</text></g>}
      </Drawing>
      <ChartTable columns={columns} rows={limit ? [...bars, limit] : bars} />
    </figure>
  );
}
