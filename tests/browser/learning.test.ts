import { describe, expect, test } from "vitest";
import { rows } from "./behind.ts";
import { main, press, three } from "./three.ts";

const childId = rows<{ id: string }>("SELECT id FROM users WHERE username = 'grade6'")[0]!.id;
const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const textFile = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
/** Heavy enough for its way to be watched, where scripts run. */
const heavyPdf = { name: "sums.pdf", mimeType: "application/pdf", buffer: Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(300_000, 32)]) };

/** A teacher, a student and a guardian, each with a browser of their own, from the first form to the last, whether scripts run or not. */
describe.each([{ scripts: true }, { scripts: false }])("with scripts: $scripts", ({ scripts }) => {
  const mark = `${Date.now().toString(36)}${scripts ? "s" : "n"}`;

  test("LRN-3, LRN-9, LRN-11: work is given with a file, handed in with one, reviewed with a level, and the guardian reads it and finds it behind the radar", async () => {
    const { teacher, student, guardian, check, end } = await three({ scripts });
    const title = `Ten sums ${mark}`;
    await teacher.goto("/assignments/new");
    await check(teacher);
    await teacher.locator('[name="title"]').fill(title);
    await teacher.locator('[name="dueOn"]').fill(later);
    await teacher.locator('[name="competency"]').selectOption("critical_thinking");
    const subject = teacher.locator('[name="to"] option', { hasText: "Mathematics" }).first();
    await teacher.locator('[name="to"]').selectOption((await subject.getAttribute("value"))!);
    await teacher.locator('[name="files"]').setInputFiles(heavyPdf);
    const bars: number[] = [];
    if (scripts) await teacher.route("**/assignments/new", async (route) => {
      bars.push(await teacher.locator("main form > progress").count());
      await route.continue();
    });
    await press(teacher, "open");
    expect(bars).toEqual(scripts ? [1] : []);
    expect(await main(teacher)).toContain("sums.pdf");
    await check(teacher);

    await student.goto("/assignments");
    await check(student);
    await student.getByRole("link", { name: title }).click();
    await check(student);
    // Nothing typed, nothing chosen: refused at the field, by the server.
    await student.locator('main button[value="hand-in"]').click();
    await student.locator('[role="alert"]').waitFor();
    await check(student);
    await student.locator('[name="text"]').fill("2 + 2 = 4");
    await student.locator('[name="files"]').setInputFiles(textFile("way.txt", "first I added"));
    await press(student, "hand-in");
    expect(await main(student)).toContain("The teacher has been told.");
    await check(student);

    await teacher.goto("/assignments");
    await check(teacher);
    await teacher.getByRole("link", { name: new RegExp(title) }).click();
    await check(teacher);
    await teacher.locator('main button[value="feedback"]').click();
    await teacher.locator('[role="alert"]').waitFor();
    expect(await main(teacher)).toContain("Choose a level.");
    await teacher.locator('[name="level"]').selectOption("ME1");
    await teacher.locator('[name="comment"]').fill("Well shown");
    await press(teacher, "feedback");
    await check(teacher);

    await guardian.goto(`/assignments?child=${childId}&show=reviewed`);
    await check(guardian);
    await guardian.locator("li", { hasText: title }).getByRole("link").first().click();
    expect(await main(guardian)).toMatch(/Meeting expectation, upper \(ME1\)[^]*Well shown/);
    await check(guardian);
    const [kept] = await Promise.all([guardian.waitForEvent("download"), guardian.getByRole("link", { name: /way\.txt/ }).click()]);
    expect(kept.suggestedFilename()).toBe("way.txt");

    await guardian.goto(`/children/${childId}/learning`);
    const closer = guardian.locator("main [data-closer]").first();
    expect(await closer.isVisible()).toBe(scripts);
    await guardian.locator('main svg a[href*="competency=critical_thinking"] text').first().click();
    await guardian.locator("#evidence").getByRole("link", { name: title }).waitFor();
    await check(guardian);
    if (scripts) {
      await closer.click();
      await guardian.locator("main canvas").waitFor();
    }
    await end();
  });

  test("LRN-8: a material is shared, opened and finished; a guardian's plan leads to it and is ticked", async () => {
    const { teacher, student, guardian, check, end } = await three({ scripts });
    const title = `Fractions ${mark}`;
    await teacher.goto("/materials/new");
    await check(teacher);
    await teacher.locator('[name="title"]').fill(title);
    await teacher.locator('[name="text"]').fill("A half is one of two equal parts.");
    await teacher.locator('[name="to"]').selectOption((await teacher.locator('[name="to"] option', { hasText: "Mathematics" }).first().getAttribute("value"))!);
    await press(teacher, "shared");
    await check(teacher);

    await guardian.goto(`/study-plans/new?child=${childId}`);
    await check(guardian);
    await guardian.locator('[name="title"]').fill(`Plan ${mark}`);
    await guardian.locator('[name="startsOn"]').fill(later);
    await guardian.locator('[name="endsOn"]').fill(later);
    await guardian.locator('[name="steps.0.text"]').fill("Read about halves");
    await guardian.locator('[name="steps.0.link"]').selectOption({ label: title });
    await guardian.locator('main form[method="post"] button').last().click();
    await guardian.waitForURL(/done=planned/);
    await check(guardian);

    await student.goto("/materials");
    await check(student);
    await student.getByRole("link", { name: `Plan ${mark}` }).click();
    await check(student);
    await press(student, "tick");
    await student.getByRole("link", { name: title }).click();
    await check(student);
    await student.locator('[name="percent"][value="100"]').check();
    await press(student, "progress");

    await guardian.goto(`/children/${childId}/materials`);
    expect(await guardian.locator("li", { hasText: title }).textContent()).toContain("Done");
    await check(guardian);
    await end();
  });
});
