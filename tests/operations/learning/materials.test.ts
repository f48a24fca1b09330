import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY, localDate } from "#app/domain/clock.ts";
import { AssignmentInput } from "#app/domain/learning/assignments/inputs.ts";
import { createAssignment } from "#app/domain/learning/assignments/write-assignment.server.ts";
import { doMaterialAct, MaterialAct, materialTyped } from "#app/domain/learning/materials/material-acts.server.ts";
import { MaterialInput } from "#app/domain/learning/materials/inputs.ts";
import { keepProgress } from "#app/domain/learning/materials/keep-progress.server.ts";
import { listShared, listWritten } from "#app/domain/learning/materials/list-materials.server.ts";
import { readMaterial } from "#app/domain/learning/materials/material-page.server.ts";
import { changeMaterial, createMaterial } from "#app/domain/learning/materials/write-material.server.ts";
import { addFile, removeFile } from "#app/domain/learning/files/change-files.server.ts";
import { PlanInput } from "#app/domain/learning/plans/inputs.ts";
import { listPlans, readPlan } from "#app/domain/learning/plans/plan-page.server.ts";
import { cancelPlan, tickStep, writePlan } from "#app/domain/learning/plans/write-plan.server.ts";
import { erasePerson } from "#app/domain/people/erase-person.server.ts";
import { consents } from "#db/schema/consent.ts";
import { users } from "#db/schema/identity.ts";
import { activities } from "#db/schema/daily-life.ts";
import { attachments } from "#db/schema/learning.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { pngOf } from "../identity/pictures.ts";
import { actorOf, assignTutor, join, makeEnrolment, makeFamily, makeTutor, makeUser, NOON, runJobs, testContext, type Family } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";
import { file, PDF } from "./files.ts";
import { makeTaughtChild, refusal } from "./taught.ts";

const ctx = testContext();
let family: Family;
let teacherId: string;
let taught: { subjectId: string; classId: string };
beforeEach(async () => void ({ family, teacherId, taught } = await makeTaughtChild(ctx)));

const as = (userId: string) => actorOf(ctx, userId);
const written = async (more: Record<string, unknown> = {}, files = [PDF]) => createMaterial(ctx, await as(teacherId), MaterialInput.parse({ title: "Fractions", subjectId: taught.subjectId, minutes: 20, status: "shared", ...more }), files);

test("LRN-8: shared, opened, done: one activity a day, with the minutes said; the teacher and the guardians see how far", async () => {
  const id = await written();
  const child = await as(family.childId);
  await readMaterial(ctx, child, id, { opens: true });
  await ctx.answered();
  const activity = async () => (await ctx.db.select().from(activities).where(eq(activities.studentId, family.childId))).map(({ cause, minutes, kind }) => [cause, minutes, kind]);
  expect(await activity()).toEqual([[`${id}:2026-11-24`, 0, "material"]]);
  await keepProgress(ctx, child, id, { percent: 50, minutes: 15 });
  await keepProgress(ctx, child, id, { percent: 100 });
  await keepProgress(ctx, child, id, { percent: 100, minutes: 5 });
  expect(await activity()).toEqual([[`${id}:2026-11-24`, 20, "material"]]);
  expect((await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.action, "material.progressed"), eq(auditEvents.subjectId, id)))).map(({ details }) => details)).toEqual([{ percent: 50, minutes: 15 }, { percent: 100, minutes: 20 }, { percent: 100, minutes: 5 }]);
  ctx.setNow(NOON + DAY);
  await keepProgress(ctx, child, id, { percent: 100, minutes: 10 });
  expect(await activity()).toEqual([[`${id}:2026-11-24`, 20, "material"], [`${id}:2026-11-25`, 10, "material"]]);
  expect((await readMaterial(ctx, await as(family.viewerId), id)).children).toMatchObject([{ id: family.childId, percent: 100, doneAt: NOON }]);
  expect((await readMaterial(ctx, await as(teacherId), id)).progress?.items).toMatchObject([{ studentId: family.childId, percent: 100 }]);
  expect((await listWritten(ctx, await as(teacherId), { limit: 10 })).items).toMatchObject([{ id, done: 1 }]);
});

test("LRN-8, CON-2: drafts and what is put away are off the list; whose progress is closed to teachers is not counted there; strangers find nothing", async () => {
  const [shared, draft] = [await written(), await written({ status: "draft" })];
  const list = async () => (await listShared(ctx, await as(family.guardianId), family.childId, { limit: 10 })).items.map(({ id }) => id);
  expect(await list()).toEqual([shared]);
  expect(await refusal(as(family.childId).then((actor) => readMaterial(ctx, actor, draft)))).toEqual(["not_found", "not_found", undefined]);
  await keepProgress(ctx, await as(family.childId), shared, { percent: 100 });
  await ctx.db.insert(consents).values({ childId: family.childId, dataType: "progress", recipient: "teachers", granted: false, setAt: NOON });
  expect((await readMaterial(ctx, await as(teacherId), shared)).progress?.items).toEqual([]);
  expect((await listWritten(ctx, await as(teacherId), { limit: 10, status: "shared" })).items).toMatchObject([{ id: shared, done: 0 }]);
  expect(await refusal(as(teacherId).then((actor) => listShared(ctx, actor, family.childId, { limit: 10 })))).toEqual(["forbidden", "not_shared", undefined]);
  for (const stranger of [family.siblingId, family.adminId, (await makeFamily(ctx)).guardianId]) expect(await refusal(as(stranger).then((actor) => readMaterial(ctx, actor, shared)))).toEqual(["not_found", "not_found", undefined]);
  await changeMaterial(ctx, await as(teacherId), shared, { status: "archived" });
  expect(await list()).toEqual([]);
  expect(await refusal(as(family.childId).then((actor) => changeMaterial(ctx, actor, shared, { title: "Mine" })))).toEqual(["not_found", "not_found", undefined]);
});

test("LRN-8: for others instead, by the form without a script; the one left out keeps what they did with it, and finds it again", async () => {
  const today = testContext();
  const { family: { childId, siblingId, schoolId }, teacherId: author, taught: { subjectId, classId } } = await makeTaughtChild(today);
  today.setNow(Date.now());
  await makeEnrolment(today, { schoolId, studentId: siblingId, teacherId: author, subjectId, classId: null });
  const id = await createMaterial(today, await actorOf(today, author), MaterialInput.parse({ title: "Fractions", subjectId, status: "shared", audience: "class", classId }));
  await keepProgress(today, await actorOf(today, childId), id, { percent: 50 });
  const page = await visitor(today, author);
  const at = `/materials/${id}`;
  expect(await (await page.open(at)).text()).toMatch(new RegExp(`<option value="class:${subjectId}:${classId}" selected="">`));
  const lists = async (studentId: string) => (await listShared(today, await actorOf(today, studentId), studentId, { limit: 10 })).items.map((item) => [item.id, item.percent]);
  const save = async (more: Record<string, string>) => (await page.post(at, { act: "save", title: "Fractions", text: "", ...more })).headers.get("Location");
  expect(await save({ to: `students:${subjectId}`, [`student.${siblingId}`]: "yes" })).toBe(`${at}?done=saved`);
  expect([await lists(childId), await lists(siblingId)]).toEqual([[], [[id, null]]]);
  expect(await (await page.open(at)).text()).toMatch(new RegExp(`name="student.${siblingId}"[^>]*checked`));
  expect(await save({ to: `subject:${subjectId}` })).toBe(`${at}?done=saved`);
  expect([await lists(childId), await lists(siblingId)]).toEqual([[[id, 50]], [[id, null]]]);
});

test("LRN-8: pictures are made bare, five files are the most, and what is taken back is gone with its bytes", async () => {
  const id = await written({}, []);
  const teacher = await as(teacherId);
  const fileId = await addFile(ctx, teacher, { of: "material", ofId: id }, { name: "board.png", bytes: await pngOf(400, 300) });
  const [row] = await ctx.db.select().from(attachments).where(eq(attachments.id, fileId));
  expect(row).toMatchObject({ name: "board.webp", type: "image/webp", schoolId: family.schoolId, studentId: null });
  await changeMaterial(ctx, teacher, id, {}, [PDF, PDF, PDF, PDF]);
  expect(await refusal(addFile(ctx, teacher, { of: "material", ofId: id }, PDF))).toEqual(["conflict", "files_too_many", "files"]);
  expect(await refusal(as(family.childId).then((actor) => addFile(ctx, actor, { of: "material", ofId: id }, PDF)))).toEqual(["not_found", "not_found", undefined]);
  await removeFile(ctx, teacher, fileId);
  await runJobs(ctx);
  expect([await ctx.files.get(row!.key), (await readMaterial(ctx, teacher, id)).files.length]).toEqual([null, 4]);
});

test("LRN-8, LRN-9: without a script who gave a file takes it back where it is shown; nobody else is offered that, or may", async () => {
  const today = testContext(Date.now());
  const { family: theirs, teacherId: author, taught: subject } = await makeTaughtChild(today);
  const actor = await actorOf(today, author);
  const given = { subjectId: subject.subjectId, title: "Sums" };
  const [teacher, child] = [await visitor(today, author), await visitor(today, theirs.childId)];
  for (const at of [
    `/materials/${await createMaterial(today, actor, MaterialInput.parse({ ...given, status: "shared" }), [PDF])}`,
    `/assignments/${await createAssignment(today, actor, AssignmentInput.parse({ ...given, dueOn: localDate(Date.now() + 9 * DAY, "Africa/Nairobi"), dueTime: "12:00", timeZone: "Africa/Nairobi", status: "open" }), [PDF])}`,
  ]) {
    const [, fileId] = /name="fileId" value="([^"]+)"/.exec(await (await teacher.open(at)).text())!;
    const removal = { act: "remove-file", fileId: fileId! };
    const seen = await (await child.open(at)).text();
    expect([seen.includes(`/files/${fileId}`), seen.includes("remove-file"), (await child.post(at, removal)).status]).toEqual([true, false, 404]);
    const gone = await teacher.post(at, removal);
    expect([gone.status, gone.headers.get("Location")]).toEqual([303, `${at}?done=file-removed`]);
    const after = await (await teacher.open(`${at}?done=file-removed`)).text();
    expect([after.includes("The file is gone."), after.includes(`/files/${fileId}`)]).toEqual([true, false]);
  }
});

const plan = (more: Record<string, unknown> = {}) => PlanInput.parse({ studentId: family.childId, title: "Before the test", startsOn: "2026-11-25", endsOn: "2026-12-05", steps: [{ text: "Read", dueOn: "2026-11-26" }, { text: "Write" }], ...more });

test("LRN-8: teacher, tutor and guardian plan; the student ticks; the family's own plan is no school's to see", async () => {
  const tutorId = await makeTutor(ctx, family.schoolId);
  await assignTutor(ctx, { schoolId: family.schoolId, studentId: family.childId, tutorId });
  const [theirs, tutors, ours] = [await writePlan(ctx, await as(teacherId), plan()), await writePlan(ctx, await as(tutorId), plan()), await writePlan(ctx, await as(family.viewerId), plan({ title: "At home" }))];
  for (const nobody of [family.childId, family.adminId]) expect(await refusal(as(nobody).then((actor) => writePlan(ctx, actor, plan())))).toEqual(["forbidden", "forbidden", undefined]);
  const seenBy = async (userId: string) => (await listPlans(ctx, await as(userId), family.childId)).map(({ id }) => id).sort();
  expect([await seenBy(teacherId), await seenBy(family.childId)]).toEqual([[theirs, tutors].sort(), [theirs, tutors, ours].sort()]);
  expect(await refusal(as(teacherId).then((actor) => readPlan(ctx, actor, ours)))).toEqual(["not_found", "not_found", undefined]);
  const child = await as(family.childId);
  await tickStep(ctx, child, theirs, 1, true);
  await tickStep(ctx, child, theirs, 2, true);
  expect(await readPlan(ctx, await as(tutorId), theirs)).toMatchObject({ status: "done", steps: [{ doneAt: NOON }, { doneAt: NOON }] });
  await tickStep(ctx, child, theirs, 2, false);
  expect((await readPlan(ctx, child, theirs)).status).toBe("active");
  expect(await refusal(as(family.guardianId).then((actor) => tickStep(ctx, actor, theirs, 1, false)))).toEqual(["not_found", "not_found", undefined]);
  await cancelPlan(ctx, await as(family.viewerId), ours);
  expect(await refusal(readPlan(ctx, child, ours))).toEqual(["not_found", "not_found", undefined]);
});

test("LRN-8: a plan's days are in order and its steps within; it leads only to what the student has", async () => {
  const foreign = await written({ status: "draft" });
  const guardian = await as(family.guardianId);
  const wrong = (more: Record<string, unknown>) => refusal(writePlan(ctx, guardian, plan(more)));
  expect(await wrong({ endsOn: "2026-11-24" })).toEqual(["invalid_input", "plan_ends_first", "endsOn"]);
  expect(await wrong({ steps: [{ text: "Read" }, { text: "Write", dueOn: "2026-12-06" }] })).toEqual(["invalid_input", "step_outside", "steps.1.dueOn"]);
  expect(await wrong({ steps: [{ text: "Read", materialId: foreign }] })).toEqual(["invalid_input", "step_not_theirs", "steps.0.link"]);
  expect((await readPlan(ctx, guardian, await writePlan(ctx, guardian, plan({ steps: [{ text: "Read", materialId: await written() }] })))).steps[0]).toMatchObject({ material: "Fractions" });
});

test("SCH-4, LRN-9: with an erased student go the bytes of what was handed in", async () => {
  const studentId = await makeUser(ctx, "child", "Imani Erased");
  await join(ctx, studentId, family.schoolId, "student");
  await ctx.db.update(users).set({ homeSchoolId: family.schoolId }).where(eq(users.id, studentId));
  const key = `attachments/submission/none/${studentId}`;
  await ctx.files.put(key, file("x", "x").bytes, "text/plain");
  await ctx.db.insert(attachments).values({ id: ctx.ids.make("file"), of: "submission", ofId: "none", schoolId: family.schoolId, studentId, name: "x.txt", type: "text/plain", size: 1, key, sha256: "", uploadedBy: studentId, createdAt: NOON });
  await erasePerson(ctx, await actorOf(ctx, family.adminId, { steppedUp: true }), studentId, { name: "Imani Erased" });
  await runJobs(ctx);
  expect(await ctx.files.get(key)).toBeNull();
  expect(await ctx.db.select().from(attachments).where(eq(attachments.studentId, studentId))).toEqual([]);
});

test("LRN-8: the page of a material saves, shares, counts progress and puts away; what was emptied is none", async () => {
  const id = await written({ status: "draft", link: "https://example.test/fractions", audience: "students", studentIds: [family.childId] }, []);
  const does = async (userId: string, typed: Record<string, string>) => doMaterialAct(ctx, await as(userId), id, MaterialAct.parse(materialTyped(typed)), []);
  const seen = async () => readMaterial(ctx, await as(teacherId), id);
  expect(await seen()).toMatchObject({ link: "https://example.test/fractions", forWhom: { to: `students:${taught.subjectId}`, named: [family.childId] } });
  expect(await does(teacherId, { act: "save", title: "Halves" })).toBe("saved");
  expect(await seen()).toMatchObject({ title: "Halves", text: "", link: null, minutes: null, status: "draft", forWhom: { to: `students:${taught.subjectId}` } });
  expect(await does(teacherId, { act: "save", title: "Halves", text: "Cut it", link: "https://example.test/halves", minutes: "15", to: `subject:${taught.subjectId}` })).toBe("saved");
  expect(await seen()).toMatchObject({ text: "Cut it", link: "https://example.test/halves", minutes: 15, forWhom: { to: `subject:${taught.subjectId}` } });
  expect(await does(teacherId, { act: "share" })).toBe("shared");
  expect(await does(family.childId, { act: "progress", percent: "40", minutes: "10" })).toBe("progress");
  expect((await seen()).progress?.items).toMatchObject([{ studentId: family.childId, percent: 40 }]);
  expect(await does(teacherId, { act: "archive" })).toBe("archived");
  expect((await seen()).status).toBe("archived");
  const log = () => ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id));
  const before = (await log()).length;
  expect(await does(teacherId, { act: "save", title: "Halves", text: "Cut it", link: "https://example.test/halves", minutes: "15" })).toBe("saved");
  expect((await log()).length).toBe(before);
  expect(MaterialAct.safeParse(materialTyped({ act: "save", link: "http://example.test" })).error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([["title", "title_missing"], ["link", "link_unusable"]]);
});

test("LRN-8: asked again under its key, what was written is the same material", async () => {
  const repeat = { key: "again", fingerprint: "same" };
  const create = async () => createMaterial(ctx, await as(teacherId), MaterialInput.parse({ title: "Fractions", subjectId: taught.subjectId }), [], repeat);
  expect(await create()).toBe(await create());
});

test("LRN-8: a step leads to no assignment that is not the student's; what is given up is neither ticked nor given up again", async () => {
  const teacher = await as(teacherId);
  const assignment = (status: "draft" | "open") => createAssignment(ctx, teacher, AssignmentInput.parse({ title: "Sums", subjectId: taught.subjectId, dueOn: "2026-11-30", dueTime: "12:00", timeZone: "Africa/Nairobi", status }));
  const leading = async (assignmentId: string) => writePlan(ctx, teacher, plan({ steps: [{ text: "Read" }, { text: "Count", assignmentId }] }));
  expect(await refusal(leading(await assignment("draft")))).toEqual(["invalid_input", "step_not_theirs", "steps.1.link"]);
  const id = await leading(await assignment("open"));
  for (const _again of [1, 2]) await cancelPlan(ctx, teacher, id);
  expect(await refusal(tickStep(ctx, await as(family.childId), id, 1, true))).toEqual(["conflict", "plan_cancelled", undefined]);
  expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).map(({ action }) => action).sort()).toEqual(["study_plan.cancelled", "study_plan.written"]);
});
