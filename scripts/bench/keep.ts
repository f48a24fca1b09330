import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Figure, Measure } from "#tests/bench/measure.ts";

const BOOK = "docs/benchmarks.md";
const HEAD = "# Benchmarks\n\nThe last figures of `npm run bench`, written by it. Ratios, bytes and counts: machines differ, these should not. One measure alone: `npm run bench -- q-5`.";

/** Writes a measure's figures over its last ones. */
export function keep(measure: Measure, figures: Figure[]): void {
  const sections = new Map((existsSync(BOOK) ? readFileSync(BOOK, "utf8") : HEAD).split(/\n+(?=## )/).slice(1).map((section) => [/^## (\S+)/.exec(section)![1]!, section.trim()]));
  const rows = figures.map(({ what, target, figure, good }) => `| ${what} | ${target} | ${figure} | ${good ? "holds" : "**misses**"} |`);
  sections.set(measure.id.toUpperCase(), [`## ${measure.id.toUpperCase()} ${measure.title}`, measure.how, ["| what | target | figure | verdict |", "|---|---|---|---|", ...rows].join("\n")].join("\n\n"));
  const inOrder = [...sections].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).map(([, section]) => section);
  writeFileSync(BOOK, `${[HEAD, ...inOrder].join("\n\n")}\n`);
}
