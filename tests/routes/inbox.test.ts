import { expect, test } from "vitest";
import { commit } from "#db/client.ts";
import { notify } from "#app/domain/notifications/notify.server.ts";
import { makeFamily, makeUser, runJobs, send, testContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

const asked = (cause: string, path = "/approvals/preq_7") => ({ type: "purchase.asked", facts: { child: "Amina", plan: "Ten <b>hours</b>", amount: 150_000, currency: "KES" }, path, cause }) as const;

test("NOT-1, EDGE-1: a click in the inbox marks as read and leads to that very item", async () => {
  const ctx = testContext(Date.now());
  const guardian = await makeUser(ctx, "adult");
  await commit(ctx.db, notify(ctx, [guardian], asked("one")).writes);
  const person = await visitor(ctx, guardian);
  const page = await (await person.open("/inbox")).text();
  expect(page).toContain("Amina asks for Ten &lt;b&gt;hours&lt;/b&gt;");
  expect(page).toContain("Unread (1)");
  const id = /name="open" value="([^"]+)"/.exec(page)![1]!;
  const opened = await person.post("/inbox", { open: id });
  expect([opened.status, opened.headers.get("Location")]).toEqual([303, "/approvals/preq_7"]);
  expect(await (await person.open("/inbox")).text()).toContain("Unread (0)");
});

test("NOT-1: a GET of the inbox reads nothing as read, in two round trips", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  await commit(ctx.db, notify(ctx, [family.guardianId], asked("get")).writes);
  const person = await visitor(ctx, family.guardianId);
  await person.open("/inbox");
  const answer = await person.open("/inbox?unread=true&type=purchase");
  expect(await answer.text()).toContain("Unread (1)");
  expect(answer.headers.get("Server-Timing")).toContain("2 trips");
});

test("NOT-1: another's notification cannot be opened, and a strange path leads nowhere", async () => {
  const ctx = testContext(Date.now());
  const [mine, theirs] = [await makeUser(ctx, "adult"), await makeUser(ctx, "adult")];
  await commit(ctx.db, [...notify(ctx, [theirs], asked("theirs")).writes, ...notify(ctx, [mine], asked("strange", "//evil.example")).writes]);
  const page = await (await (await visitor(ctx, theirs)).open("/inbox")).text();
  const person = await visitor(ctx, mine);
  expect((await person.post("/inbox", { open: /name="open" value="([^"]+)"/.exec(page)![1]! })).status).toBe(404);
  const own = await (await person.open("/inbox")).text();
  expect((await person.post("/inbox", { open: /name="open" value="([^"]+)"/.exec(own)![1]! })).headers.get("Location")).toBe("/inbox");
});

test("NOT-1: all read at once, and said how many", async () => {
  const ctx = testContext(Date.now());
  const guardian = await makeUser(ctx, "adult");
  await commit(ctx.db, [...notify(ctx, [guardian], asked("a")).writes, ...notify(ctx, [guardian], asked("b")).writes]);
  const person = await visitor(ctx, guardian);
  expect((await person.post("/inbox")).headers.get("Location")).toBe("/inbox?read=2");
  expect(await (await person.open("/inbox?read=2")).text()).toContain("2 messages marked as read.");
});

test("NOT-3: the development mailbox finds by recipient and its links can be followed", async () => {
  const ctx = testContext(Date.now());
  const name = `Box${crypto.randomUUID().slice(0, 8)}`;
  const guardian = await makeUser(ctx, "adult", name);
  await commit(ctx.db, notify(ctx, [guardian], asked("mail")).writes);
  await runJobs(ctx);
  const page = await (await send("GET", `/dev/mailbox?to=${name}`)).text();
  expect(page).toContain('<a href="http://localhost/approvals/preq_7">');
  expect(await (await send("GET", "/dev/mailbox?to=nobody-at-all")).text()).toContain("Nothing yet");
});
