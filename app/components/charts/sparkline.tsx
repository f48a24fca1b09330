import { useLanguage } from "#app/i18n/use-messages.ts";

const WIDTH = 96;
const HEIGHT = 24;

/** The trend of a few figures, beside a sentence that says it. The table is behind a tap. */
export function Sparkline({ finding, points }: { finding: string; points: { label: string; value: number; text: string }[] }) {
  const { m } = useLanguage();
  const most = Math.max(1, ...points.map((point) => point.value));
  const x = (index: number) => Math.round((index * (WIDTH - 6)) / Math.max(1, points.length - 1)) + 3;
  const y = (value: number) => Math.round(HEIGHT - 3 - ((HEIGHT - 6) * value) / most);
  const last = points.at(-1);
  return (
    <figure className="spark">
      <svg className="chart sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <polyline className="trend" points={points.map((point, index) => `${x(index)},${y(point.value)}`).join(" ")} />
        {last && <circle className="bar" cx={x(points.length - 1)} cy={y(last.value)} r="3" />}
      </svg>
      <figcaption>{finding}</figcaption>
      <details>
        <summary>{m.shell.showTable}</summary>
        <table><tbody>{points.map((point, index) => <tr key={index}><th scope="row">{point.label}</th><td data-numeric>{point.text}</td></tr>)}</tbody></table>
      </details>
    </figure>
  );
}
