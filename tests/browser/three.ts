import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { copyOf, judge } from "./axe.ts";
import { person, signIn } from "./browser.ts";

/** A teacher, a student of theirs and her mother, each signed in with a browser of their own, whether scripts run or not. */
export async function three({ scripts }: { scripts: boolean }) {
  const reader = await person({ scripts: true });
  const enter = async (who: string) => {
    const one = await person({ scripts });
    await signIn(one.page, who);
    return one;
  };
  const [teacher, student, guardian] = [await enter("teacher@"), await enter("grade6"), await enter("guardian@")];
  const check = async (page: Page) => expect((await judge(scripts ? page : await copyOf(page, reader.page))).map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]!.html}`)).toEqual([]);
  const end = async () => {
    expect([...teacher.complaints, ...student.complaints, ...guardian.complaints]).toEqual([]);
    for (const one of [teacher, student, guardian, reader]) await one.context.close();
  };
  return { teacher: teacher.page, student: student.page, guardian: guardian.page, check, end };
}

/** Sends the form by the button that does this, and waits for the next page, which says that it is done. */
export async function press(page: Page, act: string, { done = /[?&](done|just)\b/, within = page.locator("main") }: { done?: RegExp; within?: Locator } = {}): Promise<void> {
  const arrived = page.waitForEvent("framenavigated", (frame) => done.test(frame.url()));
  await within.locator(`button[value="${act}"]`).first().click();
  await arrived;
  await page.waitForLoadState();
}

/** What the page says. */
export const main = async (page: Page) => (await page.locator("main").textContent()) ?? "";
