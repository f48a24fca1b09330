import { eq } from "drizzle-orm";
import ICAL from "ical.js";
import { expect, test, vi } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { listCalendarFeeds, makeCalendarFeed, revokeCalendarFeedOf } from "#app/domain/lessons/calendar-feeds.server.ts";
import { LIMITS } from "#app/domain/identity/limits.ts";
import { createSeries } from "#app/domain/lessons/create-series.server.ts";
import { SeriesInput } from "#app/domain/lessons/inputs.ts";
import { readCalendar } from "#app/domain/lessons/read-calendar.server.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { calendarFeeds, lessons } from "#db/schema/lessons.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { failing, LOST } from "#tests/before-commit.ts";
import { actorOf, makeEnrolment, makeFamily, send, testContext, type TestContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";
import { makePair, refusal } from "./pair.ts";

const fileOf = (address: string) => address.split("/").at(-1)!;
const read = async (ctx: TestContext, address: string) =>
  new ICAL.Component(ICAL.parse(await readCalendar(ctx, fileOf(address))) as unknown[]).getAllSubcomponents("vevent").map((found) => ({ uid: new ICAL.Event(found).uid, summary: new ICAL.Event(found).summary, status: found.getFirstPropertyValue("status") }));
const uids = async (ctx: TestContext, address: string) => (await read(ctx, address)).map(({ uid }) => uid);
const PHONE = { name: "Phone" };

/** A guardian's address, and one lesson of their child's behind it. */
async function makeFeed(more: Parameters<typeof makePair>[0] = {}) {
  const pair = await makePair(more);
  const lessonId = await pair.set({ localStart: "2026-11-25T16:00", place: "Room 4, left" });
  return { ...pair, lessonId, uid: `${lessonId}@kinboard`, feed: await makeCalendarFeed(pair.ctx, pair.guardian, PHONE) };
}

test("LES-7: an address is shown once, kept as a digest, and shows the lessons that its owner sees, each by its name", async () => {
  const { ctx, guardian, teacher, family, uid, lessonId, feed, teacherId } = await makeFeed();
  const [row] = await ctx.db.select().from(calendarFeeds).where(eq(calendarFeeds.id, feed.id));
  expect(JSON.stringify(row)).not.toContain(fileOf(feed.address).slice(0, 43));
  const [child, taught] = await Promise.all([family.childId, teacherId].map(async (id) => (await ctx.db.select().from(users).where(eq(users.id, id)).get())!.name));
  const [event] = await read(ctx, feed.address);
  expect(event).toMatchObject({ uid, status: "CONFIRMED" });
  expect(event!.summary.startsWith(`${child!.split(" ")[0]}: `) && event!.summary.endsWith(` with ${taught}`)).toBe(true);
  expect((await read(ctx, (await makeCalendarFeed(ctx, teacher, PHONE)).address))[0]!.summary).toMatch(new RegExp(` with ${child}$`));
  await ctx.answered();
  expect((await listCalendarFeeds(ctx, guardian))[0]).toMatchObject({ id: feed.id, lastReadAt: ctx.clock.now() });
  expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, feed.id))).map(({ action }) => action)).toEqual(["calendar_feed.made"]);
  await ctx.db.update(lessons).set({ status: "cancelled", revision: 2 }).where(eq(lessons.id, lessonId));
  expect((await read(ctx, feed.address))[0]!.status).toBe("CANCELLED");
});

test("LES-7: one child's address shows that child's lessons alone, from thirty days ago to half a year ahead", async () => {
  const { ctx, guardian, family, teacherId, set, uid, lessonId, feed } = await makeFeed();
  const sibling = await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.siblingId, teacherId });
  const siblings = await set({ enrolmentId: sibling.enrolmentId, localStart: "2026-11-26T16:00" });
  const one = await makeCalendarFeed(ctx, guardian, { ...PHONE, childId: family.childId });
  expect([await uids(ctx, feed.address), await uids(ctx, one.address)]).toEqual([[uid, `${siblings}@kinboard`], [uid]]);
  const { startsAt } = (await ctx.db.select().from(lessons).where(eq(lessons.id, lessonId)).get())!;
  for (const [at, seen] of [[startsAt + 30 * DAY, 1], [startsAt + 30 * DAY + 1, 0], [startsAt - 180 * DAY + 1, 1], [startsAt - 180 * DAY, 0]] as const) {
    await ctx.db.update(guardianships).set({ startsAt: 0 }).where(eq(guardianships.guardianId, family.guardianId));
    ctx.setNow(at);
    expect((await uids(ctx, one.address)).length).toBe(seen);
  }
});

test("LES-5, LES-7, STD-4: where clocks change, a calendar program has a weekly lesson at the same time on the wall before and after", async () => {
  for (const [timeZone, hours] of [["Europe/London", ["16", "16", "15", "15"]], ["America/Santiago", ["19", "19", "19", "20"]], ["Africa/Nairobi", ["13", "13", "13", "13"]]] as const) {
    const { ctx, teacher, guardian, enrolmentId } = await makePair();
    ctx.setNow(Date.parse("2027-03-01T09:00:00Z"));
    await createSeries(ctx, teacher, SeriesInput.parse({ enrolmentId, timeZone, startsOn: "2027-03-17", weekdays: [3], localStart: "16:00", minutes: 60, count: 4 }));
    const { address } = await makeCalendarFeed(ctx, guardian, PHONE);
    const starts = new ICAL.Component(ICAL.parse(await readCalendar(ctx, fileOf(address))) as unknown[]).getAllSubcomponents("vevent").map((found) => new ICAL.Event(found).startDate.toJSDate());
    expect(starts.map((at) => at.toISOString().slice(0, 13))).toEqual(["03-17", "03-24", "03-31", "04-07"].map((day, nth) => `2027-${day}T${hours[nth]}`));
    expect(starts.map((at) => at.toLocaleTimeString("en-GB", { timeZone }))).toEqual(Array(4).fill("16:00:00"));
  }
});

test("LES-7: a right that ended, or was taken, and a restriction show at the next reading", async () => {
  for (const end of [
    ({ ctx, family }) => ctx.db.update(guardianships).set({ active: false }).where(eq(guardianships.guardianId, family.guardianId)),
    ({ ctx, family }) => ctx.db.update(guardianships).set({ endsAt: ctx.clock.now() }).where(eq(guardianships.guardianId, family.guardianId)),
    ({ ctx, family }) => ctx.db.update(guardianships).set({ canScheduleLessons: false, canViewProgress: false }).where(eq(guardianships.guardianId, family.guardianId)),
    ({ ctx, family }) => ctx.db.insert(restrictions).values({ id: ctx.ids.make("restr"), childId: family.childId, personId: family.guardianId, schoolId: family.schoolId, reason: "Order", setBy: family.adminId, startsAt: ctx.clock.now() - 1, createdAt: ctx.clock.now() }),
  ] as ((made: Awaited<ReturnType<typeof makeFeed>>) => Promise<unknown>)[]) {
    const made = await makeFeed();
    const one = await makeCalendarFeed(made.ctx, made.guardian, { ...PHONE, childId: made.family.childId });
    expect([await uids(made.ctx, made.feed.address), await uids(made.ctx, one.address)]).toEqual([[made.uid], [made.uid]]);
    await end(made);
    expect([await uids(made.ctx, made.feed.address), await uids(made.ctx, one.address)]).toEqual([[], []]);
  }
});

test("LES-7: revoked, of somebody deactivated, and never made are unknown alike; another's can neither be revoked nor made for their child", async () => {
  const { ctx, guardian, family, feed } = await makeFeed();
  const stranger = await actorOf(ctx, (await makeFamily(ctx)).guardianId);
  expect(await refusal(revokeCalendarFeedOf(ctx, stranger, feed.id))).toBe("not_found");
  expect(await refusal(makeCalendarFeed(ctx, stranger, { ...PHONE, childId: family.childId }))).toBe("not_found");
  const second = await makeCalendarFeed(ctx, guardian, PHONE);
  await revokeCalendarFeedOf(ctx, guardian, second.id);
  expect(await refusal(revokeCalendarFeedOf(ctx, guardian, second.id))).toBe("not_found");
  expect((await listCalendarFeeds(ctx, guardian)).map(({ id }) => id)).toEqual([feed.id]);
  for (const file of [fileOf(second.address), `${ctx.ids.secret()}.ics`, "none.ics", fileOf(feed.address).slice(0, 43)]) expect(await refusal(readCalendar(ctx, file))).toBe("not_found");
  await ctx.db.update(users).set({ status: "deactivated" }).where(eq(users.id, family.guardianId));
  expect(await refusal(readCalendar(ctx, fileOf(feed.address)))).toBe("not_found");
});

test("LES-7: a reading takes two round trips, and so many an hour are enough", async () => {
  const { ctx, feed } = await makeFeed();
  ctx.meter.roundTrips = 0;
  await readCalendar(ctx, fileOf(feed.address));
  expect(ctx.meter.roundTrips).toBe(2);
  for (let more = 1; more < LIMITS.calendarFeed.most; more++) await readCalendar(ctx, fileOf(feed.address));
  expect(await refusal(readCalendar(ctx, fileOf(feed.address)))).toMatchObject({ reason: "rate_limited" });
});

test("LES-7: made and revoked by forms without a script; a program that holds the newest is told so, and the log never gets the address", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const { open, post } = await visitor(ctx, family.guardianId);
  const nameless = await post("/settings/calendar", { act: "make", childId: family.childId });
  expect([nameless.status, await nameless.text()]).toEqual([400, expect.stringContaining("Say which calendar will read it.")]);
  const made = await (await post("/settings/calendar", { act: "make", name: "My phone" })).text();
  const path = /\/calendar\/[\w-]{43}\.ics/.exec(made)![0];
  const log = vi.spyOn(console, "log");
  const answer = await send("GET", path);
  expect(log.mock.calls.flat().filter((line) => String(line).includes("/calendar/"))).toEqual([expect.stringContaining('"path":"/calendar/…"')]);
  expect([answer.status, answer.headers.get("Content-Type"), answer.headers.get("Cache-Control")]).toEqual([200, "text/calendar; charset=utf-8", "private, max-age=300"]);
  expect((await answer.text()).startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")).toBe(true);
  expect((await send("GET", path, { headers: { "If-None-Match": answer.headers.get("ETag")! } })).status).toBe(304);
  expect((await send("GET", `/api/v1${path}`)).headers.get("ETag")).toBe(answer.headers.get("ETag"));
  const page = await (await open("/settings/calendar")).text();
  const id = /revoke=(cal_\w+)/.exec(page)![1]!;
  expect(await (await open(`/settings/calendar?revoke=${id}`)).text()).toContain("cannot be undone");
  expect((await post("/settings/calendar", { act: "revoke", feedId: id })).headers.get("Location")).toBe("/settings/calendar?revoked");
  expect((await send("GET", path)).status).toBe(404);
});

test("LES-7: a child has an address of its own; whose it is stays said while its owner knows the child, and twenty are the most", async () => {
  const { ctx, guardian, family } = await makeFeed();
  const child = await actorOf(ctx, family.childId);
  const own = await makeCalendarFeed(ctx, child, { ...PHONE, childId: family.childId });
  expect([own.child, (await listCalendarFeeds(ctx, child)).map((feed) => feed.child)]).toEqual([child.name, [child.name]]);
  const one = await makeCalendarFeed(ctx, guardian, { ...PHONE, childId: family.childId });
  const named = async () => (await listCalendarFeeds(ctx, await actorOf(ctx, family.guardianId))).filter(({ childId }) => childId !== null).map((feed) => feed.child);
  expect(await named()).toEqual([child.name]);
  await ctx.db.update(guardianships).set({ active: false }).where(eq(guardianships.guardianId, family.guardianId));
  expect(await named()).toEqual([null]);
  await revokeCalendarFeedOf(ctx, guardian, one.id);
  expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, one.id))).map(({ action, childId }) => [action, childId]).sort()).toEqual([["calendar_feed.made", family.childId], ["calendar_feed.revoked", family.childId]]);
  await expect(makeCalendarFeed(failing(ctx), child, PHONE)).rejects.toBe(LOST);
  for (let more = 1; more < 20; more++) await makeCalendarFeed(ctx, child, PHONE);
  expect(await refusal(makeCalendarFeed(ctx, child, PHONE))).toBe("too_many_calendars");
  expect(await listCalendarFeeds(ctx, child)).toHaveLength(20);
});
