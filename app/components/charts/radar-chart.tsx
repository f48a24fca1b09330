import { Drawing } from "./drawing.tsx";

/** `short`: what there is room for. `value` null: not enough is known to draw it. */
type Spoke = { label: string; short: string; value: number | null; /** As written: "ME1". */ text: string; href: string };

const [WIDTH, HEIGHT] = [400, 290];
const [X, Y, RADIUS] = [211, 145, 84];

/**
 * Each spoke by itself on a fixed scale: no sum, no mean, no area that would stand for one. What is not known is a dotted spoke and a gap
 * in the shape. Each spoke leads to what speaks for it; the table beside it is the caller's, because it says more.
 */
export function RadarChart({ finding, spokes, rings, steps }: { finding: string; spokes: Spoke[]; /** Names of the rings, by their step on the scale. */ rings: { step: number; label: string }[]; steps: string[] }) {
  const at = (index: number, radius: number): [number, number] => {
    const angle = (2 * Math.PI * index) / spokes.length - Math.PI / 2;
    return [Math.round((X + radius * Math.cos(angle)) * 10) / 10, Math.round((Y + radius * Math.sin(angle)) * 10) / 10];
  };
  const far = (step: number) => (RADIUS * step) / steps.length;
  const ring = (radius: number) => `M${spokes.map((_spoke, index) => at(index, radius).join(" ")).join("L")}Z`;
  const sides = spokes.flatMap((spoke, index) => {
    const next = spokes[(index + 1) % spokes.length]!;
    return spoke.value === null || next.value === null ? [] : [`${at(index, far(spoke.value)).join(" ")}L${at((index + 1) % spokes.length, far(next.value)).join(" ")}`];
  });
  return (
    <Drawing name="chart radar" finding={finding} width={WIDTH} height={HEIGHT} facts={{ kind: "radar", labels: spokes.map((spoke) => spoke.short), values: spokes.map((spoke) => spoke.value), texts: spokes.map((spoke) => spoke.text), scale: steps }}>
      <g className="ring">
        {rings.map(({ step, label }) => <path key={label} d={ring(far(step))} />)}
        {spokes.map((spoke, index) => <path key={spoke.label} className={spoke.value === null ? "unknown" : undefined} d={`M${X} ${Y}L${at(index, RADIUS).join(" ")}`} />)}
      </g>
      <path className="shape" d={sides.map((side) => `M${X} ${Y}L${side}Z`).join("")} />
      <path className="trend" d={sides.map((side) => `M${side}`).join("")} />
      <g className="ring" aria-hidden="true">{rings.map(({ step, label }) => <text key={label} x={X + 4} y={Y - far(step) + 10}>{label}</text>)}</g>
      {spokes.map((spoke, index) => {
        const [x, y] = at(index, RADIUS + 12);
        const [cx, cy] = at(index, far(spoke.value ?? 0));
        const side = Math.abs(x - X) < 20 ? "middle" : x > X ? "start" : "end";
        const lines = y < Y - RADIUS ? y - 14 : y > Y + RADIUS / 2 ? y + 12 : y;
        return (
          <a key={spoke.label} href={spoke.href} data-side={side}>
            {spoke.value !== null && <circle className="bar" cx={cx} cy={cy} r="4.5" />}
            <text x={x} y={lines}>{spoke.short}</text>{" "}
            <text x={x} y={lines + 15} className="said">{spoke.text}</text>
          </a>
        );
      })}
    </Drawing>
  );
}
