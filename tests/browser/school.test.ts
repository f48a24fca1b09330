import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { PASSWORD, person, signIn } from "./browser.ts";

/** A school of five students, three teachers, two tutors and two guardians, from nothing, by forms alone. */
describe.each([{ scripts: true }, { scripts: false }])("with scripts: $scripts", ({ scripts }) => {
  test("SCH-1, SCH-2, SCH-3, SCH-7, LRN-1: an administrator sets a school up; a teacher given a one-time password sees who was enrolled, and nobody else", async () => {
    const { page, context, complaints } = await person({ scripts });
    const mark = `${Date.now().toString(36)}${scripts ? "s" : "n"}`;
    await signIn(page, "viewer@");
    await page.goto("/admin/schools/new");
    await page.locator('input[name="name"]').fill(`Baobab School ${mark}`);
    await submit(page);
    expect(await page.locator("main").textContent()).toContain(`Baobab School ${mark}`);

    const students = ["Amani", "Baraka", "Chiku", "Dalila", "Eshe"].map((name) => `${name} ${mark}`);
    for (const name of students) await add(page, "student", name);
    const teachers: Handed[] = [];
    for (const name of ["Tana", "Tumo", "Teresia"]) teachers.push(await add(page, "staff", `${name} ${mark}`, "teacher"));
    const tutors: Handed[] = [];
    for (const name of ["Uhuru", "Umi"]) tutors.push(await add(page, "staff", `${name} ${mark}`, "tutor"));
    const guardians: Handed[] = [];
    for (const name of ["Grace", "George"]) guardians.push(await add(page, "guardian", `${name} ${mark}`));

    // Grace looks after three of them; asked again for four, three were so already.
    const assign = async (count: number) => {
      await page.goto(`/admin/people?role=student&assign=${guardians[0]!.id}&q=`);
      for (const box of (await page.locator('input[type="checkbox"][name^="student."]').all()).slice(0, count)) await box.check();
      await page.locator("form#studentIds button").click();
      return (await confirmed(page)).locator("[role=status], .notice").first().textContent();
    };
    expect(await assign(3)).toMatch(/\b3\b/);
    expect(await assign(4)).toMatch(/\b1\b.*\b3\b/);

    await page.goto("/admin/enrolments?add=subject");
    await page.locator('input[name="name"]').fill("Mathematics");
    await submit(page);
    await page.goto("/admin/enrolments?add=enrolment");
    for (const box of (await page.locator('input[type="checkbox"][name^="student."]').all()).slice(0, 2)) await box.check();
    await page.locator('select[name="subjectId"]').selectOption({ label: "Mathematics" });
    await page.locator('select[name="teacherId"]').selectOption({ label: `Tana ${mark}` });
    await page.locator('select[name="tutorId"]').selectOption({ label: `Uhuru ${mark}` });
    await page.locator('button[value="enrol"], form[method="post"]:has(input[name^="student."]) button:not([value="tutor"])').first().click();
    await confirmed(page);
    await page.goto("/admin/enrolments");
    const table = (await page.locator("main").textContent()) ?? "";
    expect([students[0]!, students[1]!, students[2]!].map((name) => table.includes(name))).toEqual([true, true, false]);
    expect(complaints).toEqual([]);
    await context.close();

    for (const [handed, sees] of [[teachers[0]!, true], [teachers[1]!, false], [tutors[0]!, true], [tutors[1]!, false]] as const) {
      const theirs = await person({ scripts });
      await enter(theirs.page, handed);
      await theirs.page.goto("/students");
      const said = (await theirs.page.locator("main").textContent()) ?? "";
      expect(students.map((name) => said.includes(name))).toEqual([sees, sees, false, false, false]);
      expect((await theirs.page.goto("/admin/people"))?.status()).toBe(404);
      expect(theirs.complaints).toEqual([]);
      await theirs.context.close();
    }

    const grace = await person({ scripts });
    await enter(grace.page, guardians[0]!);
    await grace.page.goto("/children");
    const hers = (await grace.page.locator("main").textContent()) ?? "";
    expect(students.filter((name) => hers.includes(name))).toHaveLength(4);
    await grace.context.close();
  }, 240_000);
});

type Handed = { id: string; name: string; secret: string };

/** The form is sent; a question who it is, if there is one, is answered. */
async function submit(page: Page): Promise<Page> {
  await page.locator('main form[method="post"] button').last().click();
  return confirmed(page);
}

async function confirmed(page: Page): Promise<Page> {
  await page.waitForLoadState();
  const asked = page.locator('input[name="stepUpPassword"]');
  if (await asked.count()) {
    await asked.fill(PASSWORD);
    await page.locator("form:has(input[name=stepUpPassword]) button:not([data-passkey])").click();
    await page.waitForLoadState();
  }
  return page;
}

async function add(page: Page, kind: "student" | "guardian" | "staff", name: string, role?: string): Promise<Handed> {
  await page.goto(`/admin/people/new?role=${kind}`);
  await page.locator('input[name="name"]').fill(name);
  if (kind !== "student") await page.locator('input[name="email"]').fill(`${name.replace(" ", ".").toLowerCase()}@example.test`);
  if (role) await page.locator('select[name="role"]').selectOption(role);
  await submit(page);
  const [signInName, secret] = await page.locator("main dd strong").allTextContents();
  const id = (await page.locator('main a[href^="/admin/people/user_"]').first().getAttribute("href"))!.split("/").pop()!;
  return { id, name: signInName!, secret: secret! };
}

/** First sign-in with what was handed over: an own password comes before everything else. */
async function enter(page: Page, { name, secret }: Handed): Promise<void> {
  await page.goto("/sign-in");
  await page.locator('input[name="identifier"]').fill(name);
  await page.locator('input[name="password"]').fill(secret);
  await page.locator('input[name="password"]').press("Enter");
  await page.waitForURL("**/settings/password-change*");
  for (const field of await page.locator('main input[type="password"]').all()) await field.fill("a long one of my own 7");
  await submit(page);
  await page.waitForURL((url) => !url.pathname.startsWith("/settings/password-change"));
}
