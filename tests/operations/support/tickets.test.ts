import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { getSchoolDashboard } from "#app/domain/dashboards/school-dashboard.server.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { listSchoolsToAsk, openTicket } from "#app/domain/support/open-ticket.server.ts";
import { listTickets, readTicket } from "#app/domain/support/read-tickets.server.ts";
import { closeTicket, replyToTicket } from "#app/domain/support/reply-to-ticket.server.ts";
import { conversations } from "#db/schema/conversations.ts";
import { notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { memberships } from "#db/schema/schools.ts";
import { selectQueue } from "#db/tickets.ts";
import { IN_TIME } from "#tests/patience.ts";
import { actorOf, makeFamily, makeSchool, makeStaff, makeUser, testContext, unique, type Family } from "#tests/world.ts";

const ctx = testContext(Date.now());
let family: Family;
let staffId: string;

beforeAll(async () => {
  family = await makeFamily(ctx);
  staffId = await makeStaff(ctx, family.schoolId);
});

const ask = async (subject = unique("Question"), key: string | null = null) => {
  const input = { schoolId: family.schoolId, subject, text: "How do I set a limit?" };
  return openTicket(ctx, await actorOf(ctx, family.guardianId), input, await repeatOf(key, input));
};
const reply = async (userId: string, id: string, text: string, clientId = unique("message")) => replyToTicket(ctx, await actorOf(ctx, userId), id, { text, clientId });
const read = async (userId: string, id: string) => readTicket(ctx, await actorOf(ctx, userId), id, { limit: 20 });
const toldOf = async (userId: string, type: string, id: string) => (await ctx.db.select().from(notifications).where(and(eq(notifications.userId, userId), eq(notifications.type, type), eq(notifications.path, `/support/tickets/${id}`)))).length;
const actsOn = async (id: string) => (await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).map(({ action }) => action);
/** The room's summary comes after its answer. */
const summed = (id: string, lastSeq: number) => vi.waitFor(async () => expect((await ctx.db.select().from(conversations).where(eq(conversations.id, id)))[0]?.lastSeq).toBe(lastSeq), IN_TIME);

test("SUP-2: a question goes to those who answer at the school, and the answer to who asked", async () => {
  const id = await ask("Limits");
  expect([await toldOf(staffId, "support.asked", id), await toldOf(family.adminId, "support.asked", id), await toldOf(family.guardianId, "support.asked", id)]).toEqual([1, 1, 0]);
  await reply(staffId, id, "On the budget page.");
  expect([await toldOf(family.guardianId, "support.answered", id), await toldOf(family.adminId, "support.answered", id)]).toEqual([1, 0]);
  await summed(id, 2);
  await reply(family.guardianId, id, "Thank you");
  // Who took part hears of it, nobody else.
  expect([await toldOf(staffId, "support.answered", id), await toldOf(family.adminId, "support.answered", id)]).toEqual([1, 0]);
  expect((await read(family.guardianId, id)).messages.map(({ seq, text }) => [seq, text])).toEqual([[1, "How do I set a limit?"], [2, "On the budget page."], [3, "Thank you"]]);
});

test("SUP-2: who reads a question has read that it came", async () => {
  const id = await ask();
  const unread = async (userId: string) => (await ctx.db.select().from(notifications).where(and(eq(notifications.userId, userId), eq(notifications.path, `/support/tickets/${id}`), isNull(notifications.readAt)))).length;
  await summed(id, 1);
  expect([await unread(staffId), await unread(family.adminId)]).toEqual([1, 1]);
  await read(staffId, id);
  await ctx.answered();
  await vi.waitFor(async () => expect(await unread(staffId)).toBe(0), IN_TIME);
  expect(await unread(family.adminId)).toBe(1);
});

test("SUP-2: to the family's other people, a teacher and another school a ticket does not exist", async () => {
  const id = await ask();
  const stranger = await makeSchool(ctx);
  for (const userId of [family.otherGuardianId, family.childId, stranger.adminId]) {
    await expect(read(userId, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(reply(userId, id, "Me too")).rejects.toMatchObject({ code: "not_found" });
    await expect(closeTicket(ctx, await actorOf(ctx, userId), id)).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await read(staffId, id)).messages).toHaveLength(1);
});

test("SUP-2: sent again a question is one ticket with one message, and a reply one reply", async () => {
  const key = unique("key");
  const [one, other] = [await ask("Twice", key), await ask("Twice", key)];
  expect(other).toBe(one);
  const clientId = unique("message");
  expect((await reply(staffId, one, "Once", clientId)).seq).toBe((await reply(staffId, one, "Once", clientId)).seq);
  await expect(reply(staffId, one, "Other words", clientId)).rejects.toMatchObject({ code: "conflict", reason: "message_other_text" });
  expect((await read(staffId, one)).messages).toHaveLength(2);
  expect(await toldOf(family.guardianId, "support.answered", one)).toBe(1);
});

test("SUP-2: either side closes; a word of who asked opens it again within fourteen days, and of nobody else", async () => {
  const id = await ask();
  const now = ctx.clock.now();
  await closeTicket(ctx, await actorOf(ctx, staffId), id);
  await closeTicket(ctx, await actorOf(ctx, staffId), id);
  expect(await toldOf(family.guardianId, "support.closed", id)).toBe(1);
  await expect(reply(staffId, id, "One thing more")).rejects.toMatchObject({ code: "conflict", reason: "ticket_closed" });
  ctx.setNow(now + 14 * DAY - 1);
  await reply(family.guardianId, id, "It was not over");
  expect((await read(staffId, id)).open).toBe(true);
  await closeTicket(ctx, await actorOf(ctx, family.guardianId), id);
  ctx.setNow(now + 28 * DAY - 1);
  await expect(reply(family.guardianId, id, "Too late")).rejects.toMatchObject({ code: "conflict" });
  ctx.setNow(now);
  expect(await actsOn(id)).toEqual(["support.ticket_opened", "support.ticket_closed", "support.ticket_reopened", "support.ticket_closed"]);
});

test("SUP-2: the queue has what waits longest on top, what is answered after it, and the closed apart, page by page; what waits stands on the school's home", async () => {
  const school = await makeSchool(ctx);
  const { guardianId } = await makeFamily(ctx, { school });
  const asker = await actorOf(ctx, guardianId);
  const admin = await actorOf(ctx, school.adminId);
  const open = async (subject: string) => openTicket(ctx, asker, { schoolId: school.schoolId, subject, text: "?" });
  const ids: string[] = [];
  for (const subject of ["first", "second", "third", "over"]) {
    ids.push(await open(subject));
    ctx.setNow(ctx.clock.now() + 1000);
  }
  await replyToTicket(ctx, admin, ids[0]!, { text: "So", clientId: "answer-1" });
  await closeTicket(ctx, admin, ids[3]!);
  await Promise.all([summed(ids[0]!, 2), summed(ids[1]!, 1), summed(ids[2]!, 1), summed(ids[3]!, 1)]);
  const queue = async (status: "open" | "closed", cursor?: string) => listTickets(ctx, admin, { schoolId: school.schoolId, status }, { limit: 2, cursor });
  const page = await queue("open");
  expect(page.items.map(({ subject, waiting }) => [subject, waiting])).toEqual([["second", true], ["third", true]]);
  expect((await queue("open", page.nextCursor!)).items.map(({ subject, waiting }) => [subject, waiting])).toEqual([["first", false]]);
  expect((await queue("closed")).items.map(({ subject }) => subject)).toEqual(["over"]);
  expect((await listTickets(ctx, asker, { status: "open" }, { limit: 20 })).items.map(({ subject }) => subject)).toEqual(["over", "third", "second", "first"]);
  expect(await getSchoolDashboard(ctx, admin)).toMatchObject({ tickets: [{ subject: "second" }, { subject: "third" }], reports: 0 });
  await expect(listTickets(ctx, await actorOf(ctx, family.adminId), { schoolId: school.schoolId, status: "open" }, { limit: 2 })).rejects.toMatchObject({ code: "not_found" });
  const before = ctx.meter.rowsRead;
  await ctx.db.batch([selectQueue(ctx.db, school.schoolId, true, ctx.clock.now(), { limit: 20 })]);
  expect(ctx.meter.rowsRead - before, "only the school's own open tickets are read").toBeLessThan(20);
});

test("SUP-2: one asks one's own schools and Kinboard's own, a family without a school nobody, a child its guardians", async () => {
  const lonely = await makeUser(ctx, "adult");
  const home = await makeSchool(ctx);
  expect(await listSchoolsToAsk(ctx, await actorOf(ctx, lonely))).toEqual([]);
  await expect(openTicket(ctx, await actorOf(ctx, lonely), { schoolId: family.schoolId, subject: "Hello", text: "?" })).rejects.toMatchObject({ code: "not_found" });
  const helped = { ...ctx, settings: { ...ctx.settings, help: { schoolId: home.schoolId, email: null } } };
  expect((await listSchoolsToAsk(helped, await actorOf(ctx, lonely))).map(({ id }) => id)).toEqual([home.schoolId]);
  expect((await listSchoolsToAsk(helped, await actorOf(ctx, family.guardianId))).map(({ id }) => id)).toEqual([family.schoolId, home.schoolId]);
  const id = await openTicket(helped, await actorOf(ctx, lonely), { schoolId: home.schoolId, subject: "Hello", text: "?" });
  expect((await read(home.adminId, id)).opener).toContain("adult");
  await expect(listSchoolsToAsk(ctx, await actorOf(ctx, family.childId))).rejects.toMatchObject({ code: "forbidden", reason: "adults_only" });
});

test("SUP-2: the closed are read page by page too; a place that we never gave is refused", async () => {
  const school = await makeSchool(ctx);
  const { guardianId } = await makeFamily(ctx, { school });
  const [asker, admin] = [await actorOf(ctx, guardianId), await actorOf(ctx, school.adminId)];
  for (const subject of ["one", "two", "three"]) {
    const id = await openTicket(ctx, asker, { schoolId: school.schoolId, subject, text: "?" });
    await summed(id, 1);
    await closeTicket(ctx, admin, id);
    await closeTicket(ctx, asker, id);
    ctx.setNow(ctx.clock.now() + 1000);
  }
  const page = async (cursor?: string) => listTickets(ctx, admin, { schoolId: school.schoolId, status: "closed" }, { limit: 2, cursor });
  const first = await page();
  const second = await page(first.nextCursor!);
  expect([...first.items, ...second.items].map(({ subject }) => subject)).toEqual(["three", "two", "one"]);
  expect(second.nextCursor).toBeNull();
  for (const cursor of ["2.5.conv_1", "1.soon.conv_1", "1.5."]) await expect(page(cursor)).rejects.toMatchObject({ fields: [{ path: "cursor", message: "invalid" }] });
});

test("SUP-2: a word that there is nobody left to tell is still said", async () => {
  const school = await makeSchool(ctx);
  const { guardianId } = await makeFamily(ctx, { school });
  const asker = await actorOf(ctx, guardianId);
  const id = await openTicket(ctx, asker, { schoolId: school.schoolId, subject: "Alone", text: "?" });
  await summed(id, 1);
  await ctx.db.update(memberships).set({ active: false }).where(eq(memberships.userId, school.adminId));
  expect((await replyToTicket(ctx, asker, id, { text: "Anybody?", clientId: unique("message") })).seq).toBe(2);
  expect(await toldOf(school.adminId, "support.answered", id)).toBe(0);
});

test("SUP-2: a ticket whose subject is gone is answered and closed as any other", async () => {
  const id = await ask();
  await summed(id, 1);
  await ctx.db.update(conversations).set({ subject: null }).where(eq(conversations.id, id));
  await reply(staffId, id, "On the budget page.");
  await closeTicket(ctx, await actorOf(ctx, staffId), id);
  const told = await ctx.db.select({ type: notifications.type, facts: notifications.facts }).from(notifications).where(and(eq(notifications.userId, family.guardianId), eq(notifications.path, `/support/tickets/${id}`)));
  expect(told.map(({ type, facts }) => [type, (facts as { subject: string }).subject]).sort()).toEqual([["support.answered", ""], ["support.closed", ""]]);
});
