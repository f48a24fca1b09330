import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { person } from "./browser.ts";
import { openKillableApp, type KillableApp } from "./killable-app.ts";

const KILLS = 20;
const WITHIN = { timeout: 30_000 };

let app: KillableApp;
beforeAll(async () => {
  app = await openKillableApp();
});
afterAll(() => app.close());

/** When in a round each speaks, and when workerd dies, in milliseconds. */
const round = fc.record({ amani: fc.nat(900), baraka: fc.nat(900), chausiku: fc.nat(900), death: fc.nat(600) });
const after = (wait: number, act: () => Promise<unknown>) => new Promise((resolve) => setTimeout(resolve, wait)).then(act);

async function enter(name: string, scripts: boolean) {
  const { page, context, complaints } = await person({ scripts, at: app.origin });
  await context.addCookies([{ name: "kinboard", value: app.tokenOf(name), url: app.origin }]);
  await page.goto(app.room);
  return { name, page, context, complaints, said: [] as string[] };
}
type Talker = Awaited<ReturnType<typeof enter>>;

async function type({ page, said, name }: Talker): Promise<string> {
  const text = `${name} says ${said.length + 1}`;
  said.push(text);
  await page.locator('textarea[name="text"]').fill(text);
  return text;
}

/** With scripts: whatever becomes of the line, it is the script's to bring it through. */
async function say(talker: Talker): Promise<void> {
  await type(talker);
  await talker.page.locator('button[value="send"]').click();
}

/** Without: what did not answer is loaded again, as the browser offers it, the form with it. */
async function sayPlainly(talker: Talker): Promise<void> {
  const text = await type(talker);
  const there = () => talker.page.locator("li.own p", { hasText: text }).count().catch(() => 0);
  await talker.page.locator('button[value="send"]').click({ timeout: 5_000 }).catch(() => undefined);
  await expect.poll(async () => (await there()) > 0 || (await talker.page.reload({ timeout: 5_000 }).catch(() => null), (await there()) > 0), WITHIN).toBe(true);
}

/** What the page shows as said, a line each: its place, who, and the words. */
const linesOf = ({ page, name }: Talker) => page.locator("ol.talk > li[id]").evaluateAll((items, reader) => items.map((item) => {
  const who = item.querySelector("b")!;
  return `${item.id} ${item.classList.contains("own") ? reader : who.textContent!}: ${[...item.querySelectorAll("p")].map((part) => part.textContent!).join(" / ")}`;
}), name);

/** The same of a page without scripts, which shows twenty at a time. */
async function allLinesOf(talker: Talker): Promise<string[]> {
  await talker.page.goto(app.room);
  const lines = await linesOf(talker);
  for (const older = talker.page.locator('main a[href^="?before="]'); (await older.count()) > 0;) {
    await older.click();
    lines.unshift(...(await linesOf(talker)));
  }
  return lines;
}

test(`CHT-3: two with scripts and one without talk while workerd is killed ${KILLS} times: all three end with the same transcript`, { timeout: 300_000 }, async () => {
  const [amani, baraka, chausiku] = [await enter("Amani", true), await enter("Baraka", true), await enter("Chausiku", false)];
  await amani.page.locator('p[role="status"]', { hasText: "Baraka" }).waitFor(WITHIN);
  await baraka.page.locator('p[role="status"]', { hasText: "Amani" }).waitFor(WITHIN);

  const seed = Date.now() % 1_000_000;
  const began = Date.now();
  for (const at of fc.sample(round, { seed, numRuns: KILLS })) {
    await Promise.all([after(at.amani, () => say(amani)), after(at.baraka, () => say(baraka)), after(at.chausiku, () => sayPlainly(chausiku)), after(at.death, () => app.kill())]);
  }
  for (const { page } of [amani, baraka]) await expect.poll(() => page.locator("li[data-pending]").count(), WITHIN).toBe(0);
  const plain = await allLinesOf(chausiku);
  console.info(`seed ${seed}: ${plain.length} messages through ${KILLS} kills in ${Math.round((Date.now() - began) / 1000)} s`);

  expect(plain.map((line) => line.slice(0, line.indexOf(" ")))).toEqual(plain.map((_, at) => `m${at + 1}`));
  for (const { name, said } of [amani, baraka, chausiku]) expect(plain.flatMap((line) => line.split(`${name}: `)[1] ?? [])).toEqual(said);
  for (const talker of [amani, baraka]) await expect.poll(() => linesOf(talker), WITHIN).toEqual(plain);
  for (const { context } of [amani, baraka, chausiku]) await context.close();
});
