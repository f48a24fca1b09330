import { ChartTable } from "./chart-table.tsx";
import { Drawing } from "./drawing.tsx";

type Point = { label: string; value: number; /** As written: "ME1". */ text: string };

const WIDTH = 360;
const HEIGHT = 160;
const LEFT = 32;
const [TOP, BASE] = [14, HEIGHT - 24];

/** How something went, on a fixed scale whose steps have names (the first is 1). The newest point says its name; every point stands in the table. */
export function LineChart({ finding, points, scale, columns }: { finding: string; points: Point[]; scale: string[]; columns: [string, string] }) {
  const x = (index: number) => Math.round(LEFT + 12 + (index * (WIDTH - LEFT - 40)) / Math.max(1, points.length - 1));
  const y = (value: number) => Math.round(BASE - ((BASE - TOP) * (value - 1)) / Math.max(1, scale.length - 1));
  const last = points.at(-1);
  // The date of every point would run into the next.
  const ends = [...new Set([0, points.length - 1])].filter((index) => index >= 0);
  return (
    <figure>
      <figcaption>{finding}</figcaption>
      <Drawing finding={finding} width={WIDTH} height={HEIGHT} facts={{ kind: "line", labels: points.map((point) => point.label), values: points.map((point) => point.value), texts: points.map((point) => point.text), scale }}>
        {scale.map((step, index) => index % 2 === 0 && <g key={step} className="ring"><path d={`M${LEFT} ${y(index + 1)}H${WIDTH}`} /><text x={LEFT - 18} y={y(index + 1) + 4}>{step}</text></g>)}
        <polyline className="trend" points={points.map((point, index) => `${x(index)},${y(point.value)}`).join(" ")} />
        {points.map((point, index) => <circle key={index} className="bar" cx={x(index)} cy={y(point.value)} r="3.5" />)}
        <g>
          {last && <text x={x(points.length - 1)} y={y(last.value) - 8}>{last.text}</text>}
          {ends.map((index) => <text key={index} x={x(index)} y={HEIGHT - 4}>{points[index]!.label}</text>)}
        </g>
      </Drawing>
      <ChartTable columns={columns} rows={points} />
    </figure>
  );
}
