import { eq } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { announce, loadAnnouncements, readAnnouncements } from "#app/domain/announcements/announce.server.ts";
import { dropPlanned, listPlanned, sayLater } from "#app/domain/chat/plan-message.server.ts";
import { readRoom } from "#app/domain/chat/read-room.server.ts";
import { sendMessage } from "#app/domain/chat/say.server.ts";
import { DAY } from "#app/domain/clock.ts";
import { notificationSettings } from "#db/schema/notifications.ts";
import { classes } from "#db/schema/schools.ts";
import { IN_TIME } from "#tests/patience.ts";
import { actorOf, makeTeacher, testContext, unique } from "#tests/world.ts";
import { makeRoom, settled } from "./world.ts";

const ctx = testContext(Date.now());
let room: Awaited<ReturnType<typeof makeRoom>>;
beforeAll(async () => {
  room = await makeRoom(ctx);
});

const timed = (text: string, more: { sendAt?: number; silent?: boolean; clientId?: string } = {}) => ({ text, silent: false, sendAt: null, clientId: unique("message"), ...more });
const tell = async (text: string, more = {}) => announce(ctx, room.teacher, { classId: room.classId, schoolId: null }, timed(text, more));

test("CHT-8: a teacher tells the class: its students and their guardians read it, and nobody but the author writes", async () => {
  const { conversationId, seq } = await tell("No lesson on Friday");
  expect(seq).toBe(1);
  for (const userId of [room.childId, room.guardianId, room.viewerId]) {
    const page = await readRoom(ctx, await actorOf(ctx, userId), conversationId, { limit: 20 });
    expect([page.items.map(({ text }) => text), page.why]).toEqual([["No lesson on Friday"], "listens"]);
    await expect(sendMessage(ctx, await actorOf(ctx, userId), conversationId, { text: "Hooray" })).rejects.toMatchObject({ code: "forbidden" });
  }
  // The sibling is in another class: theirs is another child's.
  await expect(readRoom(ctx, await actorOf(ctx, room.siblingId), conversationId, { limit: 20 })).rejects.toMatchObject({ code: "not_found" });
  expect((await tell("And none on Monday")).conversationId).toBe(conversationId);
});

test("CHT-8: the author sees by how many of those whom it is for each was seen, and nobody else does", async () => {
  const { conversationId } = await announce(ctx, await actorOf(ctx, room.adminId), { classId: null, schoolId: room.schoolId }, timed("Sports day"));
  await settled(ctx, conversationId);
  const admin = await actorOf(ctx, room.adminId);
  const seen = async () => {
    await settled(ctx, conversationId);
    const { of, items } = await readAnnouncements(ctx, admin, conversationId, { limit: 20 });
    return [items.map((item) => item.seen), of];
  };
  // Two children, three guardians.
  expect(await seen()).toEqual([[0], 5]);
  await readRoom(ctx, room.child, conversationId, { limit: 20 });
  await readRoom(ctx, room.guardian, conversationId, { limit: 20 });
  await ctx.answered();
  expect(await seen()).toEqual([[2], 5]);
  await announce(ctx, admin, { classId: null, schoolId: room.schoolId }, timed("Bring water"));
  expect(await seen()).toEqual([[2, 0], 5]);
  for (const other of [room.guardian, room.teacher, room.child]) await expect(readAnnouncements(ctx, other, conversationId, { limit: 20 })).rejects.toMatchObject({ code: "not_found" });
});

test("CHT-8: one tells one's own classes and the schools that one runs; who no longer teaches a class says nothing more", async () => {
  const other = await actorOf(ctx, await makeTeacher(ctx, room.schoolId));
  for (const to of [{ classId: room.classId, schoolId: null }, { classId: null, schoolId: room.schoolId }]) for (const actor of [other, room.guardian, room.child]) await expect(announce(ctx, actor, to, timed("Mine"))).rejects.toMatchObject({ code: "not_found" });
  expect((await loadAnnouncements(ctx, room.teacher)).audiences.map(({ classId }) => classId)).toEqual([room.classId]);
  const { conversationId } = await tell("Last words");
  await ctx.db.update(classes).set({ teacherId: other.userId }).where(eq(classes.id, room.classId));
  await expect(tell("More")).rejects.toMatchObject({ code: "not_found" });
  await expect(sendMessage(ctx, room.teacher, conversationId, { text: "More" })).rejects.toMatchObject({ code: "forbidden" });
  await ctx.db.update(classes).set({ teacherId: room.teacherId }).where(eq(classes.id, room.classId));
});

test("CHT-8: what is planned is said at its time, in order and once, and can be called off until then", async () => {
  const soon = Date.now() + 1200;
  const later = await sayLater(ctx, room.teacher, room.roomId, timed("second", { sendAt: soon + 200 }));
  const first = timed("first", { sendAt: soon, silent: true });
  for (let again = 0; again < 2; again++) await sayLater(ctx, room.teacher, room.roomId, first);
  const never = timed("never", { sendAt: soon + 100 });
  await sayLater(ctx, room.teacher, room.roomId, never);
  expect(later).toBeNull();
  expect((await listPlanned(ctx, room.teacher, room.roomId)).map(({ text }) => text)).toEqual(["first", "never", "second"]);
  // Only its own sender sees it or calls it off.
  expect(await listPlanned(ctx, room.child, room.roomId)).toEqual([]);
  await expect(dropPlanned(ctx, room.child, room.roomId, never.clientId)).rejects.toMatchObject({ code: "not_found" });
  await dropPlanned(ctx, room.teacher, room.roomId, never.clientId);
  const said = async () => (await ctx.rooms.history(room.roomId, { readsFrom: 0, limit: 20 })).messages;
  expect(await said()).toEqual([]);
  await vi.waitFor(async () => expect((await said()).map(({ text, silent }) => [text, silent])).toEqual([["first", true], ["second", false]]), IN_TIME);
  expect(await listPlanned(ctx, room.teacher, room.roomId)).toEqual([]);
  await expect(dropPlanned(ctx, room.teacher, room.roomId, first.clientId)).rejects.toMatchObject({ code: "not_found" });
});

test("CHT-8: a right that ended in the meantime says nothing more", async () => {
  const { conversationId } = await tell("Now");
  await tell("Later", { sendAt: Date.now() + 1000 });
  await ctx.db.update(classes).set({ teacherId: null }).where(eq(classes.id, room.classId));
  await vi.waitFor(async () => expect(await ctx.rooms.planned(conversationId, room.teacherId)).toEqual([]), IN_TIME);
  expect((await ctx.rooms.history(conversationId, { readsFrom: 0, limit: 20 })).messages.map(({ text }) => text)).not.toContain("Later");
  await ctx.db.update(classes).set({ teacherId: room.teacherId }).where(eq(classes.id, room.classId));
});

test("CHT-8: a time that is over, one too far ahead, and a twenty-first message are refused; who only looks on plans nothing", async () => {
  const now = ctx.clock.now();
  for (const sendAt of [now, now - 1, now + 90 * DAY + 1]) await expect(sayLater(ctx, room.teacher, room.roomId, timed("Hm", { sendAt }))).rejects.toMatchObject({ code: "invalid_input" });
  for (let at = 0; at < 20; at++) await sayLater(ctx, room.teacher, room.roomId, timed("Hm", { sendAt: now + DAY }));
  await expect(sayLater(ctx, room.teacher, room.roomId, timed("Hm", { sendAt: now + DAY }))).rejects.toMatchObject({ code: "conflict", reason: "planned_too_many" });
  await expect(sayLater(ctx, room.guardian, room.roomId, timed("Hm", { sendAt: now + DAY }))).rejects.toMatchObject({ code: "forbidden" });
});

test("CHT-8: the page of a room says when the teacher is not disturbed; to the teacher, and to who only looks on, nothing", async () => {
  const quiet = async (actor: typeof room.child) => (await readRoom(ctx, actor, room.roomId, { limit: 1 })).room.quiet;
  expect(await quiet(room.child)).toMatchObject({ from: "21:00", until: "07:00" });
  expect([await quiet(room.teacher), await quiet(room.guardian)]).toEqual([null, null]);
  await ctx.db.insert(notificationSettings).values({ userId: room.teacherId, quietFrom: "18:00", quietUntil: "06:30", digestHour: 8, updatedAt: ctx.clock.now() });
  expect(await quiet(room.child)).toMatchObject({ from: "18:00", until: "06:30" });
  await ctx.db.update(notificationSettings).set({ quietFrom: null, quietUntil: null }).where(eq(notificationSettings.userId, room.teacherId));
  expect(await quiet(room.child)).toBeNull();
});

test("CHT-8: of an erased person nothing more is said", async () => {
  await sayLater(ctx, room.child, room.roomId, timed("Soon", { sendAt: Date.now() + DAY }));
  await ctx.rooms.forget(room.roomId, { userId: room.childId, at: Date.now() });
  expect(await listPlanned(ctx, room.child, room.roomId)).toEqual([]);
});

test("CHT-8: what is said under a client id that says something else already is refused", async () => {
  const said = timed("Read chapter two");
  expect((await sayLater(ctx, room.teacher, room.roomId, said))!.text).toBe("Read chapter two");
  expect((await sayLater(ctx, room.teacher, room.roomId, said))!.text).toBe("Read chapter two");
  await expect(sayLater(ctx, room.teacher, room.roomId, { ...said, text: "Read chapter three" })).rejects.toMatchObject({ code: "conflict", reason: "message_other_text" });
});

test("CHT-8: of many announcements the author reads a page, and from where older ones follow", async () => {
  const fresh = await makeRoom(ctx);
  const say = async (text: string) => announce(ctx, fresh.teacher, { classId: fresh.classId, schoolId: null }, timed(text));
  const { conversationId } = await say("one");
  for (const text of ["two", "three"]) await say(text);
  const page = async (before?: number) => readAnnouncements(ctx, fresh.teacher, conversationId, { limit: 2, before });
  const last = await page();
  expect([last.items.map(({ text }) => text), last.older]).toEqual([["two", "three"], 2]);
  const first = await page(last.older!);
  expect([first.items.map(({ text }) => text), first.older]).toEqual([["one"], null]);
});
