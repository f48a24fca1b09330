import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ask, person, signIn, token } from "./browser.ts";

type Listed = { items: { id: string; kind: string; childId: string | null }[] };

/** A room that the teacher, the child and its guardian can open: the first that all three list. */
async function sharedRoom(): Promise<string> {
  const [teacher, child, guardian] = await Promise.all(["teacher@", "grade6", "guardian@"].map(async (who) => (await ask<Listed>(await token(who), "/conversations?limit=100")).items));
  return teacher!.find(({ id, kind }) => kind === "student_teacher" && child!.some((room) => room.id === id) && guardian!.some((room) => room.id === id))!.id;
}

const said = (page: Page) => page.locator("ol.talk li[id] > p").allInnerTexts();
const write = async (page: Page, text: string) => {
  await page.locator('textarea[name="text"]').fill(text);
  await page.locator('button[value="send"]').click();
};
/** A line that died without a word is missed after three quarters of a minute; then the page dials again, and has lost nothing. */
const AT_LAST = { timeout: 70_000 };
/** The live line is open: the page says who else is here. */
const isLive = (page: Page, whom: string) => page.locator('p[role="status"]', { hasText: whom }).waitFor(AT_LAST);
/** The last messages as they are drawn, by the script or by the server. */
const drawn = (page: Page) => page.locator("ol.talk li[id]").evaluateAll((items) => items.slice(-3).map((item) => item.outerHTML.replaceAll("<!-- -->", "")));

test("CHT-3, CHT-9: what is said appears at once, what is written without a network is sent when it is back, and the page is the one that the server draws", { timeout: 300_000 }, async () => {
  const room = `/messages/${await sharedRoom()}`;
  const [teacher, child, guardian] = [await person(), await person(), await person({ scripts: false })];
  await Promise.all([signIn(teacher.page, "teacher@"), signIn(child.page, "grade6"), signIn(guardian.page, "guardian@")]);
  await Promise.all([teacher.page.goto(room), child.page.goto(room)]);
  await isLive(teacher.page, "Neema");

  const mark = Date.now().toString(36);
  await write(teacher.page, `Bring the blue book ${mark}`);
  await child.page.getByText(`Bring the blue book ${mark}`).waitFor(AT_LAST);
  await expect.poll(async () => {
    await child.page.locator('textarea[name="text"]').press("w");
    return teacher.page.locator('p[role="status"]').innerText();
  }, { ...AT_LAST, interval: 3500 }).toContain("is writing");

  await child.context.setOffline(true);
  await write(child.page, `I will ${mark}`);
  await child.page.locator("li[data-pending]").waitFor();
  await write(child.page, `<b>Both</b> of them ${mark}`);
  expect(await said(teacher.page)).not.toContain(`I will ${mark}`);
  await child.context.setOffline(false);
  await teacher.page.getByText(`<b>Both</b> of them ${mark}`).waitFor(AT_LAST);
  await child.page.locator("li[data-pending]").first().waitFor({ state: "detached", ...AT_LAST });

  await guardian.page.goto(room);
  const transcript = [`Bring the blue book ${mark}`, `I will ${mark}`, `<b>Both</b> of them ${mark}`];
  for (const { page } of [teacher, child, guardian]) expect((await said(page)).slice(-3)).toEqual(transcript);
  await teacher.page.locator("li.own", { hasText: mark }).getByText("Read").waitFor(AT_LAST);
  for (const { page } of [teacher, child]) {
    const before = await drawn(page);
    await page.reload();
    expect(await drawn(page)).toEqual(before);
  }
  expect([...teacher.complaints, ...child.complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|WebSocket/.test(one)), ...guardian.complaints]).toEqual([]);
  await Promise.all([teacher, child, guardian].map(({ context }) => context.close()));
});

test("NOT-4, DASH-5: the badge of Messages counts while one looks, and the page without scripts says the same", { timeout: 180_000 }, async () => {
  const id = await sharedRoom();
  const [child, plain] = [await person(), await person({ scripts: false })];
  await Promise.all([signIn(child.page, "grade6"), signIn(plain.page, "grade6")]);
  const badge = (page: Page) => page.locator('nav a[href="/messages"] .badge').evaluateAll((badges) => Number.parseInt(badges[0]?.textContent ?? "0"));
  const opened = child.page.waitForEvent("websocket");
  await child.page.goto("/home");
  await (await opened).waitForEvent("framereceived");
  const before = await badge(child.page);
  const sent = await fetch(new URL(`/api/v1/conversations/${id}/messages`, child.page.url()), { method: "POST", headers: { "Authorization": `Bearer ${await token("teacher@")}`, "Content-Type": "application/json" }, body: JSON.stringify({ text: "And a ruler" }) });
  expect(sent.status).toBe(201);
  await expect.poll(() => badge(child.page), AT_LAST).toBeGreaterThan(before);
  // The section counts its inbox too, where the message is told of: as many as there are in truth, live and on a page without scripts.
  const bearer = await token("grade6");
  const waiting = async () => ask<{ messages: number; alerts: number }>(bearer, "/counters").then(({ messages, alerts }) => messages + alerts);
  await expect.poll(async () => (await badge(child.page)) - (await waiting()), AT_LAST).toBe(0);
  await plain.page.goto("/home");
  expect(await badge(plain.page)).toBe(await waiting());
  await Promise.all([child, plain].map(({ context }) => context.close()));
});

test("SUP-2: a question is answered live on both sides, keeps what is half written, and opens again where it was closed", { timeout: 180_000 }, async () => {
  const [asker, answerer] = [await person(), await person()];
  await Promise.all([signIn(asker.page, "guardian@"), signIn(answerer.page, "staff@")]);
  const mark = Date.now().toString(36);
  const send = (page: Page) => page.locator('main form button:not([value="close"])').click();
  const reply = async (page: Page, text: string) => {
    await page.locator('textarea[name="text"]').fill(text);
    await send(page);
  };
  await asker.page.goto("/support/tickets/new");
  await asker.page.locator("#subject").fill(`Twice ${mark}`);
  await reply(asker.page, "I paid twice.");
  await asker.page.waitForURL(/done=asked/);
  await answerer.page.goto("/home");
  await answerer.page.locator("main").getByText(`Twice ${mark}`).click();
  await isLive(answerer.page, "Amina");

  await answerer.page.locator("#text").fill("Half an answer");
  await reply(asker.page, `On the third ${mark}`);
  await answerer.page.locator("ol.talk").getByText(`On the third ${mark}`).waitFor(AT_LAST);
  expect(await answerer.page.locator("#text").inputValue()).toBe("Half an answer");
  await isLive(asker.page, "Janet");
  await reply(answerer.page, `It goes back ${mark}`);
  await asker.page.locator("ol.talk").getByText(`It goes back ${mark}`).waitFor(AT_LAST);

  await answerer.page.locator('button[value="close"]').click();
  await answerer.page.locator('button[value="close"]').waitFor({ state: "detached" });
  expect(await answerer.page.locator("#text").count(), "closed, the school waits").toBe(0);
  await isLive(answerer.page, "Amina");
  await reply(asker.page, `One thing more ${mark}`);
  await answerer.page.locator("#text").waitFor(AT_LAST);
  expect(await said(answerer.page)).toEqual(["I paid twice.", `On the third ${mark}`, `It goes back ${mark}`, `One thing more ${mark}`]);
  expect([...asker.complaints, ...answerer.complaints]).toEqual([]);
  await Promise.all([asker, answerer].map(({ context }) => context.close()));
});
