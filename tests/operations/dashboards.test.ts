import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { getGuardianDashboard } from "#app/domain/dashboards/guardian-dashboard.server.ts";
import { getStudentDashboard } from "#app/domain/dashboards/student-dashboard.server.ts";
import { setBudgetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { setDecisionPolicy } from "#app/domain/purchases/set-decision-policy.server.ts";
import { getTeacherDashboard, getTutorDashboard } from "#app/domain/dashboards/teacher-dashboard.server.ts";
import { DAY, HOUR, localDate } from "#app/domain/clock.ts";
import { insertMany } from "#db/bulk.ts";
import type { Write } from "#db/client.ts";
import { consents } from "#db/schema/consent.ts";
import { guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { achievements, activities, moods } from "#db/schema/daily-life.ts";
import { assignments, materials, submissions } from "#db/schema/learning.ts";
import { attendance } from "#db/schema/standing.ts";
import { lessons } from "#db/schema/lessons.ts";
import { enrolments, memberships, subjects } from "#db/schema/schools.ts";
import { actorOf, ALL_RIGHTS, assignTutor, makeEnrolment, makeFamily, makeGuardianship, makePlan, makeTeacher, makeTutor, makeUser, NOON, testContext, unique, type TestContext } from "#tests/world.ts";

const rule = (childId: string) => ({ childId, weeklyLimit: { amount: 500_000, currency: "KES" }, monthlyLimit: null, autoApproveUpTo: null, approvalThreshold: null, rollover: "none" as const, active: true });

test("DASH-1: what waits stands first, the most urgent on top, and each child with what is left", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const guardian = await actorOf(ctx, family.guardianId, { steppedUp: true });
  await setBudgetControl(ctx, guardian, rule(family.childId));
  const older = await requestPurchase(ctx, await actorOf(ctx, family.siblingId), family.siblingId, { planId: family.planId });
  ctx.setNow(ctx.clock.now() + HOUR);
  const newer = await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
  const home = await getGuardianDashboard(ctx, guardian);
  expect(home.waiting.map((request) => request.id)).toEqual([older, newer]);
  expect(home.children.find((child) => child.id === family.childId)).toMatchObject({ waiting: 1, standing: { currency: "KES", week: { limit: 500_000, left: 500_000 }, month: { limit: null } } });

  await approvePurchase(ctx, guardian, newer, { allowOverLimit: false });
  const after = await getGuardianDashboard(ctx, guardian);
  expect(after.waiting.map((request) => request.id)).toEqual([older]);
  expect(after.children.find((child) => child.id === family.childId)).toMatchObject({ waiting: 0, standing: { week: { left: 350_000, reserved: 150_000 } } });
});

test("DASH-1: an approval already given waits for the others, no longer for oneself", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const guardian = await actorOf(ctx, family.guardianId, { steppedUp: true });
  await setBudgetControl(ctx, guardian, { ...rule(family.childId), approvalThreshold: { amount: 100_000, currency: "KES" } });
  await setDecisionPolicy(ctx, guardian, family.childId, "all");
  const id = await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
  await approvePurchase(ctx, guardian, id, { allowOverLimit: false });
  expect((await getGuardianDashboard(ctx, guardian)).waiting).toEqual([]);
  expect((await getGuardianDashboard(ctx, await actorOf(ctx, family.otherGuardianId))).waiting.map((request) => request.id)).toEqual([id]);
});

test("DASH-1, FAM-6: who may only view decides nothing; who guards one sibling learns nothing of the other", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
  const viewer = await getGuardianDashboard(ctx, await actorOf(ctx, family.viewerId));
  expect(viewer.waiting).toEqual([]);
  expect(viewer.children.map((child) => child.waiting).sort()).toEqual([0, 1]);
  const aunt = await makeUser(ctx, "adult", "Aunt");
  await makeGuardianship(ctx, aunt, family.siblingId, { canApprovePurchases: true });
  const seen = await getGuardianDashboard(ctx, await actorOf(ctx, aunt));
  expect([seen.waiting.length, seen.children.map((child) => child.id)]).toEqual([0, [family.siblingId]]);
});

test("DASH-1: a guardian without the right to see purchases sees the child and no money", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const driver = await makeUser(ctx, "adult", "Driver");
  await makeGuardianship(ctx, driver, family.childId, { canApprovePurchases: false, canViewProgress: false, canScheduleLessons: true, canTalkWithTeachers: false });
  await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
  expect(await getGuardianDashboard(ctx, await actorOf(ctx, driver))).toMatchObject({ waiting: [], children: [{ id: family.childId, standing: null, waiting: 0 }] });
});

test("DASH-2: a child sees the own budget, balance and last requests in one round trip", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const child = await actorOf(ctx, family.childId);
  await requestPurchase(ctx, child, family.childId, { planId: await makePlan(ctx, family.schoolId, 20_000) });
  await requestPurchase(ctx, await actorOf(ctx, family.siblingId), family.siblingId, { planId: family.planId });
  ctx.meter.roundTrips = 0;
  const home = await getStudentDashboard(ctx, child);
  expect(ctx.meter.roundTrips).toBe(1);
  expect(home).toMatchObject({ minutes: 0, balance: { amount: 0, currency: "KES" }, requests: [{ studentId: family.childId, amount: 20_000 }] });
});

/** A school day for a child: a teacher, a lesson in an hour, work due tomorrow and work to review, a mood, an absence, twenty minutes of reading, a badge. */
async function schoolDay(ctx: TestContext, { schoolId, childId }: { schoolId: string; childId: string }, teacherId: string) {
  const now = ctx.clock.now();
  const today = localDate(now, "Africa/Nairobi");
  const { enrolmentId, subjectId, classId } = await makeEnrolment(ctx, { schoolId, studentId: childId, teacherId });
  const [lessonId, dueId, doneId, submissionId, achievementId, materialId] = ["lesson", "task", "task", "subm", "ach", "mat"].map((prefix) => ctx.ids.make(prefix)) as [string, string, string, string, string, string];
  const work = { schoolId, subjectId, authorId: teacherId, audience: "subject" as const, timeZone: "Africa/Nairobi", createdAt: now, changedAt: now };
  await ctx.db.batch([
    ctx.db.insert(lessons).values({ id: lessonId, enrolmentId, schoolId, teacherId, studentId: childId, subjectId, timeZone: "Africa/Nairobi", usesHours: false, localStart: "2026-11-24T13:00", localEnd: "2026-11-24T14:00", startsAt: now + HOUR, endsAt: now + 2 * HOUR, status: "scheduled", createdBy: teacherId, createdAt: now }),
    ctx.db.insert(assignments).values({ ...work, id: dueId, title: "Fractions", status: "open", dueAt: now + DAY }),
    ctx.db.insert(assignments).values({ ...work, id: doneId, title: "Poem", status: "open", dueAt: now + DAY }),
    ctx.db.insert(submissions).values({ id: submissionId, assignmentId: doneId, studentId: childId, schoolId, teacherId, attempt: 1, late: true, status: "waiting", submittedAt: now - HOUR }),
    ctx.db.insert(materials).values({ ...work, id: materialId, title: "Reader", status: "shared" }),
    ctx.db.insert(moods).values({ id: ctx.ids.make("mood"), studentId: childId, onDate: today, mood: "calm", energy: 4, recordedBy: childId, at: now }),
    ctx.db.insert(attendance).values({ id: ctx.ids.make("att"), schoolId, studentId: childId, onDate: today, classId, status: "late", takenBy: teacherId, at: now }),
    ctx.db.insert(activities).values({ id: ctx.ids.make("act"), studentId: childId, kind: "reading", about: "A book", minutes: 20, onDate: today, at: now }),
    ctx.db.insert(achievements).values({ id: achievementId, studentId: childId, schoolId, kind: "badge", title: "Reader", criteria: "Read", issuedBy: teacherId, issuedAt: now - DAY, credential: "x" }),
  ]);
  return { lessonId, dueId, submissionId, achievementId, materialId, subjectId };
}

test("DASH-1: today of each child, what presses and what went well, each leading to that very item; nothing of it for who may not see it", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const day = await schoolDay(ctx, family, await makeTeacher(ctx, family.schoolId));
  const home = await getGuardianDashboard(ctx, await actorOf(ctx, family.guardianId));
  expect(home.children.find(({ id }) => id === family.childId)).toMatchObject({ lessons: [{ id: day.lessonId }], attendance: "late", tasks: 1, mood: "calm" });
  expect(home.children.find(({ id }) => id === family.siblingId)).toMatchObject({ lessons: [], attendance: null, tasks: 0, mood: null });
  expect(home.urgent).toMatchObject([{ kind: "task", by: NOON + DAY, task: { id: day.dueId, title: "Fractions", studentId: family.childId } }]);
  expect(home.highlights).toMatchObject([{ kind: "achievement", id: day.achievementId, title: "Reader" }]);
  expect(home.week).toMatchObject({ total: 20, before: 0, trend: "more" });

  const driver = await makeUser(ctx, "adult", "Driver");
  await makeGuardianship(ctx, driver, family.childId, { canApprovePurchases: false, canScheduleLessons: true, canViewProgress: false, canTalkWithTeachers: false });
  expect(await getGuardianDashboard(ctx, await actorOf(ctx, driver))).toMatchObject({ children: [{ lessons: [{ id: day.lessonId }], attendance: null, tasks: 0, mood: null }], urgent: [], highlights: [], week: null });
  const aunt = await makeUser(ctx, "adult", "Aunt");
  await makeGuardianship(ctx, aunt, family.siblingId, {});
  expect(JSON.stringify(await getGuardianDashboard(ctx, await actorOf(ctx, aunt)))).not.toContain(family.childId);
});

test("DASH-1, CON-2: what is closed to the other guardians is on nobody's home but the first guardian's, from the next request on", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  await schoolDay(ctx, family, await makeTeacher(ctx, family.schoolId));
  const seen = async (who: string) => (await getGuardianDashboard(ctx, await actorOf(ctx, who))).children.find(({ id }) => id === family.childId)!;
  expect(await seen(family.otherGuardianId)).toMatchObject({ mood: "calm", tasks: 1 });
  await ctx.db.insert(consents).values((["mood", "assessments", "activity"] as const).map((dataType) => ({ childId: family.childId, dataType, recipient: "other_guardians" as const, granted: false, setAt: 0 })));
  expect(await seen(family.otherGuardianId)).toMatchObject({ mood: null, tasks: 0, attendance: "late" });
  expect(await seen(family.guardianId)).toMatchObject({ mood: "calm", tasks: 1 });
});

test("DASH-2, DASH-3, DASH-4: student, teacher and tutor find the same day from their side; a family that shares nothing is on no teacher's list of work", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const [teacherId, tutorId] = [await makeTeacher(ctx, family.schoolId), await makeTutor(ctx, family.schoolId)];
  await assignTutor(ctx, { schoolId: family.schoolId, tutorId, studentId: family.childId });
  const day = await schoolDay(ctx, family, teacherId);
  expect(await getStudentDashboard(ctx, await actorOf(ctx, family.childId))).toMatchObject({ lessons: [{ id: day.lessonId }], tasks: [{ id: day.dueId }], materials: [{ id: day.materialId, percent: 0 }], week: { total: 20 } });
  const teacher = await actorOf(ctx, teacherId);
  expect(await getTeacherDashboard(ctx, teacher)).toMatchObject({ lessons: [{ id: day.lessonId }], reviews: [{ id: day.submissionId, title: "Poem", late: true }], reviewsWaiting: 1, subjects: [{ id: day.subjectId, students: 1 }], count: 1 });
  expect(await getTutorDashboard(ctx, await actorOf(ctx, tutorId))).toMatchObject({ students: [{ id: family.childId, minutes: 20 }], lessons: [{ id: day.lessonId }] });

  await ctx.db.insert(consents).values([{ childId: family.childId, dataType: "assessments", recipient: "teachers", granted: false, setAt: 0 }, { childId: family.childId, dataType: "activity", recipient: "tutors", granted: false, setAt: 0 }]);
  expect(await getTeacherDashboard(ctx, teacher)).toMatchObject({ reviews: [], reviewsWaiting: 0, lessons: [{ id: day.lessonId }] });
  expect(await getTutorDashboard(ctx, await actorOf(ctx, tutorId))).toMatchObject({ students: [{ id: family.childId, minutes: null }], lessons: [] });
});

test("DASH-6: one round trip and the same statements for four hundred children or students as for four", { timeout: 120_000 }, async () => {
  const ctx = testContext();
  const { schoolId, guardianId } = await makeFamily(ctx);
  const teacherId = await makeTeacher(ctx, schoolId);
  const [subjectId, now] = [ctx.ids.make("sub"), ctx.clock.now()];
  await ctx.db.insert(subjects).values({ id: subjectId, schoolId, name: unique("Subject"), createdAt: now });
  let made = 0;
  const addChildren = async (count: number) => {
    const ids = Array.from({ length: count }, () => ctx.ids.make("user"));
    await ctx.db.batch([
      ...insertMany(ctx.db, users, ids.map((id) => ({ id, kind: "child" as const, name: `Child ${++made}`, username: unique("child"), locale: "en", timeZone: "Africa/Nairobi", createdAt: now }))),
      ...insertMany(ctx.db, guardianships, ids.map((childId) => ({ id: ctx.ids.make("grd"), guardianId, childId, relationship: "guardian" as const, ...ALL_RIGHTS, startsAt: now - DAY, createdAt: now }))),
      ...insertMany(ctx.db, memberships, ids.map((userId) => ({ id: ctx.ids.make("mem"), userId, schoolId, role: "student" as const, createdAt: now }))),
      ...insertMany(ctx.db, enrolments, ids.map((studentId) => ({ id: ctx.ids.make("enr"), schoolId, studentId, subjectId, teacherId, startsAt: now - DAY, createdAt: now }))),
    ] as unknown as [Write, ...Write[]]);
  };
  const trips = async (open: () => Promise<unknown>) => {
    ctx.meter.roundTrips = 0;
    await open();
    return ctx.meter.roundTrips;
  };
  for (const count of [4, 396]) {
    await addChildren(count);
    const [guardian, teacher] = [await actorOf(ctx, guardianId), await actorOf(ctx, teacherId)];
    expect(await trips(() => getGuardianDashboard(ctx, guardian))).toBe(1);
    expect(await trips(() => getTeacherDashboard(ctx, teacher))).toBe(1);
    expect(await trips(() => getTutorDashboard(ctx, teacher))).toBe(1);
  }
  const teacher = await getTeacherDashboard(ctx, await actorOf(ctx, teacherId));
  expect([teacher.count, teacher.pupils.length, teacher.subjects[0]?.students]).toEqual([400, 8, 400]);
  expect((await getGuardianDashboard(ctx, await actorOf(ctx, guardianId))).children.length).toBeGreaterThanOrEqual(400);
});

test("DASH-1: children who have been quiet stand after what has its time, each of them", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const day = await schoolDay(ctx, family, await makeTeacher(ctx, family.schoolId));
  await ctx.db.delete(activities).where(eq(activities.studentId, family.childId));
  for (const studentId of [family.childId, family.siblingId]) await ctx.db.insert(activities).values({ id: ctx.ids.make("act"), studentId, kind: "reading", about: "A book", minutes: 20, onDate: "2026-11-14", at: NOON });
  const { urgent } = await getGuardianDashboard(ctx, await actorOf(ctx, family.guardianId));
  expect(urgent[0]).toMatchObject({ kind: "task", task: { id: day.dueId } });
  expect(urgent.slice(1).map((one) => (one.kind === "quiet" ? [one.child, one.days] : one)).sort()).toEqual([["Child", 9], ["Sibling", 9]]);
});
