/** One line of the report: what was measured, the target, what came out, and whether it holds. */
export type Figure = { what: string; target: string; figure: string; good: boolean };

/** One measure of docs/benchmarks.md. `how` says in a line how it is done; arguments of the command line go to `run`. */
export type Measure = { id: string; title: string; how: string; run(args: string[]): Promise<Figure[]> };

export function atMost(what: string, value: number, limit: number, say: (value: number) => string = String): Figure {
  return { what, target: `≤ ${say(limit)}`, figure: say(value), good: value <= limit };
}

export function atLeast(what: string, value: number, limit: number, say: (value: number) => string = String): Figure {
  return { what, target: `≥ ${say(limit)}`, figure: say(value), good: value >= limit };
}

export const percent = (value: number) => `${value.toFixed(1)} %`;
export const bytes = (count: number) => `${count.toLocaleString("en")} B`;
export const ratio = (value: number) => `${value.toFixed(2)} x`;

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
