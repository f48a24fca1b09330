import { eq } from "drizzle-orm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR, MINUTE } from "#app/domain/clock.ts";
import { confirmAttendance, disputeAttendance, resolveDispute } from "#app/domain/lessons/answer-attendance.server.ts";
import { getAttendancePage } from "#app/domain/lessons/attendance-page.server.ts";
import { AttendanceInput } from "#app/domain/lessons/attendance-inputs.ts";
import { ATTENDANCE, TO_CONFIRM, UNTOLD } from "#app/domain/lessons/attendance-rules.ts";
import { giveMakeUp } from "#app/domain/lessons/make-up.server.ts";
import { settleLessons } from "#app/domain/lessons/settle-lessons.server.ts";
import { takeAttendance } from "#app/domain/lessons/take-attendance.server.ts";
import { cancelLesson } from "#app/domain/lessons/cancel-lesson.server.ts";
import { CancelLessonInput } from "#app/domain/lessons/inputs.ts";
import { getAccount } from "#app/domain/payments/account-page.server.ts";
import { findHours } from "#db/lesson-writes.ts";
import { accessLog, consents } from "#db/schema/consent.ts";
import { activities } from "#db/schema/daily-life.ts";
import { notifications } from "#db/schema/notifications.ts";
import { ledgerEntries } from "#db/schema/payments.ts";
import { beforeCommit, failing, LOST } from "#tests/before-commit.ts";
import { actorOf, assignTutor, makeTutor, NOON } from "#tests/world.ts";
import { giveMinutes, makePair, refusal, rowOf } from "./pair.ts";

const taken = (given: object) => AttendanceInput.parse(given);

/** A lesson of an hour that uses hours, at 16:00 today, and is about to begin. */
async function lesson() {
  const pair = await makePair();
  await giveMinutes(pair.ctx, pair.family, 600);
  const id = await pair.set({ localStart: "2026-11-24T16:00", usesHours: true, topic: "Fractions" });
  const startsAt = NOON + 4 * HOUR;
  pair.ctx.setNow(startsAt);
  const entries = async () => (await pair.ctx.db.select().from(ledgerEntries).where(eq(ledgerEntries.causeId, id))).map(({ kind, amount }) => [kind, amount]);
  return { ...pair, id, startsAt, entries };
}

test("LES-6: who teaches writes attendance from the start on; the family is told, and its silence makes it stand: hours are used up once, and the learner's activity counts", async () => {
  const { ctx, id, startsAt, teacher, guardian, family, entries } = await lesson();
  ctx.setNow(startsAt - 1);
  expect(await refusal(takeAttendance(ctx, teacher, id, taken({ status: "present" })))).toBe("lesson_not_begun");
  ctx.setNow(startsAt);
  expect(await refusal(takeAttendance(ctx, guardian, id, taken({ status: "present" })))).toBe("forbidden");
  expect(await refusal(takeAttendance(ctx, teacher, id, taken({ status: "present", minutesLate: 5 })))).toBe("minutesLate: minutes_late_only_late");
  await takeAttendance(ctx, teacher, id, taken({ status: "late", minutesLate: 5, note: "Fractions, page 12" }));
  expect((await ctx.db.select().from(notifications).where(eq(notifications.type, "lesson.attended"))).map(({ userId }) => userId)).toEqual(expect.arrayContaining([family.guardianId, family.childId]));
  await settleLessons(ctx);
  ctx.setNow(startsAt + TO_CONFIRM - 1);
  await settleLessons(ctx);
  expect(await rowOf(ctx, id)).toMatchObject({ hours: null });
  ctx.setNow(startsAt + TO_CONFIRM);
  await Promise.all([settleLessons(ctx), settleLessons(ctx)]);
  await settleLessons(ctx);
  expect(await rowOf(ctx, id)).toMatchObject({ hours: "consumed" });
  expect(await entries()).toEqual([["lesson", 60]]);
  expect(await ctx.db.select().from(activities).where(eq(activities.cause, id))).toMatchObject([{ kind: "lesson", about: "Fractions", minutes: 60, onDate: "2026-11-24" }]);
  expect(await refusal(takeAttendance(ctx, teacher, id, taken({ status: "excused" })))).toBe("attendance_settled");
  expect(await refusal(disputeAttendance(ctx, guardian, id, "No"))).toBe("attendance_settled");
});

test("LES-6: what the family disputes waits for the administration: corrected, the hours come back; the first word of a guardian counts", async () => {
  const { ctx, id, startsAt, teacher, guardian, admin, family, entries } = await lesson();
  expect(await refusal(disputeAttendance(ctx, guardian, id, "No"))).toBe("attendance_missing");
  await takeAttendance(ctx, teacher, id, taken({ status: "present" }));
  await takeAttendance(ctx, teacher, id, taken({ status: "absent" }));
  expect(await refusal(disputeAttendance(ctx, await actorOf(ctx, family.viewerId), id, "No"))).toBe("forbidden");
  await disputeAttendance(ctx, guardian, id, "She was there");
  expect(await refusal(confirmAttendance(ctx, await actorOf(ctx, family.otherGuardianId), id))).toMatchObject({ reason: "attendance_answered", decidedByName: "Guardian" });
  expect(await refusal(takeAttendance(ctx, teacher, id, taken({ status: "present" })))).toBe("attendance_answered");
  ctx.setNow(startsAt + 2 * TO_CONFIRM);
  await settleLessons(ctx);
  expect(await rowOf(ctx, id)).toMatchObject({ hours: null });
  expect(await refusal(resolveDispute(ctx, teacher, id, { resolution: "stands" }))).toBe("forbidden");
  await resolveDispute(ctx, admin, id, { resolution: "corrected", status: "present" });
  expect(await refusal(resolveDispute(ctx, admin, id, { resolution: "stands" }))).toBe("nothing_disputed");
  await settleLessons(ctx);
  expect(await rowOf(ctx, id)).toMatchObject({ hours: "released" });
  expect(await entries()).toEqual([]);
  expect(await ctx.db.select().from(activities).where(eq(activities.cause, id))).toHaveLength(1);
});

test("LES-6: excused gives the hours back, absent does not; a lesson of which nobody wrote anything uses none", async () => {
  const { ctx, id, set, startsAt, teacher, family } = await lesson();
  ctx.setNow(NOON);
  const [absent, untold] = [await set({ localStart: "2026-11-24T17:00", usesHours: true }), await set({ localStart: "2026-11-24T18:00", usesHours: true })];
  ctx.setNow(startsAt + 2 * HOUR);
  await takeAttendance(ctx, teacher, id, taken({ status: "excused" }));
  await takeAttendance(ctx, teacher, absent, taken({ status: "absent" }));
  ctx.setNow(startsAt + 3 * HOUR + UNTOLD);
  await settleLessons(ctx);
  expect([await rowOf(ctx, id), await rowOf(ctx, absent), await rowOf(ctx, untold)].map(({ hours }) => hours)).toEqual(["released", "consumed", "released"]);
  expect(await findHours(ctx.db, family.childId, family.schoolId)).toEqual({ had: 540, held: 0 });
});

test("LES-8: hours that a lesson used up are given back once, with the reason, and the account says which lesson it was", async () => {
  const { ctx, id, startsAt, teacher, guardian, admin, family, entries } = await lesson();
  expect(await refusal(giveMakeUp(ctx, teacher, id, "Fire drill"))).toBe("no_hours_used");
  await takeAttendance(ctx, teacher, id, taken({ status: "present" }));
  expect(await getAccount(ctx, guardian, family.childId, { limit: 10 })).toMatchObject({ minutes: 600, minutesHeld: 60 });
  ctx.setNow(startsAt + TO_CONFIRM);
  await settleLessons(ctx);
  expect(await refusal(giveMakeUp(ctx, guardian, id, "Fire drill"))).toBe("forbidden");
  const tried = await Promise.all([refusal(giveMakeUp(ctx, teacher, id, "Fire drill")), refusal(giveMakeUp(ctx, admin, id, "Fire drill"))]);
  expect(tried.sort()).toEqual(["made_up_already", null]);
  expect(await entries()).toEqual([["lesson", 60], ["make_up", 60]]);
  const { minutes, minutesHeld, entries: shown } = await getAccount(ctx, guardian, family.childId, { limit: 10 });
  expect([minutes, minutesHeld]).toEqual([600, 0]);
  expect(shown.slice(0, 2)).toMatchObject([{ kind: "make_up", amount: 60, lesson: expect.any(String), lessonAt: startsAt }, { kind: "lesson", amount: -60, lessonAt: startsAt }]);
});

test("LES-6: whatever becomes of lessons, hours held, used and free add up, and the books balance", async () => {
  const what = fc.array(fc.record({ status: fc.constantFrom(...ATTENDANCE, "cancelled", "cancelled late", "untold"), said: fc.constantFrom("nothing", "confirmed", "disputed, stands", "disputed, corrected", "disputed"), madeUp: fc.boolean() }), { minLength: 1, maxLength: 5 });
  await fc.assert(fc.asyncProperty(what, async (history) => {
    const { ctx, family, set, teacher, guardian, admin } = await makePair();
    await giveMinutes(ctx, family, 600);
    const ids: string[] = [];
    for (const [index] of history.entries()) ids.push(await set({ localStart: `2026-11-24T${16 + index}:00`, usesHours: true, minutes: 30 }));
    let used = 0;
    const held = history.filter(({ status, said }) => !status.startsWith("cancelled") && status !== "untold" && said === "disputed").length * 30;
    for (const [index, { status }] of history.entries()) {
      const startsAt = NOON + (4 + index) * HOUR;
      if (status === "cancelled") await cancelLesson(ctx, teacher, ids[index]!, CancelLessonInput.parse({}));
      if (status === "cancelled late") {
        ctx.setNow(startsAt - 5 * MINUTE);
        await cancelLesson(ctx, guardian, ids[index]!, CancelLessonInput.parse({}));
        ctx.setNow(NOON);
        used += 30;
      }
    }
    ctx.setNow(NOON + 12 * HOUR);
    for (const [index, { status, said }] of history.entries()) {
      if (status === "untold" || status.startsWith("cancelled")) continue;
      await takeAttendance(ctx, teacher, ids[index]!, taken({ status }));
      if (said === "confirmed") await confirmAttendance(ctx, guardian, ids[index]!);
      if (said.startsWith("disputed")) await disputeAttendance(ctx, guardian, ids[index]!, "Otherwise");
      if (said.startsWith("disputed,")) await resolveDispute(ctx, admin, ids[index]!, { resolution: said.endsWith("stands") ? "stands" : "corrected" });
      if (status !== "excused" && said !== "disputed" && said !== "disputed, corrected") used += 30;
    }
    ctx.setNow(NOON + 24 * HOUR + UNTOLD);
    await settleLessons(ctx);
    await settleLessons(ctx);
    for (const [index, { madeUp }] of history.entries()) {
      if (!madeUp || (await rowOf(ctx, ids[index]!)).hours !== "consumed") continue;
      await giveMakeUp(ctx, teacher, ids[index]!, "Once");
      used -= 30;
    }
    expect(await findHours(ctx.db, family.childId, family.schoolId)).toEqual({ had: 600 - used, held });
    const books = await ctx.db.$client.prepare("SELECT sum(balance) AS total FROM ledger_balances WHERE unit = 'minutes'").first<{ total: number }>();
    expect(books!.total).toBe(0);
  }), { numRuns: 8 });
});

test("LES-6: the attendance page offers each what is theirs to do at that time, and who looked is written down", async () => {
  const { ctx, id, startsAt, teacher, guardian, admin, family } = await lesson();
  const child = await actorOf(ctx, family.childId);
  const readers = { teacher, admin, guardian, viewer: await actorOf(ctx, family.viewerId), child };
  const looks = async () => {
    await ctx.answered();
    return (await ctx.db.select().from(accessLog).where(eq(accessLog.childId, family.childId))).filter(({ dataType }) => dataType === "attendance").map(({ viewerId, capacity, schoolId }) => [viewerId, capacity, schoolId]).sort();
  };
  /** Who may do something, and what becomes of the hours by what stands now. */
  const offered = async () => {
    const may: string[] = [];
    let will: unknown;
    for (const [name, actor] of Object.entries(readers)) {
      const page = await getAttendancePage(ctx, actor, id);
      will = page.willUse;
      may.push(...Object.entries(page.may).flatMap(([act, allowed]) => (allowed ? [`${name}: ${act}`] : [])));
    }
    return [will, ...may.sort()];
  };
  expect([await offered(), await looks()]).toEqual([[null, "admin: take", "teacher: take"], []]);
  await takeAttendance(ctx, teacher, id, taken({ status: "absent" }));
  expect(await offered()).toEqual(["consumed", "admin: take", "guardian: answer", "teacher: take"]);
  expect(await looks()).toEqual([[teacher.userId, "teacher", family.schoolId], [admin.userId, "school_administration", family.schoolId], [guardian.userId, "guardian", null], [family.viewerId, "guardian", null]].sort());
  await disputeAttendance(ctx, guardian, id, "She was there");
  expect(await offered()).toEqual(["consumed", "admin: resolve"]);
  expect(await refusal(resolveDispute(ctx, admin, id, { resolution: "stands", status: "present" }))).toBe("status: stands_as_it_is");
  await resolveDispute(ctx, admin, id, { resolution: "stands" });
  expect(await offered()).toEqual(["consumed"]);
  ctx.setNow(startsAt + TO_CONFIRM);
  await settleLessons(ctx);
  expect(await offered()).toEqual(["consumed", "admin: makeUp", "teacher: makeUp"]);
  await giveMakeUp(ctx, teacher, id, "Fire drill");
  expect([await offered(), await refusal(giveMakeUp(ctx, admin, id, "Fire drill"))]).toEqual([["consumed"], "made_up_already"]);

  const tutorId = await makeTutor(ctx, family.schoolId);
  await assignTutor(ctx, { schoolId: family.schoolId, tutorId, studentId: family.childId });
  await ctx.db.insert(consents).values({ childId: family.childId, dataType: "attendance", recipient: "other_guardians", granted: false, setAt: NOON });
  for (const reader of [tutorId, family.viewerId]) expect(await refusal(getAttendancePage(ctx, await actorOf(ctx, reader), id))).toBe("not_shared");
});

test("LES-6: of a lesson that was called off there is no attendance", async () => {
  const { ctx, id, startsAt, teacher } = await lesson();
  ctx.setNow(NOON);
  await cancelLesson(ctx, teacher, id, CancelLessonInput.parse({}));
  ctx.setNow(startsAt);
  expect(await refusal(takeAttendance(ctx, teacher, id, taken({ status: "present" })))).toBe("lesson_not_held");
});

test("LES-6: while one word is written another comes: the first counts, and the second is told", async () => {
  const { ctx, id, teacher, guardian } = await lesson();
  await takeAttendance(ctx, teacher, id, taken({ status: "absent" }));
  expect(await refusal(takeAttendance(beforeCommit(ctx, () => confirmAttendance(ctx, guardian, id)), teacher, id, taken({ status: "present" })))).toBe("attendance_answered");
  expect((await getAttendancePage(ctx, guardian, id)).outcome).toMatchObject({ status: "absent", answer: "confirmed" });
  const next = await lesson();
  await takeAttendance(next.ctx, next.teacher, next.id, taken({ status: "absent" }));
  expect(await refusal(confirmAttendance(beforeCommit(next.ctx, () => disputeAttendance(next.ctx, next.guardian, next.id, "She was there")), next.guardian, next.id))).toBe("attendance_answered");
  expect((await getAttendancePage(next.ctx, next.guardian, next.id)).outcome).toMatchObject({ answer: "disputed", answeredBy: next.guardian.userId });
});

test("LES-6, LES-8: what the database fails for a reason of its own is no lost race, and leaves all as it was", async () => {
  const { ctx, id, startsAt, teacher, guardian, entries } = await lesson();
  const broken = failing(ctx);
  await expect(takeAttendance(broken, teacher, id, taken({ status: "present" }))).rejects.toBe(LOST);
  await takeAttendance(ctx, teacher, id, taken({ status: "present" }));
  await expect(confirmAttendance(broken, guardian, id)).rejects.toBe(LOST);
  ctx.setNow(startsAt + TO_CONFIRM);
  await expect(settleLessons(broken)).rejects.toBe(LOST);
  expect(await rowOf(ctx, id)).toMatchObject({ hours: null });
  await settleLessons(ctx);
  await expect(giveMakeUp(broken, teacher, id, "Fire drill")).rejects.toBe(LOST);
  expect(await entries()).toEqual([["lesson", 60]]);
});

test("LES-6: attendance written after the hours were let go uses none, and counts as learnt", async () => {
  const { ctx, id, startsAt, teacher, entries } = await lesson();
  ctx.setNow(startsAt + HOUR + UNTOLD);
  await settleLessons(ctx);
  expect(await rowOf(ctx, id)).toMatchObject({ hours: "released" });
  await takeAttendance(ctx, teacher, id, taken({ status: "present" }));
  ctx.setNow(startsAt + HOUR + UNTOLD + TO_CONFIRM);
  await settleLessons(ctx);
  expect([(await rowOf(ctx, id)).hours, await entries()]).toEqual(["released", []]);
  expect(await ctx.db.select().from(activities).where(eq(activities.cause, id))).toMatchObject([{ kind: "lesson", minutes: 60 }]);
});
