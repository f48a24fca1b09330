import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { listAttendance } from "#app/domain/learning/list-attendance.server.ts";
import { readGrowth } from "#app/domain/learning/read-growth.server.ts";
import { listWritten, readWritten } from "#app/domain/learning/read-written.server.ts";
import { readClassDay, takeAttendance } from "#app/domain/learning/take-attendance.server.ts";
import { addWritten, changeWritten, removeWritten } from "#app/domain/learning/write-of-student.server.ts";
import type { AssessmentInput, ObservationInput } from "#app/domain/learning/written-inputs.ts";
import { consents } from "#db/schema/consent.ts";
import { restrictions } from "#db/schema/families.ts";
import { enrolments, memberships } from "#db/schema/schools.ts";
import { attendance, competencyEvidence, observations } from "#db/schema/standing.ts";
import { notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { visitor } from "#tests/visit.ts";
import { actorOf, assignTutor, join, makeEnrolment, makeFamily, makeSchool, makeTeacher, makeTutor, NOON, runJobs, testContext } from "#tests/world.ts";

const ctx = testContext();
async function makeTaught() {
  const family = await makeFamily(ctx);
  const { schoolId, childId } = family;
  const [teacherId, otherId, tutorId] = [await makeTeacher(ctx, schoolId), await makeTeacher(ctx, schoolId), await makeTutor(ctx, schoolId)];
  const taught = await makeEnrolment(ctx, { schoolId, studentId: childId, teacherId });
  await makeEnrolment(ctx, { schoolId, studentId: childId, teacherId: otherId });
  await assignTutor(ctx, { schoolId, tutorId, studentId: childId });
  return { ...family, ...taught, teacherId, otherId, tutorId, teacher: await actorOf(ctx, teacherId) };
}
const seen = (more: Partial<ObservationInput> = {}): ObservationInput => ({ text: "Explained fractions to a friend", on: "2026-11-23", subjectId: null, visibility: "guardians", competencies: [{ competency: "communication", level: "ME1" }], ...more });
const assessed = (subjectId: string, more: Partial<AssessmentInput> = {}): AssessmentInput => ({ subjectId, title: "Fractions", kind: "oral", level: "AE1", comment: "", on: "2026-11-23", visibility: "guardians", competencies: ["critical_thinking"], ...more });
const toldOf = async (cause: string) => (await ctx.db.select({ userId: notifications.userId }).from(notifications).where(eq(notifications.cause, cause))).map(({ userId }) => userId).sort();
const close = (childId: string, dataType: "progress" | "assessments" | "attendance", recipient: "teachers" | "other_guardians") => ctx.db.insert(consents).values({ childId, dataType, recipient, granted: false, setAt: NOON });

test("LRN-10, LRN-11: each kind of reader sees what is meant for them, in lists, alone and behind the radar, and nobody else is told", async () => {
  const { childId, guardianId, otherGuardianId, viewerId, otherId, tutorId, adminId, teacher } = await makeTaught();
  const ids = { staff: await addWritten(ctx, teacher, "observation", childId, seen({ visibility: "staff" })), guardians: await addWritten(ctx, teacher, "observation", childId, seen()), child: await addWritten(ctx, teacher, "observation", childId, seen({ visibility: "child" })) };
  const sees = async (userId: string) => {
    const actor = await actorOf(ctx, userId);
    const listed = (await listWritten(ctx, actor, "observation", childId, { limit: 20 })).items.map(({ visibility }) => visibility).sort();
    const alone = [];
    for (const id of Object.values(ids)) alone.push(await readWritten(ctx, actor, "observation", id).then((one) => one.visibility, (error: { code: string }) => error.code));
    const { competencies, evidence, week, observations } = await readGrowth(ctx, actor, childId, { week: null, competency: "communication" });
    expect([competencies[0]!.pieces, evidence!.length, week.observed[0]!.times, observations.length]).toEqual(Array(4).fill(listed.length));
    expect(alone.filter((one) => one !== "not_found").sort()).toEqual(listed);
    return listed;
  };
  for (const userId of [teacher.userId, otherId, tutorId, adminId]) expect(await sees(userId)).toEqual(["child", "guardians", "staff"]);
  for (const userId of [guardianId, otherGuardianId, viewerId]) expect(await sees(userId)).toEqual(["child", "guardians"]);
  expect(await sees(childId)).toEqual(["child"]);
  expect(await toldOf(`${ids.staff}.shown`)).toEqual([]);
  expect(await toldOf(`${ids.guardians}.shown`)).toEqual([guardianId, otherGuardianId, viewerId].sort());
  expect(await toldOf(`${ids.child}.shown`)).toEqual([guardianId, otherGuardianId, viewerId, childId].sort());
});

test("LRN-11: teachers of another school see nothing of it, and who is closed out is neither shown nor told", async () => {
  const { childId, viewerId, teacher, subjectId } = await makeTaught();
  const elsewhere = await makeSchool(ctx);
  const strangerId = await makeTeacher(ctx, elsewhere.schoolId);
  await join(ctx, childId, elsewhere.schoolId, "student");
  await makeEnrolment(ctx, { schoolId: elsewhere.schoolId, studentId: childId, teacherId: strangerId });
  await close(childId, "assessments", "other_guardians");
  const id = await addWritten(ctx, teacher, "assessment", childId, assessed(subjectId));
  const stranger = await actorOf(ctx, strangerId);
  expect((await listWritten(ctx, stranger, "assessment", childId, { limit: 20 })).items).toEqual([]);
  await expect(readWritten(ctx, stranger, "assessment", id)).rejects.toMatchObject({ code: "not_found" });
  expect((await readGrowth(ctx, stranger, childId, { week: null, competency: "critical_thinking" }))).toMatchObject({ evidence: [], assessments: [] });
  const viewer = await actorOf(ctx, viewerId);
  await expect(listWritten(ctx, viewer, "assessment", childId, { limit: 20 })).rejects.toMatchObject({ code: "forbidden", reason: "not_shared" });
  expect(await readGrowth(ctx, viewer, childId, { week: null, competency: "critical_thinking" })).toMatchObject({ evidence: [], assessments: null });
  expect(await toldOf(`${id}.shown`)).not.toContain(viewerId);
});

test("LRN-10: written by who teaches the student now, the subject where one is named, of days that have come, and once", async () => {
  const { childId, siblingId, guardianId, adminId, tutorId, otherId, teacher, subjectId, enrolmentId } = await makeTaught();
  for (const userId of [guardianId, adminId, tutorId, childId]) await expect(addWritten(ctx, await actorOf(ctx, userId), "observation", childId, seen())).rejects.toMatchObject({ code: "not_found" });
  await expect(addWritten(ctx, teacher, "observation", siblingId, seen())).rejects.toMatchObject({ code: "not_found" });
  await expect(addWritten(ctx, await actorOf(ctx, otherId), "assessment", childId, assessed(subjectId))).rejects.toMatchObject({ code: "not_found" });
  await expect(addWritten(ctx, teacher, "observation", childId, seen({ on: "2026-11-25" }))).rejects.toMatchObject({ fields: [{ path: "on", message: "date_ahead" }] });
  const repeat = { key: "again", fingerprint: "same" };
  expect(await addWritten(ctx, teacher, "note", childId, { text: "Sits in front", visibility: "staff" }, repeat)).toBe(await addWritten(ctx, teacher, "note", childId, { text: "Sits in front", visibility: "staff" }, repeat));
  expect((await listWritten(ctx, teacher, "note", childId, { limit: 20 })).items).toHaveLength(1);
  const id = await addWritten(ctx, teacher, "observation", childId, seen());
  await close(childId, "progress", "teachers");
  await expect(addWritten(ctx, teacher, "observation", childId, seen())).rejects.toMatchObject({ code: "forbidden", reason: "not_shared" });
  await expect(changeWritten(ctx, teacher, "observation", id, seen())).rejects.toMatchObject({ code: "not_found" });
  await ctx.db.delete(consents).where(eq(consents.childId, childId));
  await ctx.db.update(enrolments).set({ endsAt: NOON }).where(eq(enrolments.id, enrolmentId));
  await expect(changeWritten(ctx, teacher, "observation", id, seen())).rejects.toMatchObject({ code: "not_found" });
});

test("LRN-10: one's own is changed and taken back, its evidence follows, all is in the log, who newly sees it is told, and who no longer does finds no notice of it", async () => {
  const { childId, guardianId, otherId, teacher, subjectId } = await makeTaught();
  const id = await addWritten(ctx, teacher, "assessment", childId, assessed(subjectId, { visibility: "staff" }));
  const evidence = () => ctx.db.select({ competency: competencyEvidence.competency, level: competencyEvidence.level, visibility: competencyEvidence.visibility, at: competencyEvidence.at }).from(competencyEvidence).where(eq(competencyEvidence.sourceId, id));
  expect(await evidence()).toEqual([{ competency: "critical_thinking", level: 4, visibility: "staff", at: Date.parse("2026-11-23") }]);
  await expect(changeWritten(ctx, await actorOf(ctx, otherId), "assessment", id, assessed(subjectId))).rejects.toMatchObject({ code: "forbidden", reason: "not_your_words" });
  await changeWritten(ctx, teacher, "assessment", id, assessed(subjectId, { level: "EE2", visibility: "child", competencies: ["creativity", "citizenship"] }));
  expect((await evidence()).map(({ competency, level, visibility }) => `${competency} ${level} ${visibility}`).sort()).toEqual(["citizenship 7 child", "creativity 7 child"]);
  expect(await toldOf(`${id}.shown`)).toContain(guardianId);
  expect(await readWritten(ctx, await actorOf(ctx, childId), "assessment", id)).toMatchObject({ level: "EE2", mine: false, changedAt: NOON });
  await runJobs(ctx);
  await changeWritten(ctx, teacher, "assessment", id, assessed(subjectId, { visibility: "guardians" }));
  expect(await toldOf(`${id}.shown`)).not.toContain(childId);
  expect(await toldOf(`${id}.shown`)).toContain(guardianId);
  await removeWritten(ctx, teacher, "assessment", id);
  expect([await evidence(), await toldOf(`${id}.shown`)]).toEqual([[], []]);
  await expect(readWritten(ctx, teacher, "assessment", id)).rejects.toMatchObject({ code: "not_found" });
  await expect(removeWritten(ctx, teacher, "assessment", id)).rejects.toMatchObject({ code: "not_found" });
  expect((await ctx.db.select({ action: auditEvents.action }).from(auditEvents).where(eq(auditEvents.subjectId, id))).map(({ action }) => action).sort()).toEqual(["assessment.added", "assessment.changed", "assessment.changed", "assessment.removed"]);
});

test("LRN-10: a class's day is taken once, corrected with its before and after, and an absence nobody explained is told once", async () => {
  const { childId, siblingId, schoolId, guardianId, viewerId, classId, subjectId, teacherId, otherId, teacher } = await makeTaught();
  await makeEnrolment(ctx, { schoolId, studentId: siblingId, teacherId, classId, subjectId });
  const mark = (studentId: string, status: "present" | "late" | "absent" | "excused", minutesLate: number | null = null) => ({ studentId, status, minutesLate, note: null });
  const day = { classId, date: "2026-11-24", marks: [mark(childId, "absent"), mark(siblingId, "late", 10)] };
  expect((await readClassDay(ctx, teacher, classId, null))).toMatchObject({ date: "2026-11-24", taken: false, students: [{ status: null }, { status: null }] });
  expect([await takeAttendance(ctx, teacher, day), await takeAttendance(ctx, teacher, day)]).toEqual([{ changed: 2 }, { changed: 0 }]);
  expect(await toldOf(`${childId}.2026-11-24.absent`)).toContain(guardianId);
  await takeAttendance(ctx, teacher, { ...day, marks: [mark(childId, "excused")] });
  await takeAttendance(ctx, teacher, { ...day, marks: [mark(childId, "absent")] });
  expect((await toldOf(`${childId}.2026-11-24.absent`)).filter((userId) => userId === guardianId)).toHaveLength(1);
  expect(await toldOf(`${siblingId}.2026-11-24.absent`)).toEqual([]);
  const rows = await ctx.db.select().from(attendance).where(and(eq(attendance.classId, classId), inArray(attendance.studentId, [childId, siblingId])));
  expect(rows.map(({ status, minutesLate }) => [status, minutesLate])).toEqual(expect.arrayContaining([["absent", null], ["late", 10]]));
  expect(rows).toHaveLength(2);
  const log = await ctx.db.select({ action: auditEvents.action, details: auditEvents.details }).from(auditEvents).where(and(eq(auditEvents.schoolId, schoolId), inArray(auditEvents.action, ["attendance.taken", "attendance.changed"])));
  expect(log.map(({ action }) => action).sort()).toEqual(["attendance.changed", "attendance.changed", "attendance.taken"]);
  expect(log.find(({ details }) => (details as { after?: { status: string } }).after?.status === "excused")?.details).toMatchObject({ date: "2026-11-24", before: { status: "absent" } });
  expect((await listAttendance(ctx, await actorOf(ctx, viewerId), childId, { limit: 20 })).items).toMatchObject([{ onDate: "2026-11-24", status: "absent" }]);
  await expect(takeAttendance(ctx, teacher, { ...day, date: "2026-11-25" })).rejects.toMatchObject({ fields: [{ path: "date", message: "date_ahead" }] });
  await expect(takeAttendance(ctx, await actorOf(ctx, otherId), day)).rejects.toMatchObject({ code: "not_found" });
  await expect(takeAttendance(ctx, teacher, { ...day, marks: [mark(guardianId, "present")] })).rejects.toMatchObject({ fields: [{ message: "not_in_class" }] });
  await close(childId, "attendance", "teachers");
  const closed = (await readClassDay(ctx, teacher, classId, "2026-11-24")).students.find(({ studentId }) => studentId === childId);
  expect(closed).toMatchObject({ shared: false, status: null, note: null });
  await expect(takeAttendance(ctx, teacher, { ...day, marks: [mark(childId, "present")] })).rejects.toMatchObject({ fields: [{ message: "not_in_class" }] });
  await ctx.db.update(memberships).set({ active: false }).where(eq(memberships.userId, teacherId));
  await expect(readClassDay(ctx, await actorOf(ctx, teacherId), classId, null)).rejects.toMatchObject({ code: "not_found" });
});

test("LRN-2, LRN-3: the journey says what needs attention with its evidence, and the week by the records alone", async () => {
  const { childId, guardianId, teacher, subjectId } = await makeTaught();
  for (const [on, level] of [["2026-11-02", "AE2"], ["2026-11-16", "AE1"], ["2026-11-23", "BE1"]] as const) await addWritten(ctx, teacher, "assessment", childId, assessed(subjectId, { on, level }));
  await addWritten(ctx, teacher, "observation", childId, seen({ on: "2026-11-24", competencies: [] }));
  const guardian = await actorOf(ctx, guardianId);
  ctx.meter.roundTrips = 0;
  const { competencies, focus, week } = await readGrowth(ctx, guardian, childId, { week: null, competency: null });
  expect(ctx.meter.roundTrips).toBe(1);
  expect(competencies.find(({ competency }) => competency === "critical_thinking")).toMatchObject({ level: "AE2", pieces: 3, sureness: "low", trend: null, latestAt: Date.parse("2026-11-23") });
  expect(competencies.find(({ competency }) => competency === "creativity")).toMatchObject({ level: null, pieces: 0 });
  expect(focus).toMatchObject([{ about: "subject", why: "low", level: "BE1", evidence: [{ on: "2026-11-23" }, { on: "2026-11-16" }] }, { about: "competency", competency: "critical_thinking", why: "low", level: "AE2" }]);
  expect(week).toMatchObject({ startsOn: "2026-11-23", isThis: true, observed: [{ times: 1 }], assessed: [{ title: "Fractions", level: "BE1" }], attendance: null, learned: null });
  expect((await readGrowth(ctx, guardian, childId, { week: "2026-11-05", competency: null })).week).toMatchObject({ startsOn: "2026-11-02", isThis: false, observed: [], assessed: [{ level: "AE2" }] });
  ctx.setNow(NOON + 200 * DAY);
  expect((await readGrowth(ctx, guardian, childId, { week: null, competency: null })).competencies.every(({ level }) => level === null)).toBe(true);
  ctx.setNow(NOON);
});

test("LRN-10: what is wrong in a register stands at the student and the field where it is, and all that was typed is kept", async () => {
  ctx.setNow(Date.now());
  const { childId, siblingId, schoolId, classId, subjectId, teacherId, teacher } = await makeTaught();
  await makeEnrolment(ctx, { schoolId, studentId: siblingId, teacherId, classId, subjectId });
  const page = await visitor(ctx, teacher.userId);
  const [, date] = /name="date" value="([^"]+)"/.exec(await (await page.open(`/classes/${classId}/attendance`)).text())!;
  const refused = await page.post(`/classes/${classId}/attendance`, { date: date!, [`status.${childId}`]: "absent", [`note.${childId}`]: "Has a cold", [`status.${siblingId}`]: "late", [`minutes.${siblingId}`]: "ten" });
  const text = await refused.text();
  expect([refused.status, text.match(/Between 1 and 480 minutes/g)?.length]).toEqual([400, 2]);
  expect(text).toContain('href="#marks.1.minutesLate"');
  expect(text).toMatch(/<input id="marks\.1\.minutesLate" aria-invalid="true"[^>]*value="ten"/);
  expect(text).toContain('value="Has a cold"');
});

test("LRN-10: a form that is sent twice writes once", async () => {
  ctx.setNow(Date.now());
  const { childId, teacher } = await makeTaught();
  const page = await visitor(ctx, teacher.userId);
  const at = `/students/${childId}/observations`;
  const repeat = /name="repeat" value="([^"]+)"/.exec(await (await page.open(at)).text())![1]!;
  for (const _time of [1, 2]) expect((await page.post(at, { repeat, text: "Explained it to the others", on: new Date(Date.now() - DAY).toISOString().slice(0, 10), visibility: "guardians" })).headers.get("Location")).toBe(`${at}?done=added`);
  expect(await ctx.db.select().from(observations).where(eq(observations.studentId, childId))).toHaveLength(1);
});

test("LRN-10: one's own is moved to no subject that one does not teach the student", async () => {
  ctx.setNow(NOON);
  const { childId, otherId, teacher, subjectId } = await makeTaught();
  const foreign = (await ctx.db.select().from(enrolments).where(eq(enrolments.teacherId, otherId)))[0]!.subjectId;
  const id = await addWritten(ctx, teacher, "observation", childId, seen());
  await expect(changeWritten(ctx, teacher, "observation", id, seen({ subjectId: foreign }))).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "subjectId", message: "not_your_subject" }] });
  await changeWritten(ctx, teacher, "observation", id, seen({ subjectId }));
  expect(await readWritten(ctx, teacher, "observation", id)).toMatchObject({ subjectId });
});

test("FAM-11: who is kept away from the child finds nothing of it, and the refusal says to the log from whom", async () => {
  ctx.setNow(NOON);
  const { childId, schoolId, adminId, teacherId, teacher } = await makeTaught();
  const id = await addWritten(ctx, teacher, "observation", childId, seen());
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("restr"), childId, personId: teacherId, schoolId, reason: "Order", setBy: adminId, startsAt: NOON - 1, createdAt: NOON });
  const kept = await actorOf(ctx, teacherId);
  for (const act of [() => readWritten(ctx, kept, "observation", id), () => addWritten(ctx, kept, "observation", childId, seen()), () => changeWritten(ctx, kept, "observation", id, seen()), () => removeWritten(ctx, kept, "observation", id)]) {
    await expect(act()).rejects.toMatchObject({ code: "not_found", restrictedFrom: childId });
  }
});
