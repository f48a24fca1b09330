import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { enrolStudents } from "#app/domain/schools/teaching/enrol-students.server.ts";
import { EnrolInput } from "#app/domain/schools/teaching/inputs.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { users } from "#db/schema/identity.ts";
import { classes, enrolments, memberships, subjects } from "#db/schema/schools.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { actorOf, api, join, makeFamily, makeSchool, makeTeacher, makeTutor, makeUser, NOON, signedIn, testContext, unique } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";
import { bringIn } from "./imports/school-file.ts";

type Answered = { results: { studentId: string; outcome: string; reason: string | null }[] };

async function schoolWithClass() {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const token = await signedIn(ctx, school.adminId);
  const at = `schoolId=${school.schoolId}`;
  const [teacherId, tutorId] = [await makeTeacher(ctx, school.schoolId), await makeTutor(ctx, school.schoolId)];
  const students = [await makeUser(ctx, "child"), await makeUser(ctx, "child")];
  for (const id of students) await join(ctx, id, school.schoolId, "student");
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await api(method, path, { token, body });
    return { status: answer.status, body: answer.status === 204 ? null : ((await answer.json()) as Record<string, unknown>) };
  };
  const subject = (await ask("POST", `/subjects?${at}`, { name: "Mathematics" })).body as { id: string };
  const inClass = (await ask("POST", `/classes?${at}`, { name: "6 East", subjectId: subject.id, teacherId })).body as { id: string };
  return { ctx, school, at, ask, teacherId, tutorId, students, subjectId: subject.id, classId: inClass.id };
}

test("SCH-7: many students of a class are enrolled at once, each with a result; again, nothing changes; an ended one is taken up as the same row", async () => {
  const { ctx, school, at, ask, teacherId, tutorId, students, classId } = await schoolWithClass();
  const stranger = (await makeFamily(ctx)).childId;
  const enrol = async (more = {}) => (await ask("POST", `/enrolments?${at}`, { classId, tutorId, studentIds: [...students, stranger], ...more })).body as Answered;
  expect((await enrol()).results.map(({ outcome, reason }) => [outcome, reason])).toEqual([["done", null], ["done", null], ["refused", "student_unknown"]]);
  expect((await enrol()).results.map(({ outcome }) => outcome)).toEqual(["already", "already", "refused"]);
  expect((await ask("POST", `/enrolments?${at}`, { classId, studentIds: [...students, stranger], allOrNothing: true })).status).toBe(409);
  const list = (await ask("GET", `/enrolments?${at}&classId=${classId}`)).body as { items: { id: string; studentId: string; teacherId: string; tutorId: string }[] };
  expect(list.items.map((item) => [item.studentId, item.teacherId, item.tutorId])).toEqual(students.map((id) => [id, teacherId, tutorId]));
  const [first] = list.items;
  for (const _twice of [1, 2]) expect((await ask("DELETE", `/enrolments/${first!.id}`)).status).toBe(204);
  expect(((await ask("GET", `/enrolments?${at}&classId=${classId}`)).body as typeof list).items).toHaveLength(1);
  expect((await ask("PATCH", `/enrolments/${first!.id}`, { customName: "Maths club" })).status).toBe(409);
  expect((await enrol()).results.map(({ outcome }) => outcome)).toEqual(["done", "already", "refused"]);
  expect((await ctx.db.select().from(enrolments).where(eq(enrolments.schoolId, school.schoolId))).map((row) => row.id).sort()).toEqual(list.items.map((item) => item.id).sort());
  expect((await ask("PATCH", `/enrolments/${first!.id}`, { customName: "Maths club", tutorId: null })).body).toMatchObject({ customName: "Maths club", tutorId: null });
  const events = await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.schoolId, school.schoolId), eq(auditEvents.childId, students[0]!)));
  expect(events.map(({ action }) => action)).toEqual(["enrolment.begun", "enrolment.ended", "enrolment.begun", "enrolment.changed"]);
});

test("SCH-7: only active members of the own school in the right role teach, tutor or learn", async () => {
  const { ctx, at, ask, teacherId, tutorId, students, subjectId, school } = await schoolWithClass();
  const elsewhere = await makeSchool(ctx);
  const [foreignTeacher, foreignTutor] = [await makeTeacher(ctx, elsewhere.schoolId), await makeTutor(ctx, elsewhere.schoolId)];
  const field = async (body: object) => ((await ask("POST", `/enrolments?${at}`, { subjectId, teacherId, studentIds: students, ...body })).body as { errors?: { path: string }[] }).errors?.[0]?.path;
  expect([await field({ teacherId: foreignTeacher }), await field({ teacherId: tutorId }), await field({ tutorId: foreignTutor }), await field({ tutorId: teacherId }), await field({ subjectId: "sub_none" }), await field({ classId: "class_none" }), await field({ studentIds: [] })])
    .toEqual(["teacherId", "teacherId", "tutorId", "tutorId", "subjectId", "classId", "studentIds"]);
  expect((await ask("POST", `/classes?${at}`, { name: "X", teacherId: foreignTeacher })).status).toBe(400);
  expect((await ask("POST", `/subjects?${at}`, { name: "Mathematics" })).status).toBe(409);
  await ctx.db.update(memberships).set({ active: false }).where(and(eq(memberships.userId, teacherId), eq(memberships.schoolId, school.schoolId)));
  expect(await field({})).toBe("teacherId");
});

test("SCH-7: a tutor is assigned to many and released again", async () => {
  const { at, ask, tutorId, students } = await schoolWithClass();
  const assign = async () => ((await ask("POST", `/tutor-assignments?${at}`, { tutorId, studentIds: students })).body as Answered).results.map(({ outcome }) => outcome);
  expect([await assign(), await assign()]).toEqual([["done", "done"], ["already", "already"]]);
  expect((await ask("DELETE", `/tutor-assignments/${tutorId}/${students[0]}?${at}`)).status).toBe(204);
  expect(await assign()).toEqual(["done", "already"]);
});

test("SCH-7: ending an enrolment, or the teacher's leaving, takes the teacher's sight away on the next request", async () => {
  const { ctx, ask, at, teacherId, students, classId, school } = await schoolWithClass();
  await ask("POST", `/enrolments?${at}`, { classId, studentIds: students });
  const reader = { userId: teacherId };
  const sees = async (id: string) => accessOf((await selectChildAccess(ctx.db, reader, id, Date.now()))[0], reader, Date.now())?.capacities.map(({ as }) => as).join();
  const { items } = (await ask("GET", `/enrolments?${at}`)).body as { items: { id: string; studentId: string }[] };
  const before = await Promise.all(students.map(sees));
  await ask("DELETE", `/enrolments/${items.find((item) => item.studentId === students[0])!.id}`);
  const ended = await Promise.all(students.map(sees));
  await ctx.db.update(memberships).set({ active: false }).where(and(eq(memberships.userId, teacherId), eq(memberships.schoolId, school.schoolId)));
  expect([before, ended, await Promise.all(students.map(sees))]).toEqual([["teacher", "teacher"], ["", "teacher"], ["", ""]]);
  const page = await (await (await visitor(ctx, school.adminId)).open("/admin/enrolments")).text();
  expect(page).toContain("has left the school: choose another teacher");
});

test("SCH-7, EDGE-1: subjects, classes and enrolments are made and ended by plain forms", async () => {
  const { ctx, school, students, classId } = await schoolWithClass();
  const person = await visitor(ctx, school.adminId);
  expect((await person.post("/admin/enrolments?add=subject", { name: "English" })).headers.get("Location")).toBe("/admin/enrolments?done=subject");
  expect((await person.post("/admin/enrolments?add=class", { name: "7 West", level: "grade-7", subjectId: "" })).headers.get("Location")).toBe("/admin/enrolments?done=class");
  const nobody = await person.post("/admin/enrolments?add=enrolment", { classId });
  expect([nobody.status, (await nobody.text()).includes("Choose at least one student.")]).toEqual([400, true]);
  const form = await person.open("/admin/enrolments?add=enrolment&level=grade-6");
  expect([form.headers.get("Server-Timing")?.includes("2 trips"), (await form.text()).includes(`name="student.${students[0]}"`)]).toEqual([true, true]);
  const done = await person.post("/admin/enrolments?add=enrolment", { classId, ...Object.fromEntries(students.map((id) => [`student.${id}`, "yes"])) });
  expect(done.headers.get("Location")).toBe("/admin/enrolments?done=2-0-0");
  const [row] = await ctx.db.select().from(enrolments).where(eq(enrolments.studentId, students[0]!));
  const question = await (await person.open(`/admin/enrolments?end=${row!.id}`)).text();
  expect(question).toContain("End Mathematics for");
  expect((await person.post(`/admin/enrolments?end=${row!.id}`, { act: "end" })).headers.get("Location")).toBe("/admin/enrolments?done=ended");
  expect((await person.post("/admin/enrolments?end=enr_none", { act: "end" })).status).toBe(404);
});

test("SCH-7: who enrols says a subject and a teacher, or a class that has them", async () => {
  const { ctx, school, ask, at, students, subjectId, teacherId } = await schoolWithClass();
  const together = (await ask("POST", `/classes?${at}`, { name: "Homeroom" })).body as { id: string };
  const ofSubject = (await ask("POST", `/classes?${at}`, { name: "7 West", subjectId })).body as { id: string };
  const actor = await actorOf(ctx, school.adminId);
  const refused = (asked: object) => enrolStudents(ctx, actor, school.schoolId, EnrolInput.parse({ studentIds: students, ...asked })).then(() => [], ({ fields }: { fields: { path: string; message: string }[] }) => fields.map(({ path, message }) => `${path} ${message}`));
  expect([await refused({}), await refused({ teacherId }), await refused({ classId: together.id }), await refused({ subjectId }), await refused({ classId: ofSubject.id }), await refused({ classId: ofSubject.id, teacherId })])
    .toEqual([["subjectId subject_or_class_missing"], ["subjectId subject_or_class_missing"], ["subjectId subject_or_class_missing"], ["teacherId teacher_missing"], ["teacherId teacher_missing"], []]);
  expect((await ask("POST", `/classes?${at}`, { name: "X", subjectId: "sub_none" })).status).toBe(400);
});

test("SCH-7: who is enrolled already gets another tutor and keeps the day of the beginning; a class must be the school's, and a blank name is none", async () => {
  const { ctx, ask, at, teacherId, tutorId, students: [studentId], classId } = await schoolWithClass();
  const enrol = async (more = {}) => ((await ask("POST", `/enrolments?${at}`, { classId, studentIds: [studentId], ...more })).body as Answered).results;
  const row = async () => (await ctx.db.select().from(enrolments).where(eq(enrolments.studentId, studentId!)))[0]!;
  await enrol({ customName: "Sums" });
  const startsAt = Date.now() - 30 * DAY;
  await ctx.db.update(enrolments).set({ startsAt }).where(eq(enrolments.studentId, studentId!));
  const before = await row();
  expect(await enrol({ tutorId, customName: "Sums" })).toEqual([{ studentId, outcome: "done", reason: null }]);
  expect(await row()).toEqual({ ...before, tutorId });
  // Who teaches here is no tutor here.
  for (const foreign of [{ classId: "class_none" }, { tutorId: teacherId }]) {
    const { status, body } = await ask("PATCH", `/enrolments/${before.id}`, foreign);
    expect([status, (body as { errors: { path: string }[] }).errors.map(({ path }) => path)]).toEqual([400, Object.keys(foreign)]);
  }
  expect((await ask("PATCH", `/enrolments/${before.id}`, { tutorId })).status).toBe(200);
  const acts = async () => (await ctx.db.select({ action: auditEvents.action }).from(auditEvents).where(eq(auditEvents.subjectId, before.id))).map(({ action }) => action);
  expect(await acts()).toEqual(["enrolment.begun", "enrolment.changed"]);
  expect((await ask("PATCH", `/enrolments/${before.id}`, { classId, customName: "  " })).body).toMatchObject({ classId, customName: null });
  expect(await row()).toEqual({ ...before, tutorId, customName: null });
});

async function schoolForFiles() {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const [teacherId, tutorId, studentId] = [await makeTeacher(ctx, school.schoolId), await makeTutor(ctx, school.schoolId), await makeUser(ctx, "child")];
  await join(ctx, studentId, school.schoolId, "student");
  const userBy = async (id: string) => (await ctx.db.select().from(users).where(eq(users.id, id)))[0]!;
  const [teacher, tutor, student] = [await userBy(teacherId), await userBy(tutorId), await userBy(studentId)];
  const bring = async (...lines: string[]) => (await bringIn(ctx, school, "enrolments", ["student,subject,teacher,tutor,class,customName,starts,ends", ...lines].join("\n"))).said.map((line) => line.replace(/^\d+ /, ""));
  const makeClass = async (name: string, subjectId: string | null = null) => {
    const id = ctx.ids.make("class");
    await ctx.db.insert(classes).values({ id, schoolId: school.schoolId, name, subjectId, createdAt: NOON });
    return id;
  };
  return { ctx, ...school, tutorId, student: student.username!, teacher: teacher.email!, tutor: tutor.email!, bring, makeClass };
}

test("SCH-7: a line of enrolments that cannot be used is refused and leaves nothing behind", async () => {
  const { ctx, schoolId, student, teacher, bring, makeClass } = await schoolForFiles();
  for (const _twice of [1, 2]) await makeClass("Twin");
  const long = "x".repeat(101);
  expect(await bring(
    `,Latin,${teacher}`, `${student},,${teacher}`, `${student},Latin,`, `nobody,Latin,${teacher}`, `${teacher},Latin,${teacher}`, `${student},Latin,${student}`, `${student},Latin,${teacher},${teacher}`,
    `${student},Latin,${teacher},,,,2027-02-01,2027-02-01`, `${student},Latin,${teacher},,,,soon,`, `${student},${long},${teacher}`, `${student},Latin,${teacher},,${long}`, `${student},Latin,${teacher},,,${long}`, `${student},Latin,${teacher},,Twin`,
  )).toEqual([
    "student_missing", "subject_missing", "teacher_missing", "student_unknown", "student_unknown", "teacher_unknown", "tutor_unknown", "ends_before_start", "date_unusable", "too_long", "too_long", "too_long", "class_ambiguous",
  ].map((problem) => `refused ${problem}`));
  expect([await ctx.db.select().from(subjects).where(eq(subjects.schoolId, schoolId)), await ctx.db.select().from(enrolments).where(eq(enrolments.schoolId, schoolId))]).toEqual([[], []]);
});

test("SCH-7: files begin an enrolment, change it, end it and take it up again as the same row; what a file leaves out stays", async () => {
  const { ctx, schoolId, student, teacher, tutor, tutorId, bring, makeClass } = await schoolForFiles();
  const subjectId = ctx.ids.make("sub");
  await ctx.db.insert(subjects).values({ id: subjectId, schoolId, name: unique("Latin"), code: "LAT", createdAt: NOON });
  // Of two classes of one name the subject's own is meant.
  const [, classId] = [await makeClass("6 East"), await makeClass("6 East", subjectId)];
  const row = async () => (await ctx.db.select().from(enrolments).where(eq(enrolments.schoolId, schoolId)))[0]!;
  const day = (date: string) => Date.parse(`${date}T00:00:00+03:00`);
  const line = (rest: string) => `${student},lat,${teacher},${rest}`;
  expect(await bring(line(",6 East,Caesar,2026-02-01,"))).toEqual(["created"]);
  const begun = await row();
  expect(begun).toMatchObject({ subjectId, classId, tutorId: null, customName: "Caesar", startsAt: day("2026-02-01"), endsAt: null });
  expect(await bring(line(",,,,"))).toEqual(["already"]);
  expect(await bring(line(`${tutor},,Cicero,,2027-04-01`))).toEqual(["changed"]);
  expect(await row()).toEqual({ ...begun, tutorId, customName: "Cicero", endsAt: day("2027-04-01") });
  expect(await bring(line(",,,,"))).toEqual(["already"]);
  expect((await row()).endsAt).toBe(day("2027-04-01"));
  expect([await bring(line(",,,,2026-11-01")), await bring(line(",,,,2026-11-01"))]).toEqual([["changed"], ["already"]]);
  expect(await row()).toEqual({ ...begun, tutorId, customName: "Cicero", endsAt: NOON });
  ctx.setNow(NOON + DAY);
  expect(await bring(line(",,,,"))).toEqual(["changed"]);
  expect(await row()).toEqual({ ...begun, tutorId, customName: "Cicero", startsAt: NOON + DAY, endsAt: null });
  const acts = await ctx.db.select({ action: auditEvents.action }).from(auditEvents).where(eq(auditEvents.subjectId, begun.id));
  expect(acts.map(({ action }) => action)).toEqual(["enrolment.begun", "enrolment.changed", "enrolment.ended", "enrolment.begun"]);
});
