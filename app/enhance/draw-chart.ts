import { BarController, BarElement, CategoryScale, Chart, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";
import type { ChartFacts } from "../components/charts/chart-facts.ts";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip);

/** Puts an interactive chart in the place of its drawing, in the page's own colours. */
export function drawChart(drawing: Element): void {
  const { labels, values, texts, limit } = JSON.parse(drawing.getAttribute("data-chart")!) as ChartFacts;
  const styles = getComputedStyle(document.documentElement);
  const colour = (name: string) => styles.getPropertyValue(`--${name}`).trim();
  const place = document.createElement("div");
  const canvas = document.createElement("canvas");
  canvas.role = "img";
  canvas.ariaLabel = drawing.getAttribute("aria-label");
  place.className = "chart";
  place.appendChild(canvas);
  drawing.parentElement!.insertBefore(place, drawing);
  try {
    new Chart(canvas, {
      data: {
        labels,
        datasets: [
          { type: "bar", data: values, backgroundColor: values.map((value) => colour(limit && value > limit.value ? "amber" : "accent")), maxBarThickness: 56, borderRadius: 4 },
          ...(limit ? [{ type: "line" as const, data: labels.map(() => limit.value), borderColor: colour("red"), borderDash: [5, 4], borderWidth: 2, pointRadius: 0 }] : []),
        ],
      },
      options: {
        aspectRatio: 36 / 16,
        interaction: { mode: "index", intersect: false },
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 200 },
        scales: {
          x: { grid: { display: false }, ticks: { color: colour("ink") } },
          y: { beginAtZero: true, grid: { color: colour("line") }, ticks: { color: colour("muted"), callback: (value) => Number(value).toLocaleString(document.documentElement.lang) } },
        },
        plugins: { tooltip: { displayColors: false, callbacks: { label: ({ datasetIndex, dataIndex }) => (datasetIndex === 0 ? texts[dataIndex]! : limit!.label) } } },
      },
    });
  } catch (error) {
    place.remove();
    throw error;
  }
  drawing.remove();
}
