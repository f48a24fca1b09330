import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { HOUR, MINUTE } from "#app/domain/clock.ts";
import { jobWork } from "#app/domain/job-work.server.ts";
import { cancelLesson } from "#app/domain/lessons/cancel-lesson.server.ts";
import { changeLesson } from "#app/domain/lessons/change-lesson.server.ts";
import { CancelLessonInput, ChangeLessonInput } from "#app/domain/lessons/inputs.ts";
import { planReminders } from "#app/domain/lessons/send-reminders.server.ts";
import { users } from "#db/schema/identity.ts";
import { notifications } from "#db/schema/notifications.ts";
import { jobs } from "#db/schema/operation.ts";
import type { TestContext } from "#tests/world.ts";
import { makePair } from "./pair.ts";

const START = Date.parse("2026-11-25T16:00+03:00");
const planned = async (ctx: TestContext, lessonId: string) => (await ctx.db.select().from(jobs).where(eq(jobs.kind, "remind-of-lesson"))).filter(({ payload }) => (payload as { lessonId: string }).lessonId === lessonId);
const told = (ctx: TestContext, lessonId: string) => ctx.db.select().from(notifications).where(sql`type = 'lesson.reminder' AND path = ${`/schedule/${lessonId}`}`);
/** What the queue does at that instant with all that is due, twice. */
async function work(ctx: TestContext, lessonId: string, now: number) {
  ctx.setNow(now);
  for (const job of (await planned(ctx, lessonId)).filter(({ availableAt }) => availableAt <= now)) for (const again of [1, 2]) await jobWork[job.kind]!(ctx, { ...(job.payload as object), again }, again);
}

test("LES-9: student and the guardians who may schedule are reminded a day and an hour before, once each, by their own clocks", async () => {
  const { ctx, set, family } = await makePair();
  await ctx.db.update(users).set({ timeZone: "Asia/Tokyo" }).where(eq(users.id, family.otherGuardianId));
  const id = await set({ localStart: "2026-11-25T16:00", place: "Room 4" });
  ctx.setNow(START - 36 * HOUR);
  await Promise.all([planReminders(ctx), planReminders(ctx)]);
  expect(await planReminders(ctx)).toBe(0);
  // A day before it is ten in the evening in Tokyo.
  await work(ctx, id, START - 25 * HOUR - 15 * MINUTE);
  expect((await told(ctx, id)).map(({ userId }) => userId)).toEqual([family.otherGuardianId]);
  await work(ctx, id, START - 24 * HOUR);
  expect((await told(ctx, id)).map(({ userId }) => userId).sort()).toEqual([family.childId, family.guardianId, family.otherGuardianId].sort());
  expect((await told(ctx, id))[0]).toMatchObject({ facts: { place: "Room 4", startsAt: START }, childId: family.childId });
  await work(ctx, id, START - 75 * MINUTE);
  await work(ctx, id, START - HOUR);
  expect((await told(ctx, id)).filter(({ cause }) => cause.endsWith(".hour")).map(({ userId }) => userId)).toEqual(expect.arrayContaining([family.otherGuardianId, family.childId, family.guardianId]));
});

test("LES-9: of what was moved, called off or has begun nobody is reminded at the old time", async () => {
  const { ctx, set, teacher } = await makePair();
  const [moved, off, begun] = [await set({ localStart: "2026-11-25T16:00" }), await set({ localStart: "2026-11-25T10:00" }), await set({ localStart: "2026-11-25T12:00" })];
  ctx.setNow(START - 26 * HOUR);
  await planReminders(ctx);
  await changeLesson(ctx, teacher, moved, ChangeLessonInput.parse({ localStart: "2026-11-26T16:00", minutes: 60 }));
  await cancelLesson(ctx, teacher, off, CancelLessonInput.parse({}));
  await work(ctx, moved, START - HOUR);
  await work(ctx, off, START - 7 * HOUR);
  await work(ctx, begun, START - 4 * HOUR);
  expect([...(await told(ctx, moved)), ...(await told(ctx, off)), ...(await told(ctx, begun))]).toEqual([]);
  expect(await planReminders(ctx)).toBe(1);
  await work(ctx, moved, START + 23 * HOUR);
  expect((await told(ctx, moved)).length).toBeGreaterThan(0);
});

test("LES-9: the sweep finds what comes near by an index of its own", async () => {
  const { ctx } = await makePair();
  const plan = await ctx.db.all<{ detail: string }>(sql`EXPLAIN QUERY PLAN SELECT id, starts_at FROM lessons WHERE lessons.status = 'scheduled' AND lessons.reminders_for IS NOT lessons.starts_at AND lessons.starts_at > 1 AND lessons.starts_at <= 2 ORDER BY starts_at LIMIT 50`);
  expect(plan.map(({ detail }) => detail).join("\n")).toMatch(/^SEARCH lessons USING INDEX lessons_to_remind/);
});
