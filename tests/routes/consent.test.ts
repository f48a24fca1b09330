import { expect, test } from "vitest";
import { makeFamily, NOON, send, signedIn, testContext } from "#tests/world.ts";

const ctx = testContext(Date.now());
const cookieOf = async (userId: string, steppedUp = false) => ({ Cookie: `kinboard=${await signedIn(ctx, userId, { kind: "browser", steppedUp })}` });

test("CON-1: without JavaScript, a guardian asks what opening would do, opens until a day, and closes again; a wrong day keeps what was typed", async () => {
  const { childId, guardianId } = await makeFamily(ctx);
  const headers = await cookieOf(guardianId, true);
  const at = `/settings/consent?child=${childId}&to=teachers`;
  const post = (form: Record<string, string>, path = at) => send("POST", path, { headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" }, text: new URLSearchParams(form).toString() });
  const read = async (path: string) => (await send("GET", path, { headers })).text();
  expect(await read(`${at}&open=media.teachers`)).toContain("From now on Child’s teachers can see: picture and recordings.");

  const form = { act: "set", childId, to: "teachers", of: "media", granted: "yes", reason: "School play" };
  const refused = await post({ ...form, until: "2020-01-01" }, `${at}&open=media.teachers`);
  expect(refused.status).toBe(400);
  const again = await refused.text();
  expect(again).toContain("Choose a day in the future.");
  expect(again).toContain('value="School play"');

  const done = await post({ ...form, until: new Date(NOON + 400 * 86_400_000).toISOString().slice(0, 10) });
  expect([done.status, done.headers.get("Location")]).toEqual([303, `/settings/consent?child=${childId}&to=teachers&done=opened&count=1`]);
  expect(await read(done.headers.get("Location")!)).toMatch(/Opened\.[^]*Reason: School play/);
  expect((await post({ act: "set", childId, to: "teachers", granted: "no" })).headers.get("Location")).toContain("done=closed&count=6");
});

test("CON-1: the child reads its own choices and has nothing to press", async () => {
  const { childId } = await makeFamily(ctx);
  const page = await (await send("GET", "/settings/consent?to=tutors", { headers: await cookieOf(childId) })).text();
  expect(page).toContain("Your guardians choose this together with you.");
  expect(page).not.toContain('name="granted"');
});
