import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { CLOSED, MOST_ROOMS, PING } from "#app/domain/chat/protocol.ts";
import { issueTicket, readTicket } from "#app/domain/chat/live-ticket.server.ts";
import { endSession } from "#app/domain/identity/end-session.server.ts";
import { hashToken } from "#app/domain/identity/sessions.ts";
import { commit } from "#db/client.ts";
import { conversations, listeners } from "#db/schema/conversations.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { sessions } from "#db/schema/identity.ts";
import { enrolments } from "#db/schema/schools.ts";
import { parseEnv } from "#worker/env.ts";
import { IN_TIME } from "#tests/patience.ts";
import { knockLive, livePage, LivePage, ticketOf } from "#tests/live-browser.ts";
import { actorOf, api, signedIn, testContext, type Family } from "#tests/world.ts";
import { die, makeRoom } from "./world.ts";

const ctx = testContext(Date.now());
const { ROOMS, INBOXES } = parseEnv(env);
let family: Family;
let teacherId: string;
let roomId: string;

beforeAll(async () => {
  ({ teacherId, roomId, ...family } = await makeRoom(ctx));
});

describe("CHT-3: the door of sockets", () => {
  test("opens for a ticket once, from our own pages only", async () => {
    const token = await signedIn(ctx, family.childId);
    const ticket = await ticketOf(token);
    expect((await knockLive(ticket, { Origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await knockLive(ticket, { Upgrade: "h2c" })).status).toBe(426);
    expect((await knockLive(`${ticket}x`)).status).toBe(401);
    expect((await knockLive("garbage")).status).toBe(401);
    const opened = await knockLive(ticket);
    expect(opened.status).toBe(101);
    opened.webSocket!.accept();
    expect((await knockLive(ticket)).status).toBe(401);
    expect((await api("POST", "/live/ticket")).status).toBe(401);
  });
});

describe("CHT-3: a conversation over sockets", () => {
  test("what one says the other hears, once and in order; typing, presence and reading too", async () => {
    const { page: teacher } = await livePage(ctx, teacherId, [[1, roomId, 0, 0]]);
    const { page: child } = await livePage(ctx, family.childId, [[7, roomId, 0, 0]]);
    await child.next("sync");
    await teacher.next("here", (frame) => frame[2].length === 2);

    child.say(["typing", 7]);
    await teacher.next("typing");
    child.say(["send", 7, "client-one", "Good morning"]);
    await child.next("ok", (frame) => frame[1] === "client-one");
    teacher.say(["send", 1, "client-two", "Good morning to you"]);
    await child.next("m", (frame) => frame[2].some((message) => message[4] === "Good morning to you"));
    await teacher.next("m", (frame) => frame[2].some((message) => message[4] === "Good morning to you"));
    expect(teacher.texts(1)).toEqual(["Good morning", "Good morning to you"]);
    expect(child.texts(7)).toEqual(["Good morning", "Good morning to you"]);
    const spoken = child.rooms.get(7)!.messages.get(2)!;
    expect(child.rooms.get(7)!.authors.find(([n]) => n === spoken[2])?.[1]).toBe(teacherId);

    await child.next("count", () => child.counters?.messages === 1);
    child.say(["read", 7, 2]);
    await child.next("count", () => child.counters?.messages === 0);
    await teacher.next("read", (frame) => frame[2].some(([, seq]) => seq === 2));

    child.say(["send", 7, "client-one", "Good morning"]);
    child.say(["send", 7, "client-one", "Another text"]);
    await child.next("no", (frame) => frame[2] === "other_text");
    expect(child.all("ok").filter((frame) => frame[1] === "client-one").map((frame) => frame[3])).toEqual([1, 1]);
    child.leave();
    teacher.leave();
  });
});

describe("CHT-3, NOT-4: rights and sessions that end are told by the write that ends them, long before an inbox would look again", () => {
  /** A guardian who looks on, with the room open and a word already heard. */
  const lookingOn = async (guardianId = family.otherGuardianId) => {
    const { token, page } = await livePage(ctx, guardianId, [[1, roomId, 0, 0]]);
    await page.next("sync");
    return { token, page };
  };
  const said = (clientId: string, text: string) => ctx.rooms.send(roomId, { senderId: teacherId, senderName: "Teacher", clientId, text, at: Date.now(), silent: false, files: [] });

  test("signing out, and a session revoked from elsewhere", async () => {
    const { token, page } = await lookingOn();
    const other = await signedIn(ctx, family.otherGuardianId);
    const [mine] = await ctx.db.select().from(sessions).where(eq(sessions.tokenHash, await hashToken(token)));
    expect((await api("DELETE", `/me/sessions/${mine!.id}`, { token: other })).status).toBe(204);
    await vi.waitFor(() => expect(page.closed).toBe(CLOSED.signedOut), IN_TIME);
    const { page: again } = await livePage(ctx, family.otherGuardianId);
    await endSession(ctx, await actorOf(ctx, family.otherGuardianId));
    await new Promise((done) => setTimeout(done, 100));
    expect(again.closed).toBeUndefined();
    again.leave();
  });

  test.each([
    ["a guardianship ends", () => commit(ctx.db, [ctx.db.update(guardianships).set({ endsAt: Date.now() - 1, active: false }).where(and(eq(guardianships.guardianId, family.otherGuardianId), eq(guardianships.childId, family.childId)))]),
      () => commit(ctx.db, [ctx.db.update(guardianships).set({ endsAt: null, active: true }).where(and(eq(guardianships.guardianId, family.otherGuardianId), eq(guardianships.childId, family.childId)))])],
    ["a restriction begins", () => commit(ctx.db, [ctx.db.insert(restrictions).values({ id: "res_live", childId: family.childId, personId: family.otherGuardianId, schoolId: family.schoolId, reason: "Court", setBy: teacherId, startsAt: Date.now() - 1, createdAt: Date.now() })]),
      () => commit(ctx.db, [ctx.db.delete(restrictions).where(eq(restrictions.id, "res_live"))])],
  ])("%s: the room is gone, and nothing more of it comes", async (_what, end, restore) => {
    const { page } = await lookingOn();
    await end();
    await page.next("gone", (frame) => frame[1] === 1);
    const before = page.all("m").length;
    await said(crypto.randomUUID(), "Between us");
    await new Promise((done) => setTimeout(done, 200));
    expect(page.all("m").length).toBe(before);
    page.say(["watch", 2, roomId, 0, 0]);
    await page.next("no", (frame) => frame[1] === 2 && frame[2] === "no_room");
    page.leave();
    await restore();
  });

  test("an enrolment ends: the student reads on, and writes no more", async () => {
    const { page } = await livePage(ctx, family.childId, [[1, roomId, 0, 0]]);
    await page.next("sync");
    await commit(ctx.db, [ctx.db.update(enrolments).set({ endsAt: Date.now() - 1 }).where(eq(enrolments.studentId, family.childId))]);
    await vi.waitFor(() => {
      page.say(["send", 1, `late-${crypto.randomUUID().slice(0, 8)}`, "Still there?"]);
      expect(page.all("no").some((frame) => frame[2] === "read_only")).toBe(true);
    }, IN_TIME);
    expect(page.all("gone")).toEqual([]);
    await commit(ctx.db, [ctx.db.update(enrolments).set({ endsAt: null }).where(eq(enrolments.studentId, family.childId))]);
    page.leave();
  });

  test("a right that ends by the clock ends then, with nobody writing anything", async () => {
    const { page } = await lookingOn();
    await commit(ctx.db, [ctx.db.update(guardianships).set({ endsAt: Date.now() + 1500 }).where(and(eq(guardianships.guardianId, family.otherGuardianId), eq(guardianships.childId, family.childId)))]);
    await page.next("gone");
    await commit(ctx.db, [ctx.db.update(guardianships).set({ endsAt: null }).where(eq(guardianships.guardianId, family.otherGuardianId))]);
    page.leave();
  });
});

describe("CHT-3: whatever a socket sends is answered, and breaks nothing", () => {
  test("frames that are none, too long, of another version, for foreign rooms, from the future", async () => {
    const { token, page } = await livePage(ctx, family.childId, [[1, roomId, 0, 0], [2, "conv_of_others", 0, 0], [3, roomId, 9_000_000, 0]]);
    await page.next("no", (frame) => frame[1] === 2 && frame[2] === "no_room");
    await page.next("no", (frame) => frame[1] === 3 && frame[2] === "ahead");
    page.say(["watch", 1, roomId, 0, 0]);
    await page.next("sync");
    page.raw("not JSON");
    page.raw(new ArrayBuffer(16));
    page.raw("x".repeat(33 * 1024));
    page.raw(JSON.stringify(["send", 1, "client-as-other", "I am the teacher", teacherId]));
    await page.next("no", (frame) => frame[2] === "too_big");
    await page.next("no", (frame) => frame[1] === "client-as-other" && frame[2] === "malformed");
    page.say(["send", 2, "client-foreign", "Hello"]);
    await page.next("no", (frame) => frame[1] === "client-foreign" && frame[2] === "no_room");
    page.say(["send", 1, "client-blank", "   "]);
    await page.next("no", (frame) => frame[1] === "client-blank");
    page.say(["read", 1, 1_000_000]);
    page.raw(PING);
    await vi.waitFor(() => expect(page.counters?.messages).toBe(0), IN_TIME);
    const strange = await LivePage.open(token);
    strange.raw(JSON.stringify(["hi", 99, []]));
    await vi.waitFor(() => expect(strange.closed).toBe(CLOSED.version), IN_TIME);
    page.leave();
  });

  test("as many rooms as one may watch are kept with a socket, one more is refused", async () => {
    const ids = await Promise.all(Array.from({ length: MOST_ROOMS + 1 }, async () => {
      const id = ctx.ids.make("conv");
      await ctx.db.insert(conversations).values({ id, kind: "support", openedBy: family.guardianId, schoolId: family.schoolId, createdAt: Date.now() });
      return id;
    }));
    const { page } = await livePage(ctx, family.guardianId, ids.slice(0, MOST_ROOMS).map((id, at) => [9000 + at, id, 0, 0]));
    await vi.waitFor(() => expect(page.all("sync").length).toBe(MOST_ROOMS), IN_TIME);
    page.say(["watch", 1, ids.at(-1)!, 0, 0]);
    await page.next("no", (frame) => frame[2] === "too_many");
    page.leave();
  });

  test("a thousand messages at once: some are taken, the others refused, and the socket is ended", async () => {
    const { page } = await livePage(ctx, family.childId, [[1, roomId, 0, 0]]);
    await page.next("sync");
    const began = Date.now();
    for (let n = 0; n < 1000; n++) page.say(["send", 1, `flood-${n}-of-it`, `Flood ${n}`]);
    await vi.waitFor(() => expect(page.closed).toBe(CLOSED.flood), IN_TIME);
    expect(page.all("no").filter((frame) => frame[2] === "slow").length).toBeGreaterThan(300);
    const taken = (await ctx.rooms.history(roomId, { readsFrom: 0, limit: 500 })).messages.filter(({ text }) => text.startsWith("Flood"));
    expect(taken.length).toBeGreaterThan(50);
    // A hundred at once, and 25 more in each second that it took.
    expect(taken.length).toBeLessThanOrEqual(101 + ((Date.now() - began) / 1000) * 25);
  });
});

describe("CHT-3: nothing is lost or doubled", () => {
  const inbox = (userId: string) => INBOXES.get(INBOXES.idFromName(userId));
  const room = () => ROOMS.get(ROOMS.idFromName(roomId));

  test("through the sleep of inbox and room, on the same socket", async () => {
    const { page } = await livePage(ctx, family.childId, [[1, roomId, 0, 0]]);
    await page.next("sync");
    await evictDurableObject(inbox(family.childId));
    await evictDurableObject(room());
    await ctx.rooms.send(roomId, { senderId: teacherId, senderName: "Teacher", clientId: "after-sleep", text: "Are you awake?", at: Date.now(), silent: false, files: [] });
    await page.next("m", (frame) => frame[2].some((message) => message[4] === "Are you awake?"));
    page.say(["send", 1, "from-sleep", "I am now"]);
    await page.next("ok", (frame) => frame[1] === "from-sleep");
    expect(page.rooms.get(1)!.twice).toBe(0);
    page.leave();
  });

  test("two pages of one person hear the same, each once", async () => {
    const token = await signedIn(ctx, family.childId);
    const [one, other] = [await LivePage.open(token, [[1, roomId, 0, 0]]), await LivePage.open(token, [[5, roomId, 0, 0]])];
    one.say(["send", 1, "from-page-one", "Twice at home"]);
    await other.next("m", (frame) => frame[2].some((message) => message[4] === "Twice at home" && message[5]?.c === "from-page-one"));
    await one.next("m", (frame) => frame[2].some((message) => message[4] === "Twice at home"));
    expect(one.texts(1)).toEqual(other.texts(5));
    for (const page of [one, other]) page.leave();
  });

  test("coming back after the line was cut, and kills in the midst of sending", async () => {
    const { token, page: reader } = await livePage(ctx, teacherId, [[1, roomId, 0, 0]]);
    const { token: writing, page: writer } = await livePage(ctx, family.childId, [[1, roomId, 0, 0]]);
    const texts = Array.from({ length: 30 }, (_, n) => `Line ${n}`);
    for (const [n, text] of texts.entries()) {
      if (n % 7 === 3) await die(n % 2 ? inbox(family.childId) : inbox(teacherId));
      if (n % 7 === 5) await die(room());
      if (n % 10 === 9) reader.leave();
      // What a browser's outbox does: again, under the same client id, until it is answered.
      await vi.waitFor(async () => {
        if (writer.closed !== undefined) await writer.connect(writing);
        try {
          writer.say(["send", 1, `line-number-${n}`, text]);
          await writer.next("ok", (frame) => frame[1] === `line-number-${n}`, 500);
        } catch (unanswered) {
          writer.cut();
          throw unanswered;
        }
      }, IN_TIME);
      if (reader.closed !== undefined) await reader.connect(token);
    }
    reader.cut();
    await reader.connect(token);
    const { messages } = await ctx.rooms.history(roomId, { readsFrom: 0, limit: 500 });
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, at) => at + 1));
    await vi.waitFor(() => expect(reader.texts(1)).toEqual(messages.map(({ text }) => text)), IN_TIME);
    expect(messages.filter(({ text }) => text.startsWith("Line")).map(({ text }) => text)).toEqual(texts);
    expect(reader.rooms.get(1)!.twice).toBe(0);
    for (const page of [reader, writer]) page.leave();
  });

  test("after the last page is closed nothing of the person stays in their inbox, and nobody stirs it", async () => {
    const { page } = await livePage(ctx, family.viewerId);
    const listening = () => ctx.db.select().from(listeners).where(eq(listeners.userId, family.viewerId));
    expect(await listening()).toHaveLength(1);
    page.leave();
    await vi.waitFor(async () => expect(await runDurableObjectAlarm(inbox(family.viewerId))).toBe(true), IN_TIME);
    await vi.waitFor(async () => expect(await listening()).toEqual([]), IN_TIME);
    const kept = await runInDurableObject(inbox(family.viewerId) as DurableObjectStub, (_instance, state) => state.storage.sql.exec("SELECT name FROM facts UNION ALL SELECT conversation_id FROM rooms UNION ALL SELECT conversation_id FROM opened").toArray());
    expect(kept).toEqual([]);
  });
});

test("CHT-3: a ticket that ran out opens no socket, and one that we never gave is none", async () => {
  const person = await actorOf(ctx, family.guardianId);
  const { ticket, expiresAt } = await issueTicket(ctx, person);
  const read = (shown: string, now: number) => readTicket(ctx.vault, shown, now);
  expect(await read(ticket, expiresAt - 1)).toMatchObject({ userId: person.userId, sessionId: person.session.id, expiresAt });
  for (const [shown, now] of [[ticket, expiresAt], [`${ticket}x`, expiresAt - 1], [ticket.split(".")[0]!, expiresAt - 1], ["", 0]] as const) expect(await read(shown, now)).toBeNull();
});
