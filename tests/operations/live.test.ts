import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { conversations } from "#db/schema/conversations.ts";
import { knockLive, livePage, ticketOf } from "#tests/live-browser.ts";
import { api, makeEnrolment, makeFamily, makeTeacher, signedIn, testContext, type Family } from "#tests/world.ts";

const ctx = testContext(Date.now());
let family: Family;
let teacherId: string;
let roomId: string;

beforeAll(async () => {
  family = await makeFamily(ctx);
  teacherId = await makeTeacher(ctx, family.schoolId);
  const { enrolmentId } = await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId });
  [{ id: roomId } = { id: "" }] = await ctx.db.select({ id: conversations.id }).from(conversations).where(eq(conversations.enrolmentId, enrolmentId));
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
