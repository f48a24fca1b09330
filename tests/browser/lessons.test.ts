import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { letPass, ring, rows } from "./behind.ts";
import { ask, token } from "./browser.ts";
import { main, press, three } from "./three.ts";

const DAY = 86_400_000;
const childId = rows<{ id: string }>("SELECT id FROM users WHERE username = 'grade6'")[0]!.id;
const enrolmentId = rows<{ id: string }>("SELECT e.id FROM enrolments e JOIN subjects s ON s.id = e.subject_id WHERE e.student_id = ? AND s.name = 'Mathematics'", childId)[0]!.id;
/** The next such day of the week (0 = Sunday) that is at least two days away. */
const next = (weekday: number) => {
  let day = Date.now() + 2 * DAY;
  while (new Date(day).getUTCDay() !== weekday) day += DAY;
  return day;
};
const dateOf = (day: number) => new Date(day).toISOString().slice(0, 10);
const lessonIn = (url: string) => new URL(url).pathname.split("/")[2]!;

/** From the hours a teacher offers to the hours an account has left, by forms alone; each time on a day of its own. */
describe.each([{ scripts: true, weekday: 6, name: "Saturday" }, { scripts: false, weekday: 0, name: "Sunday" }])("with scripts: $scripts", ({ scripts, weekday, name }) => {
  test("LES-1, LES-4, LES-5, LES-6, LES-7: offered, booked, agreed to, moved, agreed to again, held, confirmed by silence, paid in hours, and in the calendar", async () => {
    const { teacher, student, guardian, check, end } = await three({ scripts });
    const day = dateOf(next(weekday));

    // The teacher says when they can be booked: first the wrong way round; then they are away, and are not after all.
    await teacher.goto("/schedule/availability");
    await teacher.locator('[name="weekday"]').selectOption({ label: name });
    await teacher.locator('[name="localStart"]').fill("08:00");
    await teacher.locator('[name="localEnd"]').fill("07:00");
    await teacher.locator('main button[value="add-window"]').click();
    await teacher.locator('[role="alert"]').waitFor();
    expect(await teacher.locator('[name="localEnd"]').inputValue()).toBe("07:00");
    await check(teacher);
    await teacher.locator('[name="localEnd"]').fill("10:00");
    await press(teacher, "add-window");
    expect(await main(teacher)).toContain(`${name} 08:00`);
    const offered = student.locator(`[name="localStart"] option[value^="${day}T08:00"]`);
    const look = async () => {
      await student.goto("/book");
      await student.locator(`main a[href*="${enrolmentId}"]`).click();
      await student.getByText("Free lesson time").waitFor();
    };
    for (const field of ["startsOn", "lastDay"]) await teacher.locator(`[name="${field}"]`).fill(day);
    await press(teacher, "add-absence");
    await check(teacher);
    await look();
    expect(await offered.count()).toBe(0);
    await press(teacher, "remove-absence", { within: teacher.locator("li", { hasText: new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "long" }) }) });
    await look();

    // A lesson every week, looked at before it is set.
    await teacher.goto("/schedule/new");
    await teacher.locator('[name="enrolmentId"]').selectOption(enrolmentId);
    await teacher.locator("main summary", { hasText: "Repeat it" }).click();
    for (const [field, value] of [["date", day], ["time", "06:00"], ["minutes", "45"], ["topic", "Fractions"], ["count", "3"]] as const) await teacher.locator(`[name="${field}"]`).fill(value);
    await teacher.locator('[name="everyWeeks"]').selectOption("1");
    await teacher.locator('main button[value="preview"]').click();
    await teacher.getByText("3 lessons would be set").waitFor();
    await check(teacher);
    await press(teacher, "set", { done: /\/schedule\?from=/ });
    await check(teacher);
    expect(await teacher.locator("main").getByRole("link", { name: /Mathematics.*06:00|06:00.*Mathematics/s }).count()).toBeGreaterThan(0);

    // The student asks for an hour of what is offered.
    await student.locator('[name="localStart"]').selectOption((await offered.getAttribute("value"))!);
    await student.locator('[name="message"]').fill("Before the test");
    await press(student, "book");
    expect(await main(student)).toContain("Your guardians are asked.");
    await check(student);
    const lessonId = lessonIn(student.url());

    await guardian.goto("/approvals");
    await check(guardian);
    const question = guardian.locator("article, .card", { has: guardian.locator(`a[href="/schedule/${lessonId}"]`) });
    expect(await question.textContent()).toContain("Before the test");
    await press(guardian, "approved", { within: question });

    // What a guardian agreed to the school moves only when she agrees again.
    await teacher.goto(`/schedule/${lessonId}`);
    await teacher.locator('main a[href$="?ask=change"]').click();
    await check(teacher);
    await teacher.locator('[name="time"]').fill("09:00");
    await press(teacher, "change");
    expect(await main(teacher)).toContain("The lesson stays where it is until they answer.");
    await check(teacher);
    await guardian.goto(`/schedule/${lessonId}`);
    await check(guardian);
    await press(guardian, "approved");
    await student.goto(`/schedule/${lessonId}`);
    expect(await main(student)).toMatch(/09:00[^]*agreed to move it/);

    // A calendar program reads all of them where the clock on the wall shows them.
    await guardian.goto("/settings/calendar");
    await guardian.locator('[name="name"]').fill("Kitchen");
    await guardian.locator('[name="childId"]').selectOption(childId);
    await guardian.locator('main button[value="make"]').click();
    const address = (await guardian.locator("main code").textContent())!;
    await check(guardian);
    const events = new ICAL.Component(ICAL.parse(await (await fetch(address)).text()) as unknown[]).getAllSubcomponents("vevent").map((found) => ({ id: new ICAL.Event(found).uid.split("@")[0]!, at: new ICAL.Event(found).startDate.toJSDate() }));
    const shown = (at: Date) => at.toLocaleString("sv-SE", { timeZone: "Africa/Nairobi" }).slice(0, 16);
    const series = rows<{ id: string }>("SELECT id FROM lessons WHERE student_id = ? AND topic = 'Fractions' AND local_start LIKE '%T06:00' AND series_id = (SELECT series_id FROM lessons WHERE student_id = ? AND local_start = ?) ORDER BY starts_at", childId, childId, `${day}T06:00`);
    const seen = (id: string) => events.filter((event) => event.id === id).map(({ at }) => shown(at));
    expect(series.map(({ id }) => seen(id))).toEqual([0, 7, 14].map((days) => [`${dateOf(Date.parse(day) + days * DAY)} 06:00`]));
    expect(seen(lessonId)).toEqual([`${day} 09:00`]);

    // The hour comes, and the teacher writes who was there; the family says nothing in its two days.
    const bearer = await token("guardian@");
    const hours = async () => (await ask<{ hours: number }>(bearer, `/students/${childId}/account`)).hours;
    const before = await hours();
    letPass(lessonId, Date.parse(`${day}T06:00:00Z`) - Date.now() + 30 * 60_000);
    await teacher.goto(`/schedule/${lessonId}`);
    await teacher.locator(`main a[href="/schedule/${lessonId}/attendance"]`).click();
    await check(teacher);
    await teacher.locator('[name="status"][value="late"]').check();
    await teacher.locator('[name="minutesLate"]').fill("5");
    await press(teacher, "take");
    await guardian.goto(`/schedule/${lessonId}/attendance`);
    await check(guardian);
    expect(await guardian.locator('main button[value="confirm"]').count()).toBe(1);
    await ring("*/5 * * * *");
    expect(await hours()).toBe(before);
    letPass(lessonId, 2 * DAY);
    await ring("*/5 * * * *");
    await ring("*/5 * * * *");
    expect(await hours()).toBe(before - 1);
    await guardian.goto(`/schedule/${lessonId}`);
    expect(await main(guardian)).toMatch(/Its hours are used up/);
    await guardian.goto(`/children/${childId}/account`);
    await check(guardian);

    // What was offered is taken back.
    await teacher.goto("/schedule/availability");
    await press(teacher, "remove-window", { within: teacher.locator("li", { hasText: `${name} 08:00` }) });
    expect(await main(teacher)).not.toContain(`${name} 08:00`);
    await end();
  });
});
