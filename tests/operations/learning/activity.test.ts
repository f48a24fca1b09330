import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { readActivity, readFeed } from "#app/domain/learning/activity/read-activity.server.ts";
import { takeBackActivity, tellActivity } from "#app/domain/learning/activity/tell-activity.server.ts";
import { noteActivity } from "#app/domain/learning/note-activity.server.ts";
import { commit } from "#db/client.ts";
import { activities } from "#db/schema/daily-life.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { visitor } from "#tests/visit.ts";
import { actorOf, join, makeEnrolment, makeFamily, makeSchool, makeTeacher, testContext } from "#tests/world.ts";

const NIGHT = Date.parse("2026-11-24T22:30:00Z");
const DAY = 86_400_000;
const did = (studentId: string, schoolId: string) => ({ studentId, schoolId, subjectId: null, kind: "assignment" as const, about: "Fractions", minutes: 25, cause: "subm_1", timeZone: "Africa/Nairobi" });

test("LRN-4: what one thing caused counts once, on the learner's own date", async () => {
  const ctx = testContext(NIGHT);
  const { childId, schoolId } = await makeFamily(ctx);
  await commit(ctx.db, [noteActivity(ctx, did(childId, schoolId))]);
  await commit(ctx.db, [noteActivity(ctx, { ...did(childId, schoolId), minutes: 60 }), noteActivity(ctx, { ...did(childId, schoolId), cause: "subm_2", at: NIGHT - 2 * 3_600_000 })]);
  const rows = await ctx.db.select().from(activities).where(eq(activities.studentId, childId)).orderBy(activities.cause);
  expect(rows.map(({ cause, minutes, onDate }) => [cause, minutes, onDate])).toEqual([["subm_1", 25, "2026-11-25"], ["subm_2", 25, "2026-11-24"]]);
});

test("LRN-4: the family sees all of it, a school only its own, in days, streaks and feed alike", async () => {
  const ctx = testContext(NIGHT);
  const { childId, guardianId, schoolId } = await makeFamily(ctx);
  const other = await makeSchool(ctx);
  await join(ctx, childId, other.schoolId, "student");
  const teacherId = await makeTeacher(ctx, schoolId);
  await makeEnrolment(ctx, { schoolId, studentId: childId, teacherId });
  const mother = await actorOf(ctx, guardianId);
  await commit(ctx.db, [
    noteActivity(ctx, did(childId, schoolId)), noteActivity(ctx, { ...did(childId, schoolId), cause: "subm_3", at: NIGHT - 2 * DAY }), noteActivity(ctx, { ...did(childId, other.schoolId), about: "Elsewhere", cause: "subm_2", at: NIGHT - DAY }),
  ]);
  await tellActivity(ctx, mother, childId, { kind: "reading", about: "The river", minutes: 15 }, "key");
  const seen = async (userId: string) => {
    const actor = await actorOf(ctx, userId);
    const { days, streaks, weeks } = await readActivity(ctx, actor, childId, {});
    return { minutes: days.reduce((sum, day) => sum + day.minutes, 0), weeks: weeks.at(-1), streaks, feed: (await readFeed(ctx, actor, childId, { limit: 10 })).items.map(({ about, place }) => [about, place]) };
  };
  const all = [["The river", null], ["Fractions", "/submissions/subm_1"], ["Elsewhere", "/submissions/subm_2"], ["Fractions", "/submissions/subm_3"]];
  expect(await seen(guardianId)).toMatchObject({ minutes: 90, weeks: { startsOn: "2026-11-23", minutes: 90, days: 3 }, streaks: { current: 3, longest: 3 } });
  expect((await seen(guardianId)).feed.toSorted()).toEqual(all.toSorted());
  expect(await seen(teacherId)).toMatchObject({ minutes: 50, streaks: { current: 1, longest: 1 }, feed: [["Fractions", "/submissions/subm_1"], ["Fractions", "/submissions/subm_3"]] });
  expect(await seen(other.adminId)).toMatchObject({ minutes: 25, feed: [["Elsewhere", "/submissions/subm_2"]] });
});

test("LRN-4: the feed goes on where it stopped", async () => {
  const ctx = testContext(NIGHT);
  const { childId, schoolId } = await makeFamily(ctx);
  const child = await actorOf(ctx, childId);
  await commit(ctx.db, Array.from({ length: 7 }, (_, nth) => noteActivity(ctx, { ...did(childId, schoolId), cause: `subm_${nth}`, about: `${nth}`, at: NIGHT - Math.floor(nth / 2) * DAY })));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await readFeed(ctx, child, childId, { cursor, limit: 3 });
    seen.push(...page.items.map(({ about }) => about));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.toSorted()).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
  await expect(readFeed(ctx, child, childId, { cursor: "x", limit: 3 })).rejects.toMatchObject({ code: "invalid_input" });
});

test("LRN-4: told by hand for today or the week before, once for each form sent", async () => {
  const ctx = testContext(NIGHT);
  const { childId, guardianId, viewerId, adminId } = await makeFamily(ctx);
  const mother = await actorOf(ctx, guardianId);
  const told = { kind: "practice" as const, about: "Scales", minutes: 20 };
  const first = await tellActivity(ctx, mother, childId, { ...told, onDate: "2026-11-18" }, "one");
  expect(first).toMatchObject({ onDate: "2026-11-18", schoolId: null });
  expect(await tellActivity(ctx, mother, childId, { ...told, onDate: "2026-11-18" }, "one")).toEqual(first);
  expect((await tellActivity(ctx, await actorOf(ctx, viewerId), childId, told, "one")).id).not.toBe(first.id);
  await expect(tellActivity(ctx, mother, childId, { ...told, onDate: "2026-11-26" }, "two")).rejects.toMatchObject({ fields: [{ path: "onDate", message: "activity_ahead" }] });
  await expect(tellActivity(ctx, mother, childId, { ...told, onDate: "2026-11-17" }, "two")).rejects.toMatchObject({ fields: [{ path: "onDate", message: "activity_long_ago" }] });
  await expect(tellActivity(ctx, await actorOf(ctx, adminId), childId, told, "two")).rejects.toMatchObject({ code: "not_found" });
});

test("LRN-4: the page tells by a plain form and leads to each very thing", async () => {
  const ctx = testContext(Date.now());
  const { childId, schoolId, guardianId } = await makeFamily(ctx);
  await commit(ctx.db, [noteActivity(ctx, did(childId, schoolId))]);
  const page = await visitor(ctx, guardianId);
  const at = `/children/${childId}/activity`;
  const html = await (await page.open(at)).text();
  expect(html).toMatch(/25 minutes on 1 of 7 days\./);
  expect(html).toContain('<a href="/submissions/subm_1">Fractions</a>');
  const refused = await page.post(at, { act: "tell", key: "k", kind: "reading", about: "The river", minutes: "0" });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringMatching(/from 1 to 600[\s\S]*value="The river"/)]);
  const told = await page.post(at, { act: "tell", key: "k", kind: "reading", about: "The river", minutes: "30" });
  expect([told.status, told.headers.get("Location")]).toEqual([303, `${at}?done=told`]);
  const shown = await (await page.open(at)).text();
  expect(shown).toMatch(/55 minutes on 1 of 7 days\.[\s\S]*The river/);
  const [, activityId] = /name="activityId" value="([^"]+)"/.exec(shown)!;
  const back = await page.post(at, { act: "take-back", activityId: activityId! });
  expect([back.status, back.headers.get("Location")]).toEqual([303, `${at}?done=back`]);
  const without = await (await page.open(`${at}?done=back`)).text();
  expect(without).toMatch(/Taken back[\s\S]*25 minutes on 1 of 7 days\./);
  expect(without).not.toContain("The river");
});

test("LRN-4: who told it takes it back, and nobody else; days, streak and feed forget it, the audit log does not", async () => {
  const ctx = testContext(NIGHT);
  const { childId, guardianId, otherGuardianId, schoolId } = await makeFamily(ctx);
  const [mother, father, child] = [await actorOf(ctx, guardianId), await actorOf(ctx, otherGuardianId), await actorOf(ctx, childId)];
  await commit(ctx.db, [noteActivity(ctx, did(childId, schoolId))]);
  const done = (await readFeed(ctx, mother, childId, { limit: 1 })).items[0]!;
  const told = await tellActivity(ctx, mother, childId, { kind: "reading", about: "The river", minutes: 15 }, "key");
  expect((await readFeed(ctx, mother, childId, { limit: 9 })).items.map(({ about, own }) => [about, own]).toSorted()).toEqual([["Fractions", false], ["The river", true]]);
  expect((await readFeed(ctx, father, childId, { limit: 9 })).items.some(({ own }) => own)).toBe(false);
  for (const [actor, id] of [[father, told.id], [child, told.id], [mother, done.id]] as const) await expect(takeBackActivity(ctx, actor, childId, id)).rejects.toMatchObject({ code: "not_found" });
  await takeBackActivity(ctx, mother, childId, told.id);
  await expect(takeBackActivity(ctx, mother, childId, told.id)).rejects.toMatchObject({ code: "not_found" });
  expect((await readFeed(ctx, mother, childId, { limit: 9 })).items.map(({ about }) => about)).toEqual(["Fractions"]);
  const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, told.id));
  expect(events.map(({ action, actorId }) => [action, actorId]).toSorted()).toEqual([["activity.taken_back", guardianId], ["activity.told", guardianId]]);
});
