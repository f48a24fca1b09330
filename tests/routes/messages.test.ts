import { beforeAll, expect, test } from "vitest";
import { sendMessage } from "#app/domain/chat/say.server.ts";
import { makeRoom, settled } from "#tests/operations/chat/world.ts";
import { visitor } from "#tests/visit.ts";
import { fieldsOf } from "#tests/visitor.ts";
import { testContext } from "#tests/world.ts";

const ctx = testContext(Date.now());
let world: Awaited<ReturnType<typeof makeRoom>>;
let path: string;
beforeAll(async () => {
  world = await makeRoom(ctx);
  path = `/messages/${world.roomId}`;
});

test("CHT-2: a child without script sends, and a form sent twice is one message", async () => {
  const child = await visitor(ctx, world.childId);
  const page = await (await child.open(path)).text();
  expect(page).toContain("Your guardians can read this.");
  const form = { ...Object.fromEntries(fieldsOf(page)), act: "send", text: "<script>alert(1)</script> \u202eabc" };
  expect((await child.post(path, form)).status).toBe(303);
  expect((await child.post(path, form)).status).toBe(303);
  const after = await (await child.open(path)).text();
  expect(after.split('<p dir="auto">&lt;script&gt;alert(1)&lt;/script&gt; \u202eabc</p>')).toHaveLength(2);
  const other = await child.post(path, { ...form, text: "Something else" });
  expect(other.status).toBe(409);
  const refused = await other.text();
  expect(refused).toContain("This form has sent another message already");
  expect(refused).toMatch(/<textarea[^>]*>Something else<\/textarea>/);
  // Once more, with the new form's own id, it goes through.
  expect((await child.post(path, { ...form, ...Object.fromEntries(fieldsOf(refused)), text: "Something else" })).status).toBe(303);
});

test("CHT-2: what is no message comes back with its field, everything typed kept", async () => {
  const child = await visitor(ctx, world.childId);
  const form = { ...Object.fromEntries(fieldsOf(await (await child.open(path)).text())), act: "send" };
  const long = await child.post(path, { ...form, text: "y".repeat(4001) });
  const page = await long.text();
  expect([long.status, page.includes("y".repeat(4001)), page.includes('href="#text"')]).toEqual([400, true, true]);
  expect((await child.post(path, { ...form, text: " \u200b " })).status).toBe(400);
});

test("CHT-2, Q-6: twenty to a page, older and newer by link, in two round trips", async () => {
  for (let at = 1; at <= 45; at++) await sendMessage(ctx, world.teacher, world.roomId, { text: `Line ${at}.` });
  const child = await visitor(ctx, world.childId);
  const answer = await child.open(path);
  expect(answer.headers.get("Server-Timing")).toContain("2 trips");
  const last = await answer.text();
  const lines = (html: string) => [...html.matchAll(/>Line (\d+)\.</g)].map(([, line]) => Number(line));
  expect(lines(last)).toEqual(Array.from({ length: 20 }, (_, at) => 26 + at));
  const older = await (await child.open(path + /href="(\?before=\d+)"/.exec(last)![1]!)).text();
  expect(lines(older)).toEqual(Array.from({ length: 20 }, (_, at) => 6 + at));
  expect(lines(await (await child.open(path + /href="(\?after=\d+)"/.exec(older)![1]!)).text())).toEqual(lines(last));
});

test("CHT-2: one's own message is changed and deleted by plain forms", async () => {
  const { seq } = await sendMessage(ctx, world.child, world.roomId, { text: "Tomorow" });
  const child = await visitor(ctx, world.childId);
  const edit = await (await child.open(`${path}?edit=${seq}`)).text();
  expect(edit).toMatch(/<textarea[^>]*>Tomorow<\/textarea>/);
  expect((await child.post(`${path}?edit=${seq}`, { ...Object.fromEntries(fieldsOf(edit)), act: "edit", text: "Tomorrow" })).status).toBe(303);
  expect(await (await child.open(path)).text()).toContain(">Tomorrow<");
  const question = await (await child.open(`${path}?delete=${seq}`)).text();
  expect(question).toContain("Delete this message?");
  expect((await child.post(`${path}?delete=${seq}`, { ...Object.fromEntries(fieldsOf(question)), act: "delete" })).status).toBe(303);
  expect(await (await child.open(path)).text()).toContain("This message was deleted.");
});

test("CHT-1, CHT-7: a guardian sees whose room it is, what is unread, and looks on without a form", async () => {
  await settled(ctx, world.roomId);
  const guardian = await visitor(ctx, world.guardianId);
  const list = await (await guardian.open("/messages")).text();
  expect(list).toContain(`${world.child.name} with Teacher`);
  expect(list).toMatch(/class="badge">\d+/);
  const page = await (await guardian.open(path)).text();
  expect(page).toContain("You look on.");
  expect(page).not.toContain("<textarea");
  expect((await guardian.post(path, { act: "send", text: "And I", clientId: "guardian-one" })).status).toBe(403);
});
