import { expect, test } from "vitest";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { actorOf, makeFamily, makeSchool, makeTeacher, send, testContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

const FORM = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };

test("DASH-5: the navigation is the reader's own, with what waits in the first HTML", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
  const guardian = await (await (await visitor(ctx, family.guardianId)).open("/home")).text();
  expect(guardian).toContain('<a href="/home" aria-current="page"');
  expect(guardian).toMatch(/href="\/approvals"[^>]*>.*?Approvals <span class="badge">1<span class="for-readers"> waiting<\/span>/);
  expect(guardian).not.toContain('href="/shop"');
  const child = await (await (await visitor(ctx, family.childId)).open("/home")).text();
  expect(child).toContain('href="/requests"');
  expect(child).not.toContain('href="/approvals"');
  expect(child).not.toContain('href="/finance"');
});

test("DASH-5: who only works at a school is shown its work, and no family's", async () => {
  const ctx = testContext(Date.now());
  const { schoolId, adminId } = await makeSchool(ctx);
  const page = async (userId: string) => (await (await visitor(ctx, userId)).open("/home")).text();
  const teacher = await page(await makeTeacher(ctx, schoolId));
  expect(["/students", "/approvals", "/finance", "/children", "/admin"].filter((path) => teacher.includes(`href="${path}"`))).toEqual(["/students"]);
  const admin = await page(adminId);
  expect(["/students", "/approvals", "/finance", "/admin"].filter((path) => admin.includes(`href="${path}"`))).toEqual(["/admin"]);
});

test("DASH-5: the child last looked at stays chosen, and only a child of one's own is shown", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const guardian = await visitor(ctx, family.guardianId);
  const page = await guardian.open(`/children/${family.childId}`);
  expect(page.headers.getSetCookie().join()).toContain(`child=${family.childId}`);
  expect(await page.text()).toContain(`<a href="/children/${family.childId}" aria-current="true">`);
  const other = await makeFamily(ctx);
  const foreign = await guardian.open(`/children/${other.childId}`);
  expect([foreign.status, foreign.headers.has("Set-Cookie"), (await foreign.text()).includes(other.childId)]).toEqual([404, false, false]);
});

test("EDGE-2: lite mode by the browser's wish or by choice, which wins; every page varies by it", async () => {
  const plain = await send("GET", "/sign-in");
  expect(plain.headers.get("Vary")).toContain("Save-Data");
  expect(await plain.text()).toContain("<script");
  const wished = await (await send("GET", "/sign-in", { headers: { "Save-Data": "on" } })).text();
  expect(wished).not.toContain("<script");
  expect(await (await send("GET", "/sign-in", { headers: { "Save-Data": "on", "Cookie": "lite=0" } })).text()).toContain("<script");
  const chosen = await send("POST", "/more", { headers: FORM, text: "lite=on" });
  expect([chosen.status, chosen.headers.get("Set-Cookie")]).toEqual([303, expect.stringContaining("lite=1;")]);
  const lite = await (await send("GET", "/more", { headers: { Cookie: "lite=1" } })).text();
  expect([lite.includes("<script"), lite.includes("<svg"), lite.includes("Lite mode is on now.")]).toEqual([false, false, true]);
  const ended = await send("POST", "/more", { headers: FORM, text: "lite=auto" });
  expect(ended.headers.get("Set-Cookie")).toContain("Max-Age=0");
  expect((await send("POST", "/more", { headers: FORM, text: "lite=sometimes" })).status).toBe(400);
});

test("Q-1: a page has the style of what stands in it, and its policy names just that", async () => {
  const signIn = await send("GET", "/sign-in");
  const page = await signIn.text();
  const style = /<style>(.*?)<\/style>/s.exec(page)![1]!;
  expect([style.includes("label{"), style.includes(".solo{"), style.includes(".timeline"), style.includes("nav ")]).toEqual([true, true, false, false]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  expect(signIn.headers.get("Content-Security-Policy")).toContain(`style-src 'sha256-${Buffer.from(digest).toString("base64")}';`);
  expect(signIn.headers.has("X-Style-Hash")).toBe(false);
});

test("Q-2: only a page that says so hydrates, by the nonce in its policy; the others have one script, the enhancement", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const guardian = await visitor(ctx, family.guardianId);
  const normal = await guardian.open("/dev/pieces");
  const nonce = /'nonce-([\w-]+)'/.exec(normal.headers.get("Content-Security-Policy") ?? "")?.[1];
  const page = await normal.text();
  expect(page).toContain(`nonce="${nonce}"`);
  expect(page).toContain("streamController.enqueue");
  expect(normal.headers.has("X-Script-Nonce")).toBe(false);
  expect((await (await guardian.open("/home")).text()).match(/<script/g)).toHaveLength(1);
});

test("EDGE-5: what has no page keeps the frame, says so in its title, and shows a way on", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const answer = await (await visitor(ctx, family.guardianId)).open("/no/such/page");
  expect(answer.status).toBe(404);
  const page = await answer.text();
  expect(page).toContain("<title>Page not found");
  expect(page).toContain("<nav");
  expect(page).toContain('href="/"');
});
