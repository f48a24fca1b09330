import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { enrolments, memberships } from "#db/schema/schools.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { api, join, makeFamily, makeSchool, makeTeacher, makeTutor, makeUser, signedIn, testContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

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
