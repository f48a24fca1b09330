import { describe, expect, test } from "vitest";
import routes from "#app/routes.ts";
import { copyOf, judge } from "./axe.ts";
import { person, signIn } from "./browser.ts";
import { everyPage, shortPath } from "./every-page.ts";
import { lostStyle } from "./lost-style.ts";

/** Q-15: every page, with scripts and without, on the narrowest phone in the dark and on a desk: no axe violation, nothing wider than the screen, all of the style that it has a use for, a quiet console. */
/** Open only in the middle of something, which other tests go through; a file; or another site's. */
const ELSEWHERE = ["/sign-in/verify", "/settings/password-change", "/files/:fileId", "/dev/vendors"];

const settings = [
  { scripts: true, width: 320, dark: true }, { scripts: false, width: 320, dark: false }, { scripts: false, width: 320, dark: true }, { scripts: true, width: 1280, dark: false },
];

describe.each(settings)("EDGE-5, Q-15: scripts $scripts, $width px, dark $dark", (setting) => {
  test.each([null, "guardian@", "grade6", "admin@", "owner@", "teacher@", "tutor@", "staff@", "student@"])("as %s", async (who) => {
    const { page, context, complaints } = await person(setting);
    if (who) await signIn(page, who);
    const reader = await person({ ...setting, scripts: true });
    const wrong: string[] = [];
    for (const { path } of everyPage().filter((found) => found.who === who)) {
      await page.goto(path);
      const at = shortPath(path);
      const { wide, titles, headings, language } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth, titles: document.title, headings: document.querySelectorAll("h1").length, language: document.documentElement.lang,
      }));
      if (wide > 0) wrong.push(`${at}: ${wide} px wider than the screen`);
      if (headings !== 1) wrong.push(`${at}: ${headings} h1`);
      if (titles === "" || language === "") wrong.push(`${at}: no title or language`);
      for (const rule of await lostStyle(page)) wrong.push(`${at}: came without the style of ${rule}`);
      const violations = await judge(setting.scripts ? page : await copyOf(page, reader.page));
      for (const { id, nodes } of violations) wrong.push(`${at}: ${id}: ${nodes.slice(0, 2).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`).join(" | ")}`);
    }
    expect(wrong).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
    await reader.context.close();
  });
});

test("Q-15: every page of the site map is among them", () => {
  const walked = everyPage().map(({ path }) => path.split("?")[0]!);
  const patterns = routes.map((route) => `/${route.path ?? ""}`).filter((pattern) => pattern !== "/*" && !ELSEWHERE.includes(pattern));
  const matches = (pattern: string, path: string) => new RegExp(`^${pattern.replace(/:\w+/g, "[^/]+")}$`).test(path);
  expect(patterns.filter((pattern) => !walked.some((path) => matches(pattern, path)))).toEqual([]);
});
