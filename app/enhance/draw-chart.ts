import { BarController, BarElement, CategoryScale, Chart, Filler, LinearScale, LineController, LineElement, PointElement, RadarController, RadialLinearScale, Tooltip, type ChartConfigurationCustomTypesPerDataset, type ChartOptions } from "chart.js";
import type { ChartFacts } from "../components/charts/chart-facts.ts";

Chart.register(BarController, BarElement, CategoryScale, Filler, LinearScale, LineController, LineElement, PointElement, RadarController, RadialLinearScale, Tooltip);

const styles = getComputedStyle(document.documentElement);
const colour = (name: string) => styles.getPropertyValue(`--${name}`).trim();

/** Puts an interactive chart in the place of its drawing, in the page's own colours. */
export function drawChart(drawing: Element): void {
  const facts = JSON.parse(drawing.getAttribute("data-chart")!) as ChartFacts;
  const place = document.createElement("div");
  const canvas = document.createElement("canvas");
  canvas.role = "img";
  canvas.ariaLabel = drawing.getAttribute("aria-label");
  place.className = "chart";
  place.appendChild(canvas);
  drawing.parentElement!.insertBefore(place, drawing);
  try {
    new Chart(canvas, { data: dataOf(facts), options: optionsOf(facts) });
  } catch (error) {
    place.remove();
    throw error;
  }
  drawing.remove();
}

function dataOf({ kind, labels, values, limit }: ChartFacts): ChartConfigurationCustomTypesPerDataset["data"] {
  const line = { borderColor: colour("accent"), pointBackgroundColor: colour("accent"), borderWidth: 2, pointRadius: 5, pointHoverRadius: 7, spanGaps: false };
  switch (kind) {
    case "radar": return { labels, datasets: [{ ...line, type: "radar", data: values, fill: true, backgroundColor: `color-mix(in oklab, ${colour("accent")} 18%, transparent)` }] };
    case "line": return { labels, datasets: [{ ...line, type: "line", data: values, tension: 0 }] };
    case "bar": return {
      labels,
      datasets: [
        { type: "bar", data: values, backgroundColor: values.map((value) => colour(limit && (value ?? 0) > limit.value ? "amber" : "accent")), maxBarThickness: 56, borderRadius: 4 },
        ...(limit ? [{ type: "line" as const, data: labels.map(() => limit.value), borderColor: colour("red"), borderDash: [5, 4], borderWidth: 2, pointRadius: 0 }] : []),
      ],
    };
  }
}

function optionsOf({ kind, texts, limit, scale }: ChartFacts): ChartOptions {
  const grid = { color: colour("line") };
  const steps = scale && { min: kind === "radar" ? 0 : 1, max: scale.length };
  const named = (value: string | number) => (scale ? (scale[Number(value) - 1] ?? "") : Number(value).toLocaleString(document.documentElement.lang));
  return {
    aspectRatio: kind === "radar" ? 36 / 30 : 36 / 16,
    interaction: { mode: "index", intersect: false },
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 200 },
    scales: kind === "radar"
      ? { r: { ...steps, grid, angleLines: grid, ticks: { stepSize: 2, color: colour("muted"), backdropColor: "transparent", callback: named }, pointLabels: { color: colour("ink"), font: { size: 12 } } } }
      : { x: { grid: { display: false }, ticks: { color: colour("ink") } }, y: { ...steps, beginAtZero: !scale, grid, ticks: { stepSize: scale ? 1 : undefined!, color: colour("muted"), callback: named } } },
    plugins: { tooltip: { displayColors: false, callbacks: { label: ({ datasetIndex, dataIndex }) => (datasetIndex === 0 ? texts[dataIndex]! : limit!.label) } } },
  };
}
