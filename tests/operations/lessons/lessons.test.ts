import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { cancelLesson, foreseeCancellation } from "#app/domain/lessons/cancel-lesson.server.ts";
import { changeLesson } from "#app/domain/lessons/change-lesson.server.ts";
import { CancelLessonInput, ChangeLessonInput } from "#app/domain/lessons/inputs.ts";
import { listLessonChanges, listLessons } from "#app/domain/lessons/list-lessons.server.ts";
import { loadLessonPage } from "#app/domain/lessons/lesson-page.server.ts";
import { loadNewLesson } from "#app/domain/lessons/new-lesson-page.server.ts";
import { loadSchedule } from "#app/domain/lessons/schedule-page.server.ts";
import { timetableReader } from "#app/domain/lessons/standing.server.ts";
import { HOUR, MINUTE } from "#app/domain/clock.ts";
import { users } from "#db/schema/identity.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { bookings, lessons } from "#db/schema/lessons.ts";
import { ledgerEntries } from "#db/schema/payments.ts";
import { enrolments } from "#db/schema/schools.ts";
import { notifications } from "#db/schema/notifications.ts";
import { actorOf, assignTutor, makeEnrolment, makeFamily, makeGuardianship, makeTeacher, makeTutor, NOON } from "#tests/world.ts";
import { giveMinutes, makePair, refusal, rowOf, slotsOf } from "./pair.ts";

const change = (given: object) => ChangeLessonInput.parse(given);
const cancel = (given: object = {}) => CancelLessonInput.parse(given);

test("LES-1: a teacher sets a lesson by the school's clock: it takes their and the student's time, is told to the family, and stands in history and audit", async () => {
  const { ctx, set, family, teacherId, guardian } = await makePair();
  const id = await set({ localStart: "2026-11-25T16:00", topic: "Fractions", place: "Room 4" });
  expect(await rowOf(ctx, id)).toMatchObject({ teacherId, studentId: family.childId, localEnd: "2026-11-25T17:00", timeZone: "Africa/Nairobi", startsAt: Date.parse("2026-11-25T13:00Z"), status: "scheduled", usesHours: false, topic: "Fractions" });
  expect(await slotsOf(ctx, id)).toMatchObject([{ kind: "stands", teacherClashes: 0, studentClashes: 0 }]);
  const told = await ctx.db.select().from(notifications).where(eq(notifications.path, `/schedule/${id}`));
  expect(told.map(({ userId }) => userId).sort()).toEqual([family.guardianId, family.otherGuardianId, family.viewerId, family.childId].sort());
  expect((await listLessonChanges(ctx, guardian, id, { limit: 20 })).items.map(({ what, byId }) => [what, byId])).toEqual([["created", teacherId]]);
  expect(await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).toMatchObject([{ action: "lesson.set", actorId: teacherId, childId: family.childId }]);
});

test("LES-2: a teacher with children sees both timetables in one, or only what they teach", async () => {
  const { ctx, set, teacherId } = await makePair();
  const home = await makePair({ ctx });
  await makeGuardianship(ctx, teacherId, home.family.childId);
  const [taught, childs] = [await set({ localStart: "2026-11-25T16:00" }), await home.set({ localStart: "2026-11-25T16:00" })];
  const shown = async (only: boolean) => (await loadSchedule(ctx, await actorOf(ctx, teacherId), { view: "week", from: "2026-11-25", taught: only })).lessons.map(({ id }) => id).sort();
  expect([await shown(false), await shown(true)]).toEqual([[taught, childs].sort(), [taught]]);
});

test("LES-1: each broken rule is named at its field", async () => {
  const { set, ctx, enrolmentId } = await makePair();
  expect(await refusal(set({ localStart: "2026-11-25T16:00", minutes: undefined, localEnd: "2026-11-25T16:00" }))).toBe("localEnd: lesson_ends_before_start");
  expect(await refusal(set({ localStart: "2026-11-25T16:00", minutes: 14 }))).toBe("localEnd: lesson_too_short");
  expect(await refusal(set({ localStart: "2026-11-25T16:00", minutes: 481 }))).toBe("localEnd: lesson_too_long");
  expect(await refusal(set({ localStart: "2026-11-24T11:59" }))).toBe("localStart: lesson_in_past");
  expect(await refusal(set({ localStart: "2026-11-24T12:14" }))).toBe("localStart: lesson_too_soon");
  expect(await refusal(set({ localStart: "2026-11-25T16:00", timeZone: "Mars/Olympus" }))).toBe("timeZone: time_zone_unknown");
  expect(await refusal(set({ localStart: "2027-03-28T01:30", timeZone: "Europe/London" }))).toBe("localStart: time_skipped");
  await ctx.db.update(enrolments).set({ endsAt: NOON + HOUR }).where(eq(enrolments.id, enrolmentId));
  expect(await refusal(set({ localStart: "2026-11-25T16:00" }))).toBe("localStart: not_enrolled_then");
  ctx.setNow(NOON + HOUR);
  expect(await refusal(set({ localStart: "2026-11-24T14:00" }))).toBe("not_found");
  expect(await ctx.db.select().from(lessons).where(eq(lessons.enrolmentId, enrolmentId))).toEqual([]);
});

test("LES-1: neither teacher nor student can be in two lessons; one may begin when the other ends, and cross midnight", async () => {
  const { ctx, set, family, teacherId } = await makePair();
  await set({ localStart: "2026-11-25T23:30", minutes: 90 });
  await set({ localStart: "2026-11-26T01:00" });
  const sameTeacher = await makePair({ ctx, family: await makeFamily(ctx), teacherId });
  expect(await refusal(sameTeacher.set({ localStart: "2026-11-26T00:30" }))).toBe("not_found");
  const sibling = await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.siblingId, teacherId });
  expect(await refusal(set({ enrolmentId: sibling.enrolmentId, localStart: "2026-11-26T00:30" }))).toEqual({ reason: "teacher_busy", clashes: [{ localStart: "2026-11-26T00:30", busy: "teacher" }] });
  const other = await makePair({ ctx, family });
  expect(await refusal(other.set({ localStart: "2026-11-26T01:59" }))).toEqual({ reason: "student_busy", clashes: [{ localStart: "2026-11-26T01:59", busy: "student" }] });
  expect(await other.set({ localStart: "2026-11-26T02:00" })).toMatch(/^les_/);
});

test("LES-1: of many who take the same hour at once exactly one gets it", async () => {
  const { ctx, set, family } = await makePair();
  const others = [await makePair({ ctx, family }), await makePair({ ctx, family })];
  const tried = await Promise.allSettled([set, set, ...others.map((other) => other.set)].map((each) => each({ localStart: "2026-11-25T16:00" })));
  expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await ctx.db.select().from(lessons).where(eq(lessons.studentId, family.childId))).toHaveLength(1);
});

test("LES-1: booking holds hours and says how many there are when they are too few", async () => {
  const { ctx, set, family, teacher } = await makePair();
  await giveMinutes(ctx, family, 100);
  const first = await set({ localStart: "2026-11-25T16:00", usesHours: true });
  expect(await refusal(set({ localStart: "2026-11-26T16:00", usesHours: true }))).toEqual({ reason: "not_enough_hours", minutes: { needed: 60, free: 40 } });
  await set({ localStart: "2026-11-26T16:00", usesHours: true, minutes: 40 });
  expect(await refusal(changeLesson(ctx, teacher, first, change({ minutes: 61 })))).toEqual({ reason: "not_enough_hours", minutes: { needed: 61, free: 60 } });
  await changeLesson(ctx, teacher, first, change({ localStart: "2026-11-25T15:00", minutes: 30 }));
  await changeLesson(ctx, teacher, first, change({ minutes: 60 }));
  await cancelLesson(ctx, teacher, first, cancel());
  expect(await rowOf(ctx, first)).toMatchObject({ status: "cancelled", cancelledAs: "teacher", hours: "released" });
  expect(await set({ localStart: "2026-11-27T16:00", usesHours: true })).toMatch(/^les_/);
});

test("LES-1: a change is partial, and its times are checked together", async () => {
  const { ctx, set, teacher, guardian } = await makePair();
  const id = await set({ localStart: "2026-11-25T16:00", topic: "Fractions", place: "Room 4" });
  expect(await changeLesson(ctx, teacher, id, change({ topic: "Decimals" }))).toEqual({ changed: 1, asked: 0 });
  expect(await rowOf(ctx, id)).toMatchObject({ topic: "Decimals", place: "Room 4", localStart: "2026-11-25T16:00", localEnd: "2026-11-25T17:00", revision: 2 });
  expect(await changeLesson(ctx, teacher, id, change({ topic: "Decimals" }))).toEqual({ changed: 0, asked: 0 });
  expect(await refusal(changeLesson(ctx, teacher, id, change({ localStart: "2026-11-25T17:30" })))).toBe("localEnd: lesson_ends_before_start");
  await changeLesson(ctx, teacher, id, change({ timeZone: "Europe/London" }));
  expect(await rowOf(ctx, id)).toMatchObject({ localStart: "2026-11-25T16:00", startsAt: Date.parse("2026-11-25T16:00Z"), endsAt: Date.parse("2026-11-25T17:00Z") });
  expect((await slotsOf(ctx, id))[0]).toMatchObject({ startsAt: Date.parse("2026-11-25T16:00Z") });
  expect(await refusal(changeLesson(ctx, guardian, id, change({ topic: "Games" })))).toBe("topic: only_time_is_yours");
  expect(await refusal(changeLesson(ctx, teacher, id, change({ topic: "Games", revision: 1 })))).toBe("lesson_changed_meanwhile");
  expect((await listLessonChanges(ctx, guardian, id, { limit: 20 })).items.map(({ what }) => what)).toEqual(["created", "changed", "moved"]);
});

test("LES-1: of two changes at once one is refused, not lost", async () => {
  const { ctx, set, teacher } = await makePair();
  const id = await set({ localStart: "2026-11-25T16:00" });
  const tried = await Promise.all(["A", "B"].map((topic) => refusal(changeLesson(ctx, teacher, id, change({ topic })))));
  expect(tried.sort()).toEqual(["lesson_changed_meanwhile", null].sort());
});

test("LES-1: a teacher edits until the start and cancels until two hours before it, that instant included; the administration until the start", async () => {
  const { ctx, set, teacher, admin } = await makePair();
  const [first, second] = [await set({ localStart: "2026-11-24T16:00" }), await set({ localStart: "2026-11-24T17:00" })];
  ctx.setNow(NOON + 2 * HOUR + 1);
  expect(await refusal(cancelLesson(ctx, teacher, first, cancel()))).toBe("too_late_to_cancel");
  ctx.setNow(NOON + 3 * HOUR);
  await cancelLesson(ctx, teacher, second, cancel());
  ctx.setNow(NOON + 4 * HOUR - 1);
  await changeLesson(ctx, teacher, first, change({ topic: "Last minute" }));
  ctx.setNow(NOON + 4 * HOUR);
  expect(await refusal(changeLesson(ctx, teacher, first, change({ topic: "Late" })))).toBe("lesson_started");
  expect(await refusal(cancelLesson(ctx, admin, first, cancel()))).toBe("lesson_started");
  ctx.setNow(NOON + 4 * HOUR - 1);
  await cancelLesson(ctx, admin, first, cancel());
  expect(await rowOf(ctx, first)).toMatchObject({ status: "cancelled", cancelledAs: "administration" });
});

test("LES-8: the family loses the hours inside two hours, and is told so before; what it confirmed must still be true", async () => {
  const { ctx, set, guardian, family, teacher } = await makePair();
  await giveMinutes(ctx, family, 120);
  const id = await set({ localStart: "2026-11-24T16:00", usesHours: true });
  ctx.setNow(NOON + 2 * HOUR);
  expect(await foreseeCancellation(ctx, guardian, id, "one")).toMatchObject({ as: "family", problem: null, hours: "released", minutes: { consumed: 0, released: 60 }, told: expect.arrayContaining([teacher.name]) });
  ctx.setNow(NOON + 2 * HOUR + 1);
  expect(await refusal(cancelLesson(ctx, guardian, id, cancel({ expectedHours: "released" })))).toEqual({ reason: "consequence_changed", hours: "consumed" });
  await cancelLesson(ctx, guardian, id, cancel({ expectedHours: "consumed", reason: "Ill" }));
  await cancelLesson(ctx, guardian, id, cancel({ expectedHours: "consumed" }));
  expect(await rowOf(ctx, id)).toMatchObject({ status: "cancelled", cancelledAs: "family", hours: "consumed", cancelReason: "Ill" });
  expect(await slotsOf(ctx, id)).toEqual([]);
  expect((await ctx.db.select().from(ledgerEntries).where(eq(ledgerEntries.causeId, id))).map(({ kind, amount }) => [kind, amount])).toEqual([["lesson", 60]]);
});

test("LES-2: everybody finds their own timetable, those who teach, tutor or guard a child the child's; a week, or four as a list, page by page", async () => {
  const { ctx, set, family: { schoolId, childId, siblingId, viewerId }, teacher, teacherId, guardian, admin } = await makePair();
  const tutorId = await makeTutor(ctx, schoolId);
  await assignTutor(ctx, { schoolId, tutorId, studentId: childId });
  const other = await makeTeacher(ctx, schoolId);
  const siblings = await makeEnrolment(ctx, { schoolId, studentId: siblingId, teacherId });
  const ofSibling = await set({ enrolmentId: siblings.enrolmentId, localStart: "2026-11-25T16:00" });
  const [near, far] = [await set({ localStart: "2026-11-25T10:00" }), await set({ localStart: "2026-12-02T10:00" })];
  const month = { from: NOON, to: NOON + 28 * 24 * HOUR, limit: 20 };
  const seen = async (userId: string, whose: Parameters<typeof listLessons>[2]) => (await listLessons(ctx, await actorOf(ctx, userId), whose, month)).items.map(({ id }) => id);
  const [child, both] = [[near, far], [near, ofSibling, far]];
  expect([await seen(childId, "mine"), await seen(guardian.userId, "mine"), await seen(teacherId, "mine"), await seen(other, "mine"), await seen(admin.userId, { schoolId })]).toEqual([child, both, both, [], both]);
  for (const reader of [childId, guardian.userId, viewerId, teacherId, tutorId, admin.userId]) expect(await seen(reader, { studentId: childId }), reader).toEqual(child);
  for (const [reader, whose] of [[other, childId], [tutorId, siblingId], [childId, siblingId]] as const) expect(await refusal(seen(reader, { studentId: whose }))).toBe("not_found");

  const first = await listLessons(ctx, teacher, "mine", { ...month, limit: 2 });
  expect((await listLessons(ctx, teacher, "mine", { ...month, limit: 2, cursor: first.nextCursor! })).items.map(({ id }) => id)).toEqual([far]);
  const shown = async (view: "week" | "list", from?: string) => (await loadSchedule(ctx, guardian, { view, from, studentId: childId })).lessons.map(({ id, day, from: at }) => [id, day, at]);
  expect(await shown("week")).toEqual([[near, 2, "10:00"]]);
  expect(await shown("week", "2026-12-04")).toEqual([[far, 2, "10:00"]]);
  expect(await shown("list")).toEqual([[near, 1, "10:00"], [far, 8, "10:00"]]);
});

test("LES-1: the school asks before it moves what a guardian agreed to: the lesson stands, the new time is held; a guardian just moves it", async () => {
  const { ctx, set, teacher, guardian, family } = await makePair();
  const id = await set({ localStart: "2026-11-25T16:00" });
  expect(await changeLesson(ctx, guardian, id, change({ localStart: "2026-11-25T17:00", minutes: 60 }))).toEqual({ changed: 1, asked: 0 });
  expect(await rowOf(ctx, id)).toMatchObject({ approvedBy: family.guardianId, localStart: "2026-11-25T17:00" });
  expect(await changeLesson(ctx, teacher, id, change({ localStart: "2026-11-26T10:00", minutes: 60, topic: "Maps" }))).toEqual({ changed: 1, asked: 1 });
  expect(await rowOf(ctx, id)).toMatchObject({ localStart: "2026-11-25T17:00", topic: "Maps" });
  expect(await slotsOf(ctx, id)).toMatchObject([{ kind: "held" }, { kind: "stands" }]);
  expect(await ctx.db.select().from(bookings).where(eq(bookings.lessonId, id))).toMatchObject([{ kind: "move", status: "pending", localStart: "2026-11-26T10:00", expiresAt: Date.parse("2026-11-25T14:00Z") }]);
  expect(await refusal(changeLesson(ctx, teacher, id, change({ localStart: "2026-11-26T12:00", minutes: 60 })))).toBe("move_waits");
  const other = await makePair({ ctx, family, teacherId: await makeTeacher(ctx, family.schoolId) });
  expect(await refusal(other.set({ localStart: "2026-11-26T10:30" }))).toMatchObject({ reason: "student_busy" });
  await changeLesson(ctx, guardian, id, change({ localStart: "2026-11-26T08:00", minutes: 30 }));
  expect(await slotsOf(ctx, id)).toMatchObject([{ kind: "stands", startsAt: Date.parse("2026-11-26T05:00Z") }]);
  await changeLesson(ctx, teacher, id, change({ localStart: "2026-11-26T10:00", minutes: 60 }));
  await cancelLesson(ctx, teacher, id, cancel());
  expect(await ctx.db.select().from(bookings).where(eq(bookings.lessonId, id))).toMatchObject([{ status: "cancelled" }, { status: "cancelled" }]);
  expect(await slotsOf(ctx, id)).toEqual([]);
});

test("LES-1: who may see a lesson but not schedule is refused; to others it does not exist", async () => {
  const { ctx, set, family } = await makePair();
  const id = await set({ localStart: "2026-11-25T16:00" });
  const stranger = await makePair({ ctx });
  for (const userId of [family.viewerId, family.childId]) expect(await refusal(changeLesson(ctx, await actorOf(ctx, userId), id, change({ minutes: 30 })))).toBe("forbidden");
  for (const actor of [stranger.teacher, stranger.guardian, stranger.admin, await actorOf(ctx, await makeTeacher(ctx, family.schoolId))]) {
    expect(await refusal(changeLesson(ctx, actor, id, change({ minutes: 30 })))).toBe("not_found");
    expect(await refusal(cancelLesson(ctx, actor, id, cancel()))).toBe("not_found");
    expect(await refusal(listLessonChanges(ctx, actor, id, { limit: 20 }))).toBe("not_found");
  }
  expect((await rowOf(ctx, id)).endsAt - (await rowOf(ctx, id)).startsAt).toBe(60 * MINUTE);
});

test("LES-2: a lesson is shown by its reader's clock, and by its own where that is another; whom it is with depends on who looks", async () => {
  const { ctx, set, family, teacher, guardian, admin } = await makePair();
  await set({ localStart: "2026-11-25T16:00" });
  await ctx.db.update(users).set({ timeZone: "Europe/London" }).where(eq(users.id, family.viewerId));
  const viewer = await actorOf(ctx, family.viewerId);
  const brief = async (actor: typeof viewer, more: object) => {
    const { lessons: [first] } = await loadSchedule(ctx, actor, { view: "week", from: "2026-11-25", ...more });
    const { elsewhere } = await loadLessonPage(ctx, actor, first!.id, "one");
    return [first!.other, first!.from, first!.elsewhere, elsewhere];
  };
  const there = { time: "16:00", zone: "Africa/Nairobi" };
  expect(await brief(teacher, {})).toEqual(["Child", "16:00", null, null]);
  expect(await brief(await actorOf(ctx, family.childId), {})).toEqual(["Teacher", "16:00", null, null]);
  expect(await brief(guardian, { studentId: family.childId })).toEqual(["Teacher", "16:00", null, null]);
  expect(await brief(guardian, {})).toEqual(["Child, Teacher", "16:00", null, null]);
  expect(await brief(admin, { schoolId: family.schoolId })).toEqual(["Child, Teacher", "16:00", null, null]);
  expect(await brief(viewer, { studentId: family.childId })).toEqual(["Teacher", "13:00", there, there]);
});

test("LES-1: who teaches, or runs the school, is offered whom they may set lessons for, in the school's zone; in their own where there is nobody yet", async () => {
  const { ctx, family, teacher, guardian, admin, enrolmentId } = await makePair();
  expect(await loadNewLesson(ctx, teacher, {})).toMatchObject({ pairs: [{ enrolmentId, student: "Child", teacher: null }], more: false, timeZone: "Africa/Nairobi", tomorrow: "2026-11-25" });
  expect((await loadNewLesson(ctx, admin, { studentId: family.childId })).pairs).toMatchObject([{ enrolmentId, teacher: "Teacher" }]);
  const newcomer = { ...(await actorOf(ctx, await makeTeacher(ctx, family.schoolId))), timeZone: "Pacific/Kiritimati" };
  ctx.setNow(NOON + 2 * HOUR);
  expect(await loadNewLesson(ctx, newcomer, {})).toEqual({ pairs: [], more: false, timeZone: "Pacific/Kiritimati", tomorrow: "2026-11-26" });
  expect(await refusal(loadNewLesson(ctx, guardian, {}))).toBe("forbidden");
});

test("LES-1: a lesson moves to no day after the enrolment, and not at all once it is called off", async () => {
  const { ctx, set, guardian, teacher, enrolmentId } = await makePair();
  const id = await set({ localStart: "2026-11-25T16:00" });
  await ctx.db.update(enrolments).set({ endsAt: Date.parse("2026-11-26T00:00Z") }).where(eq(enrolments.id, enrolmentId));
  const move = (localStart: string) => changeLesson(ctx, guardian, id, change({ localStart, minutes: 60 }));
  expect(await refusal(move("2026-11-26T16:00"))).toBe("localStart: not_enrolled_then");
  expect(await move("2026-11-25T18:00")).toEqual({ changed: 1, asked: 0 });
  await cancelLesson(ctx, teacher, id, cancel());
  expect(await refusal(move("2026-11-25T16:00"))).toBe("lesson_cancelled");
});

test("FAM-10: who looks through a guardian's eyes sees no lessons of the guardian's own, nor days of a child that are closed to them", async () => {
  const { family, guardian } = await makePair();
  const through = { ...guardian, viewedBy: { userId: family.adminId, name: "Admin", until: NOON + HOUR }, wards: guardian.wards.map((ward) => (ward.childId === family.siblingId ? { ...ward, closed: ["activity" as const] } : ward)) };
  expect(timetableReader(through).students).toEqual([family.childId]);
  expect(timetableReader(guardian).students.toSorted()).toEqual([guardian.userId, family.childId, family.siblingId].sort());
});
