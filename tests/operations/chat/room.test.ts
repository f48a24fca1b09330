import { beforeAll, expect, test, vi } from "vitest";
import { conversations } from "#db/schema/conversations.ts";
import { countUnread } from "#db/conversations.ts";
import { placeIn, selectPlace, selectTalkers } from "#db/talkers.ts";
import { eq } from "drizzle-orm";
import { IN_TIME } from "#tests/patience.ts";
import { actorOf, testContext, type Family } from "#tests/world.ts";
import { makeRoom } from "./world.ts";

const ctx = testContext(Date.now());
let family: Family;
let teacherId: string;
let roomId: string;

beforeAll(async () => {
  ({ teacherId, roomId, ...family } = await makeRoom(ctx));
});

const say = (clientId: string, text: string) => ctx.rooms.send(roomId, { senderId: teacherId, senderName: "Teacher", clientId, text, at: Date.now(), silent: false, files: [] });

test("CHT-5: an enrolment opens its conversation, with the student, the teacher and the guardians who look on", async () => {
  const talkers = await ctx.db.batch([selectTalkers(ctx.db, roomId, ctx.clock.now())]);
  expect(talkers[0].map(({ userId, capacity, writes }) => ({ userId, capacity, writes })).sort((a, b) => a.userId.localeCompare(b.userId))).toEqual([
    { userId: family.guardianId, capacity: "guardian", writes: 0 }, { userId: family.otherGuardianId, capacity: "guardian", writes: 0 },
    { userId: family.childId, capacity: "student", writes: 1 }, { userId: teacherId, capacity: "staff", writes: 1 },
  ].sort((a, b) => a.userId.localeCompare(b.userId)));
  const [[viewer]] = await ctx.db.batch([selectPlace(ctx.db, family.viewerId, roomId, ctx.clock.now())]);
  expect(placeIn(viewer)).toBeNull();
});

test("CHT-2: a message sent again is the same message, and another text under its id is refused", async () => {
  const first = await say("client-one", "Good morning");
  expect(first).toMatchObject({ again: false, message: { seq: 1, text: "Good morning" } });
  expect(await say("client-one", "Good morning")).toMatchObject({ again: true, message: { seq: 1 } });
  expect(await say("client-one", "Good evening")).toEqual({ refused: "other_text" });
  expect((await ctx.rooms.history(roomId, { readsFrom: 0, limit: 20 })).messages.map(({ seq, text }) => [seq, text])).toEqual([[1, "Good morning"]]);
});

test("CHT-1: the room's summary and what is unread come to D1, and reading takes it away", async () => {
  await say("client-two", "Bring the blue book");
  const unread = async () => (await ctx.db.batch([countUnread(ctx.db, family.childId, Date.now())]))[0][0]!.unread;
  await vi.waitFor(async () => expect(await unread()).toBe(2), IN_TIME);
  expect((await actorOf(ctx, family.childId)).counts.messages).toBe(2);
  await ctx.rooms.read(roomId, { userId: family.childId, seq: 2, at: Date.now(), readsFrom: 0 });
  await vi.waitFor(async () => expect(await unread()).toBe(0), IN_TIME);
  const [row] = await ctx.db.select().from(conversations).where(eq(conversations.id, roomId));
  expect(row).toMatchObject({ lastSeq: 2, lastText: "Bring the blue book", lastSenderId: teacherId });
});
