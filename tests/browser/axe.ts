import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
type Axe = { run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };

/** axe needs scripts: where the page may run none, it reads the document that came of it, in a window of the same size. */
export async function copyOf(page: Page, reader: Page): Promise<Page> {
  await reader.setContent((await page.content()).replace(/<script\b[^>]*><\/script>/g, ""));
  return reader;
}

/** What WCAG 2.2 AA says against the page. */
export async function judge(page: Page) {
  await page.evaluate(axe);
  return page.evaluate(async (tags) => (await (globalThis as unknown as { axe: Axe }).axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })).violations, TAGS);
}
