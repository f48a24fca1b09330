import { env, runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { listRooms } from "#app/domain/chat/list-rooms.server.ts";
import { listMessages, readRoom } from "#app/domain/chat/read-room.server.ts";
import { EDIT_WINDOW } from "#app/domain/chat/rules.ts";
import { editMessage, removeMessage, sendMessage } from "#app/domain/chat/say.server.ts";
import { RoomStore } from "#worker/durable-objects/room-store.ts";
import { guardianships } from "#db/schema/families.ts";
import { enrolments } from "#db/schema/schools.ts";
import { actorOf, api, signedIn, testContext } from "../../world.ts";
import { makeRoom, settled } from "./world.ts";

const ctx = testContext(Date.now());
let world: Awaited<ReturnType<typeof makeRoom>>;
beforeAll(async () => {
  world = await makeRoom(ctx);
});

test("CHT-1: the list says what was said last, by whom, what is unread and whose child it is; it is searched and filtered", async () => {
  await sendMessage(ctx, world.teacher, world.roomId, { text: "Bring  the\nblue book", clientId: "list-one" });
  await settled(ctx, world.roomId);
  const list = async (who: { userId: string }, filter = {}) => (await listRooms(ctx, who, filter, { limit: 20 })).items;
  expect(await list(world.child)).toMatchObject([{ id: world.roomId, capacity: "student", lastText: "Bring the blue book", lastSender: "Teacher", unread: 1, mine: false }]);
  expect(await list(world.teacher)).toMatchObject([{ id: world.roomId, unread: 0, mine: true }]);
  expect(await list(world.guardian)).toMatchObject([{ child: world.child.name, staff: "Teacher", writes: 0, unread: 1 }]);
  expect(await list({ userId: world.viewerId })).toEqual([]);
  expect(await list(world.guardian, { childId: world.siblingId })).toEqual([]);
  expect(await list(world.guardian, { q: "teach" })).toHaveLength(1);
  expect(await list(world.guardian, { q: "%" })).toEqual([]);
});

test("CHT-2: the page costs one batch and one call of the room; it counts as read once it is answered", async () => {
  const before = ctx.meter.roundTrips;
  const page = await readRoom(ctx, world.child, world.roomId, { limit: 20 });
  expect(ctx.meter.roundTrips - before).toBe(1);
  const pointer = async () => (await ctx.rooms.history(world.roomId, { readsFrom: 0, limit: 1 })).pointers.find(({ userId }) => userId === world.childId)?.seq ?? 0;
  expect(await pointer()).toBe(0);
  await ctx.answered();
  expect(await pointer()).toBe(page.lastSeq);
});

test("CHT-2: the same client id is the same message; with another text it is refused", async () => {
  const send = (text: string) => sendMessage(ctx, world.child, world.roomId, { text, clientId: "twice-one" });
  const [first, second] = [await send("Here"), await send("Here")];
  expect([first.again, second.again, second.seq]).toEqual([false, true, first.seq]);
  await expect(send("There")).rejects.toMatchObject({ code: "conflict", reason: "message_other_text" });
});

test("CHT-2: one changes and takes back one's own message within the window, and nobody else's", async () => {
  const { seq } = await sendMessage(ctx, world.child, world.roomId, { text: "Tomorow" });
  expect(await editMessage(ctx, world.child, world.roomId, { seq, text: "Tomorrow" })).toMatchObject({ seq, text: "Tomorrow" });
  await expect(editMessage(ctx, world.teacher, world.roomId, { seq, text: "Never" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(removeMessage(ctx, world.guardian, world.roomId, seq)).rejects.toMatchObject({ code: "forbidden", reason: "room_not_yours_to_write" });
  const late = testContext(ctx.clock.now() + EDIT_WINDOW);
  await expect(removeMessage(late, world.child, world.roomId, seq)).rejects.toMatchObject({ code: "conflict", reason: "message_too_late" });
  await removeMessage(ctx, world.child, world.roomId, seq);
  await expect(editMessage(ctx, world.child, world.roomId, { seq, text: "Again" })).rejects.toMatchObject({ code: "not_found" });
  expect((await listMessages(ctx, world.teacher, world.roomId, { limit: 1 })).messages).toMatchObject([{ seq, text: "" }]);
});

test("CHT-7: a guardian looks on from the day the guardianship began, and not a request longer than it lasts", async () => {
  const late = await makeRoom(ctx);
  const send = (text: string) => sendMessage(ctx, late.teacher, late.roomId, { text });
  await send("Before");
  const began = ctx.clock.now() + 1_000;
  await ctx.db.update(guardianships).set({ startsAt: began }).where(eq(guardianships.guardianId, late.otherGuardianId));
  ctx.setNow(began + 1);
  const other = await actorOf(ctx, late.otherGuardianId);
  expect((await listRooms(ctx, other, {}, { limit: 20 })).items).toMatchObject([{ id: late.roomId, lastText: null, unread: 0 }]);
  await send("After");
  expect((await listMessages(ctx, other, late.roomId, { limit: 20 })).messages.map(({ text }) => text)).toEqual(["After"]);
  expect(await readRoom(ctx, other, late.roomId, { limit: 20 })).toMatchObject({ why: "looks_on", older: null });
  await expect(sendMessage(ctx, other, late.roomId, { text: "And I" })).rejects.toMatchObject({ code: "forbidden" });
  await ctx.db.update(guardianships).set({ endsAt: ctx.clock.now() }).where(eq(guardianships.guardianId, late.otherGuardianId));
  await expect(listMessages(ctx, other, late.roomId, { limit: 20 })).rejects.toMatchObject({ code: "not_found" });
});

test("CHT-5: when the enrolment ends its room is read-only for all, and taken up again it is the same room", async () => {
  const ended = await makeRoom(ctx);
  await ctx.db.update(enrolments).set({ endsAt: ctx.clock.now() }).where(eq(enrolments.id, ended.enrolmentId));
  for (const who of [ended.child, ended.teacher]) await expect(sendMessage(ctx, who, ended.roomId, { text: "Still there?" })).rejects.toMatchObject({ code: "conflict", reason: "room_closed" });
  expect(await readRoom(ctx, ended.child, ended.roomId, { limit: 20 })).toMatchObject({ why: "closed" });
  await ctx.db.update(enrolments).set({ endsAt: null }).where(eq(enrolments.id, ended.enrolmentId));
  await sendMessage(ctx, ended.child, ended.roomId, { text: "Still there!" });
});

test("CHT-2: over the API a message is sent once under one key, and what is no message is refused at the field", async () => {
  const own = await makeRoom(ctx);
  const token = await signedIn(ctx, own.childId);
  const post = (body: unknown, key?: string) => api("POST", `/conversations/${own.roomId}/messages`, { token, body, ...(key ? { headers: { "Idempotency-Key": key } } : {}) });
  const first = await post({ text: "\u202eevil\u0007 <b>bold</b>\r\nline" }, "a-key");
  expect([first.status, ((await first.json()) as { text: string }).text]).toEqual([201, "\u202eevil <b>bold</b>\nline"]);
  expect((await post({ text: "\u202eevil\u0007 <b>bold</b>\r\nline" }, "a-key")).status).toBe(201);
  expect((await post({ text: "Another" }, "a-key")).status).toBe(409);
  for (const text of ["", " \n\t", "\u200b\u200f\u3164", "x".repeat(4001)]) expect((await post({ text })).status).toBe(400);
  expect((await post({ text: "x".repeat(4000) })).status).toBe(201);
});

test("CHT-2: however messages are sent, resent, deleted and paged, pages by cursor hold each of them once and in order", async () => {
  const stub = (env as unknown as { ROOMS: DurableObjectNamespace }).ROOMS.getByName("conv_of_the_property");
  const act = fc.oneof({ weight: 5, arbitrary: fc.record({ kind: fc.constant("send" as const), turn: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 4 }) }) }, fc.record({ kind: fc.constant("remove" as const), seq: fc.integer({ min: 1, max: 40 }) }));
  await runInDurableObject(stub, async (_room, state) => {
    await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 30 }), async (acts, limit, readsFrom) => {
      for (const table of ["messages", "pointers", "facts"]) state.storage.sql.exec(`DROP TABLE IF EXISTS ${table}`);
      const store = new RoomStore(state.storage);
      const sent = new Map<number, number>();
      acts.forEach((one, at) => {
        if (one.kind === "remove") return void store.remove({ senderId: null, seq: one.seq, at });
        for (const answer of store.append(one.turn.map((client) => ({ senderId: "user_1", senderName: "One", clientId: `client-${client}`, text: String(client), at, silent: false, files: [] })))) {
          if ("message" in answer && !answer.again) sent.set(answer.message.seq, at);
        }
      });
      const all = [...sent].filter(([, at]) => at >= readsFrom).map(([seq]) => seq);
      expect([...sent.keys()]).toEqual([...sent.keys()].map((_, at) => at + 1));
      const back: number[] = [];
      for (let page = store.history({ readsFrom, limit }); ; page = store.history({ readsFrom, limit, before: back[0] })) {
        back.unshift(...page.messages.map(({ seq }) => seq));
        if (!page.older) break;
      }
      const forth: number[] = [];
      for (let page = store.history({ readsFrom, limit, after: 0 }); ; page = store.history({ readsFrom, limit, after: forth.at(-1) })) {
        forth.push(...page.messages.map(({ seq }) => seq));
        if (!page.newer) break;
      }
      expect([back, forth]).toEqual([all, all]);
    }), { numRuns: 60 });
  });
});
