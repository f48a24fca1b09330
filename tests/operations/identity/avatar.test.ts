import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accessLog, consents } from "#db/schema/consent.ts";
import { restrictions } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { keepAvatar } from "#app/domain/identity/keep-avatar.server.ts";
import { readPicture } from "#app/domain/identity/picture.ts";
import { actorOf, api, makeEnrolment, makeFamily, makeTeacher, makeUser, send, signedIn, testContext, type TestContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";
import { EXECUTABLES, jpegWithPlace, pngOf, webp } from "./pictures.ts";

const { FILES } = env as unknown as { FILES: R2Bucket };
const text = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const filesOf = async (userId: string) => (await FILES.list({ prefix: `avatars/${userId}/` })).objects.map((object) => object.key);

const put = (token: string, bytes: Uint8Array<ArrayBuffer>, type = "image/jpeg") => api("PUT", "/me/avatar", { token, bytes, headers: { "Content-Type": type } });
async function one() {
  const ctx = testContext(Date.now());
  const userId = await makeUser(ctx, "adult");
  return { ctx, userId, token: await signedIn(ctx, userId) };
}
async function withPicture(ctx: TestContext, userId: string) {
  await keepAvatar(ctx, await actorOf(ctx, userId), await pngOf(300, 300));
}

test("FAM-12: a photograph is made small, and nothing that its camera wrote is left", async () => {
  const { userId, token } = await one();
  const photo = await jpegWithPlace();
  expect(text(photo)).toContain("SpyPhone");
  expect(readPicture(photo)).toEqual({ type: "image/jpeg", width: 400, height: 300 });
  expect((await put(token, photo)).status).toBe(204);
  const answer = await api("GET", `/avatars/${userId}`, { token });
  expect([answer.status, answer.headers.get("Content-Type"), answer.headers.get("Cache-Control")]).toEqual([200, "image/webp", "private, no-cache"]);
  const kept = await bytesOf(answer);
  expect(readPicture(kept)).toEqual({ type: "image/webp", width: 256, height: 192 });
  expect(kept.length).toBeLessThan(photo.length);
  for (const trace of ["Exif", "EXIF", "XMP", "SpyPhone", "2026:11:24", "GPS", "xmpmeta"]) expect(text(kept), trace).not.toContain(trace);
});

test.each([["PNG", () => pngOf(200, 500)], ["WebP", webp], ["JPEG called a program", jpegWithPlace]])("FAM-12: a %s is taken by its bytes, whatever it is called", async (_kind, make) => {
  const { token } = await one();
  expect((await put(token, await make(), "application/x-msdownload")).status).toBe(204);
});

test.each(Object.entries(EXECUTABLES))("FAM-12: %s called a JPEG is refused, in words", async (_kind, bytes) => {
  const { userId, token } = await one();
  const answer = await put(token, bytes);
  expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([415, "This is no JPEG, PNG or WebP picture."]);
  expect(await filesOf(userId)).toEqual([]);
});

test("FAM-12: a picture cut short, one that unfolds to gigabytes, one too narrow and an empty one are refused", async () => {
  const { ctx, userId, token } = await one();
  const [png, jpeg, small] = [await pngOf(300, 300), await jpegWithPlace(), await webp()];
  const bad: [string, Uint8Array<ArrayBuffer>][] = [
    ["head alone", png.slice(0, 20)], ["PNG cut", png.slice(0, png.length - 30)], ["JPEG cut in its picture", jpeg.slice(0, jpeg.length >> 1)], ["JPEG without picture", jpeg.slice(0, 200)], ["WebP cut", small.slice(0, small.length - 10)],
    ["bomb", await pngOf(8, 8, { width: 100_000, height: 100_000 })], ["wide bomb", await pngOf(8, 8, { width: 11_000, height: 11_000 })], ["narrow", await pngOf(500, 20)], ["empty", new Uint8Array()],
    ["PNG head with other bytes behind", Uint8Array.from([...png.slice(0, 60), ...EXECUTABLES["a Windows program"]!])],
  ];
  for (const [what, bytes] of bad) expect((await put(token, bytes)).status, what).toBe(400);
  expect(await filesOf(userId)).toEqual([]);
  expect((await ctx.db.select().from(users).where(eq(users.id, userId)))[0]!.avatarKey).toBeNull();
});

test("FAM-12: 20 MB are refused before they are read, by API and page; the page says so at its field", async () => {
  const { ctx, userId, token } = await one();
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({ pull: (stream) => { if (++sent > 20) stream.close(); else stream.enqueue(new Uint8Array(1024 * 1024)); } }, { highWaterMark: 0 });
  expect((await api("PUT", "/me/avatar", { token, bytes: endless })).status).toBe(413);
  expect(sent).toBeLessThan(12);
  const cookie = `kinboard=${await signedIn(ctx, userId, { kind: "browser" })}`;
  const page = await send("POST", "/settings/profile", { headers: { "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=x", "Content-Length": String(20 * 1024 * 1024) }, text: "--x--" });
  expect(page.status).toBe(413);
  expect(await page.text()).toContain("at most 8 MB");
  expect((await send("POST", "/settings/security", { headers: { "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Length": String(2 * 1024 * 1024) }, text: "x" })).status).toBe(413);
});

test("FAM-12: another picture replaces the file, removing leaves none, also when several come at once", async () => {
  const { ctx, userId, token } = await one();
  await withPicture(ctx, userId);
  const [first] = await filesOf(userId);
  await Promise.all([pngOf(300, 200), pngOf(200, 300), webp()].map(async (picture) => expect((await put(token, await picture)).status).toBe(204)));
  const left = await filesOf(userId);
  expect(left).toEqual([(await ctx.db.select().from(users).where(eq(users.id, userId)))[0]!.avatarKey]);
  expect(left).not.toContain(first);
  expect((await api("DELETE", "/me/avatar", { token })).status).toBe(204);
  expect((await api("DELETE", "/me/avatar", { token })).status).toBe(204);
  expect(await filesOf(userId)).toEqual([]);
  expect((await api("GET", `/avatars/${userId}`, { token })).status).toBe(404);
});

test("FAM-12: who holds a picture is not sent it again, and sees it no more from the moment the right ends", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  await withPicture(ctx, family.childId);
  const token = await signedIn(ctx, family.viewerId);
  const etag = (await api("GET", `/avatars/${family.childId}`, { token })).headers.get("ETag")!;
  const again = await api("GET", `/avatars/${family.childId}`, { token, headers: { "If-None-Match": etag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  await ctx.db.insert(consents).values({ childId: family.childId, dataType: "media", recipient: "other_guardians", granted: false, setAt: Date.now() });
  expect((await api("GET", `/avatars/${family.childId}`, { token, headers: { "If-None-Match": etag } })).status).toBe(403);
  expect((await api("GET", `/avatars/${family.childId}`, { token: await signedIn(ctx, family.guardianId) })).status).toBe(200);
});

test("FAM-12, CON-2: a child's picture: its guardians, itself; a teacher only by consent; nobody else, and looks are noted", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const stranger = await makeFamily(ctx);
  const teacher = await makeTeacher(ctx, family.schoolId);
  await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId: teacher });
  await withPicture(ctx, family.childId);
  const look = async (userId: string) => (await api("GET", `/avatars/${family.childId}`, { token: await signedIn(ctx, userId) })).status;
  expect(await Promise.all([family.childId, family.guardianId, family.otherGuardianId, family.siblingId, stranger.guardianId, stranger.childId, teacher, family.adminId].map(look))).toEqual([200, 200, 200, 404, 404, 404, 403, 403]);
  await ctx.db.insert(consents).values({ childId: family.childId, dataType: "media", recipient: "teachers", granted: true, setAt: Date.now() });
  expect(await Promise.all([teacher, family.adminId].map(look))).toEqual([200, 403]);
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("restr"), childId: family.childId, personId: family.otherGuardianId, schoolId: family.schoolId, reason: "Order", setBy: family.adminId, startsAt: Date.now() - 1, createdAt: Date.now() });
  expect(await look(family.otherGuardianId)).toBe(404);
  const looks = await ctx.db.select().from(accessLog).where(eq(accessLog.childId, family.childId));
  expect(looks.filter((row) => row.dataType === "media").map((row) => row.capacity).sort()).toEqual(["guardian", "guardian", "teacher"]);
});

test("FAM-12: an adult's picture: who shares a family or a child with them, and the child; nobody else", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const stranger = await makeFamily(ctx, { school: family });
  await withPicture(ctx, family.guardianId);
  const look = async (userId: string) => (await api("GET", `/avatars/${family.guardianId}`, { token: await signedIn(ctx, userId) })).status;
  expect(await Promise.all([family.guardianId, family.otherGuardianId, family.viewerId, family.childId, family.siblingId].map(look))).toEqual([200, 200, 200, 200, 200]);
  expect(await Promise.all([stranger.guardianId, stranger.childId, family.adminId].map(look))).toEqual([404, 404, 404]);
});

test("FAM-12, EDGE-1: chosen in a form, shown on the page, not in lite mode", async () => {
  const { ctx, userId } = await one();
  const cookie = `kinboard=${await signedIn(ctx, userId, { kind: "browser" })}`;
  const post = (bytes: Uint8Array<ArrayBuffer> | null) => {
    const form = new FormData();
    form.set("act", "keep-picture");
    form.set("picture", bytes ? new File([bytes], "me.jpg", { type: "image/jpeg" }) : new File([], ""));
    return send("POST", "/settings/profile", { headers: { "Cookie": cookie, "Sec-Fetch-Site": "same-origin" }, bytes: form });
  };
  for (const [bytes, status] of [[null, 400], [EXECUTABLES["an SVG with script"]!, 415]] as const) {
    const refused = await post(bytes);
    expect(refused.status).toBe(status);
    expect(await refused.text()).toContain('id="picture-problem"');
  }
  expect((await post(await pngOf(300, 300))).headers.get("Location")).toBe("/settings/profile?done=keep-picture");
  const person = await visitor(ctx, userId);
  const html = await (await person.open("/settings/profile?done=keep-picture")).text();
  const [, src] = /<img class="avatar" src="([^"]+)" alt="" width="36" height="36" loading="lazy"\/>/.exec(html) ?? [];
  expect((await send("GET", src!, { headers: { Cookie: cookie } })).status).toBe(200);
  const lite = await send("GET", "/settings/profile", { headers: { "Cookie": cookie, "Save-Data": "on" } });
  expect(await lite.text()).not.toContain("<img");
});

test("FAM-12: a picture of more than 8 MB is refused though it came through the door, and one that was not made bare is not kept", async () => {
  const { ctx, userId } = await one();
  const actor = await actorOf(ctx, userId);
  await expect(keepAvatar(ctx, actor, new Uint8Array(8 * 1024 * 1024 + 1))).rejects.toMatchObject({ code: "too_large", fields: [{ path: "picture", message: "picture_too_large" }] });
  const bare = await webp();
  const telling = Uint8Array.from([...bare, ...[..."EXIF"].map((letter) => letter.charCodeAt(0)), 2, 0, 0, 0, 1, 2]);
  new DataView(telling.buffer).setUint32(4, telling.length - 8, true);
  await expect(keepAvatar({ ...ctx, pictures: { ...ctx.pictures, small: async () => telling } }, actor, await pngOf(300, 300))).rejects.toThrow("the picture was not made bare");
  expect(await filesOf(userId)).toEqual([]);
  expect((await ctx.db.select().from(users).where(eq(users.id, userId)))[0]!.avatarKey).toBeNull();
});

test("FAM-12: a picture whose file is lost is not there, also for who holds another", async () => {
  const { ctx, userId, token } = await one();
  await withPicture(ctx, userId);
  await FILES.delete(await filesOf(userId));
  for (const headers of [{}, { "If-None-Match": '"another"' }] as Record<string, string>[]) expect((await api("GET", `/avatars/${userId}`, { token, headers })).status).toBe(404);
});
