import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { cancelLesson } from "#app/domain/lessons/cancel-lesson.server.ts";
import { changeLesson } from "#app/domain/lessons/change-lesson.server.ts";
import { createSeries, foreseeSeries } from "#app/domain/lessons/create-series.server.ts";
import { listLessonsOfSeries } from "#app/domain/lessons/list-lessons.server.ts";
import { CancelLessonInput, ChangeLessonInput, SeriesInput } from "#app/domain/lessons/inputs.ts";
import { DAY } from "#app/domain/clock.ts";
import { lessons, lessonSeries } from "#db/schema/lessons.ts";
import { enrolments } from "#db/schema/schools.ts";
import { actorOf, api, signedIn, testContext } from "#tests/world.ts";
import { giveMinutes, makePair, refusal } from "./pair.ts";

const change = (given: object) => ChangeLessonInput.parse(given);

async function makeSeries(more: object = {}) {
  const pair = await makePair();
  const { ctx, teacher, enrolmentId } = pair;
  const input = (given: object) => SeriesInput.parse({ enrolmentId, startsOn: "2026-11-25", weekdays: [3], localStart: "16:00", minutes: 60, count: 4, ...given });
  const id = await createSeries(ctx, teacher, input(more));
  const rows = (seriesId = id) => ctx.db.select().from(lessons).where(eq(lessons.seriesId, seriesId)).orderBy(asc(lessons.startsAt));
  const starts = async (seriesId = id) => (await rows(seriesId)).map(({ localStart }) => localStart.slice(5));
  return { ...pair, id, input, rows, starts, first: (await rows()).map((row) => row.id) };
}

test("LES-5: a series is all its lessons or none, and names the dates that clash", async () => {
  const { ctx, teacher, input, starts, set, rows, id } = await makeSeries();
  expect(await starts()).toEqual(["11-25T16:00", "12-02T16:00", "12-09T16:00", "12-16T16:00"]);
  expect((await rows()).every((row) => row.seriesDate === row.localStart.slice(0, 10) && row.status === "scheduled")).toBe(true);
  await set({ localStart: "2026-12-24T10:30" });
  const clashing = input({ startsOn: "2026-12-03", weekdays: [3, 4], localStart: "10:00", count: 7 });
  const clashes = [{ localStart: "2026-12-24T10:00", busy: "teacher" }];
  expect(await refusal(createSeries(ctx, teacher, clashing))).toEqual({ reason: "teacher_busy", clashes });
  expect((await foreseeSeries(ctx, teacher, clashing)).clashes).toEqual(clashes);
  expect(await ctx.db.select().from(lessonSeries).where(eq(lessonSeries.teacherId, teacher.userId))).toMatchObject([{ id }]);
});

test("LES-5: too long, too many, in the past, without a day, beyond the enrolment: refused whole", async () => {
  const { ctx, teacher, input, enrolmentId } = await makeSeries();
  const no = (given: object) => refusal(createSeries(ctx, teacher, input({ localStart: "08:00", ...given })));
  expect(await no({ count: undefined, endsOn: "2026-11-25" })).toBe("endsOn: series_empty");
  expect(await no({ count: undefined, endsOn: "2027-11-24", weekdays: [1, 2, 3] })).toBe("endsOn: series_too_long");
  expect(await no({ count: 100, everyWeeks: 12 })).toBe("count: series_too_long");
  expect(await no({ startsOn: "2026-11-18" })).toBe("localStart: lesson_in_past");
  expect(await no({ minutes: 500 })).toBe("localEnd: lesson_too_long");
  expect(await no({ timeZone: "Mars/Olympus" })).toBe("timeZone: time_zone_unknown");
  await ctx.db.update(enrolments).set({ endsAt: ctx.clock.now() + 10 * DAY }).where(eq(enrolments.id, enrolmentId));
  expect(await no({})).toBe("localStart: not_enrolled_then");
});

test("LES-5: where the clocks skip the hour, that one lesson moves to the nearest, and the preview says so", async () => {
  const { ctx, teacher, input } = await makeSeries();
  const { lessons: foreseen } = await foreseeSeries(ctx, teacher, input({ startsOn: "2027-03-21", weekdays: [7], localStart: "01:30", timeZone: "Europe/London", count: 3 }));
  expect(foreseen.map(({ localStart, skipped, startsAt }) => [localStart, skipped, new Date(startsAt).toISOString().slice(11, 16)])).toEqual([["2027-03-21T01:30", false, "01:30"], ["2027-03-28T02:00", true, "01:00"], ["2027-04-04T01:30", false, "00:30"]]);
});

test("LES-5: this one moves alone; all future ones follow, but for what was moved by hand, unless asked; the past stays", async () => {
  const { ctx, teacher, starts, first, rows } = await makeSeries();
  await changeLesson(ctx, teacher, first[2]!, change({ localStart: "2026-12-10T09:00", minutes: 60 }));
  ctx.setNow(Date.parse("2026-11-26T09:00Z"));
  expect(await changeLesson(ctx, await actorOf(ctx, teacher.userId), first[3]!, change({ localStart: "2026-12-17T15:30", minutes: 90, topic: "Revision", scope: "all" }))).toEqual({ changed: 3, asked: 0 });
  expect(await starts()).toEqual(["11-25T16:00", "12-03T15:30", "12-10T09:00", "12-17T15:30"]);
  expect((await rows()).map(({ topic }) => topic)).toEqual([null, "Revision", "Revision", "Revision"]);
  await changeLesson(ctx, teacher, first[3]!, change({ localStart: "2026-12-17T14:00", minutes: 60, scope: "all", includeMoved: true }));
  expect(await starts()).toEqual(["11-25T16:00", "12-03T14:00", "12-10T14:00", "12-17T14:00"]);
});

test("LES-5: this and what follows become a series of their own", async () => {
  const { ctx, teacher, starts, first, id } = await makeSeries();
  await changeLesson(ctx, teacher, first[2]!, change({ localStart: "2026-12-09T10:00", minutes: 60, scope: "following" }));
  expect(await starts()).toEqual(["11-25T16:00", "12-02T16:00"]);
  const [old, fresh] = await ctx.db.select().from(lessonSeries).where(eq(lessonSeries.teacherId, teacher.userId)).orderBy(asc(lessonSeries.startsOn));
  expect([old!.id, old!.endsOn, fresh!.startsOn, fresh!.localStart]).toEqual([id, "2026-12-09", "2026-12-09", "10:00"]);
  expect(await starts(fresh!.id)).toEqual(["12-09T10:00", "12-16T10:00"]);
  await changeLesson(ctx, teacher, first[3]!, change({ localStart: "2026-12-16T11:00", minutes: 60, scope: "all" }));
  expect([await starts(), await starts(fresh!.id)]).toEqual([["11-25T16:00", "12-02T16:00"], ["12-09T11:00", "12-16T11:00"]]);
});

test("LES-5: what is told of a series and moves nobody stays with the lessons meant: all of them, or this and what follows as a series of their own", async () => {
  const { ctx, teacher, starts, first, rows, id } = await makeSeries();
  const all = ["11-25T16:00", "12-02T16:00", "12-09T16:00", "12-16T16:00"];
  expect(await changeLesson(ctx, teacher, first[1]!, change({ place: "Room 4", scope: "all" }))).toEqual({ changed: 4, asked: 0 });
  expect([await starts(), (await rows()).map(({ place }) => place)]).toEqual([all, Array(4).fill("Room 4")]);
  expect(await changeLesson(ctx, teacher, first[2]!, change({ place: "Room 7", scope: "following" }))).toEqual({ changed: 2, asked: 0 });
  const [old, fresh] = await ctx.db.select().from(lessonSeries).where(eq(lessonSeries.teacherId, teacher.userId)).orderBy(asc(lessonSeries.startsOn));
  expect([old!.id, old!.endsOn, old!.place, fresh!.startsOn, fresh!.place, fresh!.localStart]).toEqual([id, "2026-12-09", "Room 4", "2026-12-09", "Room 7", "16:00"]);
  expect([...(await rows()), ...(await rows(fresh!.id))].map(({ localStart, place }) => [localStart.slice(5), place])).toEqual(all.map((start, nth) => [start, nth < 2 ? "Room 4" : "Room 7"]));
});

test("LES-5: the lessons of a series are listed for those who see them; for others there is no such series", async () => {
  const { ctx, teacher, guardian, id, first } = await makeSeries();
  for (const actor of [teacher, guardian]) expect((await listLessonsOfSeries(ctx, actor, id)).map((lesson) => lesson.id)).toEqual(first);
  const stranger = await makePair({ ctx });
  expect(await refusal(listLessonsOfSeries(ctx, stranger.teacher, id))).toBe("not_found");
});

test("LES-5: a change of the series that clashes on one date changes nothing", async () => {
  const { ctx, teacher, starts, first, set } = await makeSeries();
  await set({ localStart: "2026-12-16T10:00" });
  expect(await refusal(changeLesson(ctx, teacher, first[0]!, change({ localStart: "2026-11-25T10:30", minutes: 60, scope: "all" })))).toEqual({ reason: "teacher_busy", clashes: [{ localStart: "2026-12-16T10:30", busy: "teacher" }] });
  expect(await starts()).toEqual(["11-25T16:00", "12-02T16:00", "12-09T16:00", "12-16T16:00"]);
});

test("LES-5: hours are enough for the whole series or it is not made; cancelling what follows lets them go", async () => {
  const { ctx, teacher, family, input, rows } = await makeSeries();
  await giveMinutes(ctx, family, 200);
  expect(await refusal(createSeries(ctx, teacher, input({ localStart: "08:00", usesHours: true })))).toEqual({ reason: "not_enough_hours", minutes: { needed: 240, free: 200 } });
  const id = await createSeries(ctx, teacher, input({ localStart: "08:00", usesHours: true, count: 3 }));
  const [, second] = await rows(id);
  await cancelLesson(ctx, teacher, second!.id, CancelLessonInput.parse({ scope: "following" }));
  expect((await rows(id)).map(({ status, hours }) => [status, hours])).toEqual([["scheduled", null], ["cancelled", "released"], ["cancelled", "released"]]);
});

test("LES-5: one door foresees a series and makes none, another makes it; where guardians are asked first, the lesson stays and says where it would move to", async () => {
  const ctx = testContext(Date.now());
  const { enrolmentId, teacherId, guardian } = await makePair({ ctx });
  const [token, atHome] = [await signedIn(ctx, teacherId), await signedIn(ctx, guardian.userId)];
  const ask = async (method: string, path: string, more: Parameters<typeof api>[2]) => {
    const answer = await api(method, path, more);
    return [answer.status, await answer.json()];
  };
  const body = { enrolmentId, startsOn: new Date(ctx.clock.now() + 9 * DAY).toISOString().slice(0, 10), weekdays: [1, 4], localStart: "16:00", minutes: 60, count: 2 };
  const made = () => ctx.db.select().from(lessons).where(eq(lessons.teacherId, teacherId)).orderBy(asc(lessons.startsAt));
  const foreseen = [{ skipped: false }, { skipped: false }];
  expect(await ask("POST", "/lesson-series/preview", { token, body })).toMatchObject([200, { lessons: foreseen, clashes: [] }]);
  expect(await made()).toEqual([]);
  expect(await ask("POST", "/lesson-series", { token, body })).toMatchObject([201, { id: expect.stringMatching(/^ser_/), lessons: foreseen }]);
  expect(await ask("POST", "/lesson-series/preview", { token, body })).toMatchObject([200, { clashes: [{ busy: "teacher" }, { busy: "teacher" }] }]);

  const [{ id, seriesDate } = { id: "", seriesDate: "" }] = await made();
  expect(await ask("PATCH", `/lessons/${id}`, { token: atHome, body: { localStart: `${seriesDate}T15:00`, minutes: 60 } })).toMatchObject([200, { localStart: `${seriesDate}T15:00`, approved: true, moveTo: null }]);
  expect(await ask("PATCH", `/lessons/${id}`, { token, body: { localStart: `${seriesDate}T09:00`, minutes: 60 } })).toMatchObject([200, { localStart: `${seriesDate}T15:00`, moveTo: `${seriesDate}T06:00:00.000Z` }]);
  expect(await ask("GET", "/bookings", { token: atHome })).toMatchObject([200, { items: [{ lessonId: id, localStart: `${seriesDate}T09:00` }], nextCursor: null }]);
  expect(await ask("GET", `/lessons/${id}/history`, { token })).toMatchObject([200, { items: [{ what: "created" }, { what: "moved" }, { what: "move_asked" }], nextCursor: null }]);
});
