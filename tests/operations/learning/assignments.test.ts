import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY, HOUR } from "#app/domain/clock.ts";
import { changeAssignment, createAssignment } from "#app/domain/learning/assignments/write-assignment.server.ts";
import { AssignmentAct, doAssignmentAct } from "#app/domain/learning/assignments/assignment-acts.server.ts";
import { AssignmentInput, type HandInInput } from "#app/domain/learning/assignments/inputs.ts";
import { readAssignment } from "#app/domain/learning/assignments/assignment-page.server.ts";
import { giveFeedback } from "#app/domain/learning/assignments/give-feedback.server.ts";
import { handIn } from "#app/domain/learning/assignments/hand-in.server.ts";
import { listGiven, listPendingReviews, listReceived } from "#app/domain/learning/assignments/list-assignments.server.ts";
import { readSubmission } from "#app/domain/learning/assignments/submission-page.server.ts";
import { typedAct } from "#app/domain/learning/assignments/typed-act.ts";
import { addFile } from "#app/domain/learning/files/change-files.server.ts";
import { readFile } from "#app/domain/learning/files/read-file.server.ts";
import { consents } from "#db/schema/consent.ts";
import { activities } from "#db/schema/daily-life.ts";
import { attachments, submissions } from "#db/schema/learning.ts";
import { competencyEvidence } from "#db/schema/standing.ts";
import { notifications } from "#db/schema/notifications.ts";
import { auditEvents, jobs } from "#db/schema/operation.ts";
import { beforeCommit, failing, LOST } from "#tests/before-commit.ts";
import { actorOf, api, makeEnrolment, makeFamily, makeTeacher, makeUser, join, NOON, runJobs, signedIn, testContext, type Family } from "#tests/world.ts";
import { file, PDF } from "./files.ts";
import { makeTaughtChild, refusal } from "./taught.ts";

const ctx = testContext();
let family: Family;
let teacherId: string;
let taught: { subjectId: string; classId: string };
beforeEach(async () => void ({ family, teacherId, taught } = await makeTaughtChild(ctx)));

const as = (userId: string) => actorOf(ctx, userId);
const input = (more: Record<string, unknown> = {}) => AssignmentInput.parse({ title: "Ten sums", subjectId: taught.subjectId, competency: "critical_thinking", dueOn: "2026-11-25", dueTime: "12:00", timeZone: "Africa/Nairobi", status: "open", ...more });
const given = async (more: Record<string, unknown> = {}, files = [PDF]) => createAssignment(ctx, await as(teacherId), input(more), files);
const hand = async (id: string, more: Partial<HandInInput> = {}, files: Parameters<typeof handIn>[4] = []) => handIn(ctx, await as(family.childId), id, { text: "2 + 2 = 4", attempt: 1, ...more }, files);

describe("LRN-9", () => {
  test("LRN-9: given, handed in, reviewed with a level: evidence, activity, news and audit, each once", async () => {
    const id = await given();
    expect(await ctx.db.select().from(notifications).where(eq(notifications.cause, `${id}.opened`))).toMatchObject([{ userId: family.childId, type: "assignment.opened" }]);
    const submissionId = await hand(id, { minutes: 25 }, [file("notes.txt", "see here")]);
    expect(await ctx.db.select().from(activities).where(eq(activities.cause, submissionId))).toMatchObject([{ kind: "assignment", minutes: 25, about: "Ten sums", onDate: "2026-11-24", schoolId: family.schoolId }]);
    expect((await listPendingReviews(ctx, await as(teacherId), { limit: 10 })).items).toMatchObject([{ id: submissionId, title: "Ten sums" }]);
    await giveFeedback(ctx, await as(teacherId), submissionId, { level: "ME1", comment: "Well argued", again: false }, [file("marks.txt", "1: right")]);
    expect(await ctx.db.select().from(competencyEvidence).where(eq(competencyEvidence.studentId, family.childId))).toMatchObject([{ competency: "critical_thinking", level: 6, source: "feedback", visibility: "child" }]);
    const told = await ctx.db.select().from(notifications).where(eq(notifications.type, "feedback.given"));
    expect(told.filter(({ childId }) => childId === family.childId).map(({ userId }) => userId).sort()).toEqual([family.childId, family.guardianId, family.otherGuardianId, family.viewerId].sort());
    expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, submissionId))).map(({ action }) => action).sort()).toEqual(["feedback.given", "submission.handed_in"]);
    const seen = await readSubmission(ctx, await as(family.viewerId), submissionId);
    expect(seen).toMatchObject({ status: "reviewed", text: "2 + 2 = 4", mayReview: false, feedback: { level: "ME1", comment: "Well argued" } });
    expect(new TextDecoder().decode(await new Response((await readFile(ctx, await as(family.guardianId), seen.feedback!.files[0]!.id)).file.body).arrayBuffer())).toBe("1: right");
    expect(await refusal(giveFeedback(ctx, await as(teacherId), submissionId, { level: "EE1", comment: "", again: false }))).toEqual(["conflict", "already_reviewed", undefined]);
    expect(await refusal(hand(id, { attempt: 2 }))).toEqual(["conflict", "already_reviewed", undefined]);
  });

  test("LRN-9: a rubric level that does not exist is refused by name", async () => {
    const answer = await api("POST", `/submissions/${await hand(await given())}/feedback`, { token: await signedIn(ctx, teacherId), body: { level: "ME9", comment: "Well argued" } });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: "invalid_input", errors: [{ path: "level", message: "There is no such level. Levels go from BE2 to EE1." }] }]);
  });

  test("LRN-9: after the due instant it is taken and marked late; closed it is refused, and the rule is named", async () => {
    const id = await given();
    ctx.setNow(Date.parse("2026-11-25T09:00:00Z"));
    expect((await readSubmission(ctx, await as(family.childId), await hand(id))).late).toBe(true);
    await changeAssignment(ctx, await as(teacherId), id, { status: "closed" });
    expect(await refusal(hand(id, { attempt: 2 }))).toEqual(["conflict", "assignment_closed", undefined]);
    expect((await readAssignment(ctx, await as(family.childId), id)).handIn?.verdict).toBe("assignment_closed");
  });

  test("LRN-9: another try replaces the one that waits; sent back there is one more; the same try twice is one", async () => {
    const id = await given();
    const first = await hand(id);
    expect(await refusal(hand(id))).toEqual(["conflict", "attempt_taken", undefined]);
    const second = await hand(id, { attempt: 2, text: "Better" });
    expect(await refusal(giveFeedback(ctx, await as(teacherId), first, { level: "ME1", comment: "", again: false }))).toEqual(["conflict", "newer_attempt", undefined]);
    expect(await refusal(giveFeedback(ctx, await as(teacherId), second, { level: null, comment: "", again: true }))).toEqual(["invalid_input", "say_what_again", "comment"]);
    await giveFeedback(ctx, await as(teacherId), second, { level: null, comment: "Show your way", again: true });
    expect(await ctx.db.select().from(competencyEvidence).where(eq(competencyEvidence.studentId, family.childId))).toEqual([]);
    await hand(id, { attempt: 3 });
    expect((await ctx.db.select().from(submissions).where(eq(submissions.assignmentId, id))).map(({ attempt, status }) => [attempt, status])).toEqual([[1, "returned"], [2, "returned"], [3, "waiting"]]);
  });

  test("LRN-9: of two at once, whether they hand in or review, one comes through", async () => {
    const id = await given();
    const tries = await Promise.allSettled([hand(id), hand(id), hand(id)]);
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    const [{ id: submissionId } = { id: "" }] = await ctx.db.select({ id: submissions.id }).from(submissions).where(eq(submissions.assignmentId, id));
    const teacher = await as(teacherId);
    const reviews = await Promise.allSettled([giveFeedback(ctx, teacher, submissionId, { level: "ME1", comment: "", again: false }), giveFeedback(ctx, teacher, submissionId, { level: "BE1", comment: "", again: false }), hand(id, { attempt: 2 })]);
    expect(reviews.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(2);
    expect(reviews.slice(0, 2).filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
  });

  test("LRN-9, LES-1: a due time that the clocks skip is refused with the nearest; of one that comes twice the first counts; the past is refused", async () => {
    const [skipped, twice] = [{ dueOn: "2027-03-28", dueTime: "02:30", timeZone: "Europe/Berlin" }, { dueOn: "2027-10-31", dueTime: "02:30", timeZone: "Europe/Berlin" }];
    expect(await refusal(given(skipped))).toEqual(["invalid_input", "The clocks skip this time there. The nearest is 03:00 on 2027-03-28.", "dueTime"]);
    expect((await readAssignment(ctx, await as(teacherId), await given(twice))).dueAt).toBe(Date.parse("2027-10-31T00:30:00Z"));
    expect((await readAssignment(ctx, await as(teacherId), await given({ ...twice, offset: "+01:00" }))).dueAt).toBe(Date.parse("2027-10-31T01:30:00Z"));
    expect(await refusal(given({ dueOn: "2026-11-24", dueTime: "12:00" }))).toEqual(["invalid_input", "due_past", "dueOn"]);
    expect(await refusal(given({ timeZone: "Mars/Olympus" }))).toEqual(["invalid_input", "time_zone_unknown", "timeZone"]);
  });

  test("LRN-9, Q-13: a draft, another class's and another student's work do not exist; nobody but who teaches gives or reviews", async () => {
    const draft = await given({ status: "draft" });
    expect(await refusal(as(family.childId).then((actor) => readAssignment(ctx, actor, draft)))).toEqual(["not_found", "not_found", undefined]);
    expect(await refusal(hand(draft))).toEqual(["not_found", "not_found", undefined]);
    const classmate = await makeUser(ctx, "child");
    await join(ctx, classmate, family.schoolId, "student");
    const theirs = await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: classmate, teacherId });
    const named = await given({ audience: "students", studentIds: [family.childId] });
    expect(await refusal(as(classmate).then((actor) => readAssignment(ctx, actor, named)))).toEqual(["not_found", "not_found", undefined]);
    expect(await refusal(given({ audience: "students", studentIds: [classmate] }))).toEqual(["not_found", "not_found", undefined]);
    expect(await refusal(given({ audience: "class", classId: theirs.classId }))).toEqual(["not_found", "not_found", undefined]);
    const other = await makeTeacher(ctx, family.schoolId);
    expect(await refusal(as(other).then((actor) => createAssignment(ctx, actor, input())))).toEqual(["not_found", "not_found", undefined]);
    const submissionId = await hand(named);
    await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId: other });
    expect(await refusal(as(other).then((actor) => giveFeedback(ctx, actor, submissionId, { level: "ME1", comment: "", again: false })))).toEqual(["forbidden", "forbidden", undefined]);
  });

  test("LRN-9: given to others instead: who is new is told once, who is left out finds neither it nor its notice; nobody who handed in is left out", async () => {
    await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.siblingId, teacherId, subjectId: taught.subjectId, classId: null });
    const change = async (change: Parameters<typeof changeAssignment>[3]) => changeAssignment(ctx, await as(teacherId), id, change);
    const told = async () => (await ctx.db.select().from(notifications).where(eq(notifications.cause, `${id}.opened`))).map(({ userId }) => userId).sort();
    const finds = async (userId: string) => (await refusal(as(userId).then((actor) => readAssignment(ctx, actor, id)))) === null;
    const id = await given({ status: "draft", audience: "students", studentIds: [family.childId] });
    await change({ status: "open" });
    expect(await told()).toEqual([family.childId]);
    await change({ studentIds: [family.siblingId] });
    expect([await told(), await finds(family.childId), await finds(family.siblingId)]).toEqual([[family.siblingId], false, true]);
    await change({ audience: "class", classId: taught.classId });
    expect([await told(), await finds(family.childId), await finds(family.siblingId)]).toEqual([[family.childId], true, false]);
    await change({ audience: "subject" });
    expect((await readAssignment(ctx, await as(teacherId), id)).forWhom).toMatchObject({ to: `subject:${taught.subjectId}`, named: [] });
    expect(await told()).toEqual([family.childId, family.siblingId].sort());
    await hand(id);
    expect(await refusal(change({ audience: "students", studentIds: [family.siblingId] }))).toEqual(["conflict", "audience_handed_in", undefined]);
    await change({ audience: "students", studentIds: [family.childId] });
    expect(await refusal(change({ studentIds: [] }))).toEqual(["invalid_input", "students_missing", "studentIds"]);
    expect(await refusal(change({ studentIds: [family.childId, family.guardianId] }))).toEqual(["not_found", "not_found", undefined]);
    const before = (await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).length;
    await change({ audience: "students", studentIds: [family.childId], title: "Ten sums" });
    expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).length).toBe(before);
  });

  test("CON-2, LRN-11: closed to teachers, work waits unseen and nobody is told; closed to other guardians, only the primary one hears of feedback", async () => {
    const id = await given();
    const close = (recipient: "teachers" | "other_guardians") => ctx.db.insert(consents).values({ childId: family.childId, dataType: "assessments", recipient, granted: false, setAt: NOON });
    await close("other_guardians");
    const submissionId = await hand(id);
    await giveFeedback(ctx, await as(teacherId), submissionId, { level: "ME1", comment: "", again: false });
    const told = await ctx.db.select().from(notifications).where(eq(notifications.path, `/submissions/${submissionId}`));
    expect(told.filter(({ type }) => type === "feedback.given").map(({ userId }) => userId).sort()).toEqual([family.childId, family.guardianId].sort());
    await close("teachers");
    const next = await hand(await given());
    expect(await refusal(as(teacherId).then((actor) => readSubmission(ctx, actor, next)))).toEqual(["forbidden", "not_shared", undefined]);
    expect((await listPendingReviews(ctx, await as(teacherId), { limit: 10 })).items).toEqual([]);
    expect(await ctx.db.select().from(notifications).where(eq(notifications.cause, `${next}.handed_in`))).toEqual([]);
  });

  test("LRN-9: the student's lists: to do, handed in, with feedback", async () => {
    const [one, two, three] = [await given({ title: "One" }), await given({ title: "Two" }), await given({ title: "Three" })];
    await hand(two);
    await giveFeedback(ctx, await as(teacherId), await hand(three), { level: "EE2", comment: "", again: false });
    const shown = async (list: "todo" | "handed_in" | "reviewed") => (await listReceived(ctx, await as(family.guardianId), family.childId, { shown: list, limit: 10 })).items.map(({ id, level }) => [id, level]);
    expect([await shown("todo"), await shown("handed_in"), await shown("reviewed")]).toEqual([[[one, null]], [[two, null]], [[three, "EE2"]]]);
  });
});

describe("LRN-9: acts", () => {
  test("LRN-9: the page of an assignment saves, opens, takes what is handed in, takes a file back and closes, and says where to go on", async () => {
    const id = await given({ status: "draft", audience: "students", studentIds: [family.childId] }, []);
    const does = async (userId: string, typed: Record<string, string>, files: Parameters<typeof doAssignmentAct>[4] = []) => doAssignmentAct(ctx, await as(userId), id, AssignmentAct.parse(typedAct(typed)), files);
    const seen = async () => readAssignment(ctx, await as(teacherId), id);
    const saved = { act: "save", title: "Twenty sums", dueOn: "2026-11-26", dueTime: "08:00", timeZone: "Africa/Nairobi" };
    expect(await does(teacherId, saved, [PDF])).toBe(`/assignments/${id}?done=saved`);
    expect(await seen()).toMatchObject({ title: "Twenty sums", instructions: "", competency: null, status: "draft", dueAt: Date.parse("2026-11-26T05:00Z"), dueLocal: "2026-11-26T08:00", files: [{ name: "sums.pdf" }], forWhom: { to: `students:${taught.subjectId}`, named: [family.childId] } });
    expect(await refusal(does(teacherId, { act: "close" }))).toEqual(["conflict", "assignment_step", undefined]);
    expect(await does(teacherId, { act: "open" })).toBe(`/assignments/${id}?done=opened`);
    expect(await does(family.childId, { act: "hand-in", text: "2 + 2 = 4", attempt: "1" })).toMatch(/^\/submissions\/subm_\w+\?done=handed-in$/);
    expect(await does(teacherId, { act: "remove-file", fileId: (await seen()).files[0]!.id })).toBe(`/assignments/${id}?done=file-removed`);
    expect(await does(teacherId, { act: "close" })).toBe(`/assignments/${id}?done=closed`);
    expect(await seen()).toMatchObject({ status: "closed", files: [], received: { items: [{ attempt: 1 }] } });
  });

  test("LRN-9: nothing is no work, a try that is not the next is none, and feedback is a level or another try", async () => {
    const id = await given();
    expect(await refusal(hand(id, { text: "" }))).toEqual(["invalid_input", "submission_empty", "text"]);
    expect(await refusal(hand(id, { attempt: 2 }))).toEqual(["conflict", "attempt_taken", undefined]);
    const submissionId = await hand(id, { text: "" }, [PDF]);
    const review = async (more: object, files: Parameters<typeof giveFeedback>[4] = []) => refusal(giveFeedback(ctx, await as(teacherId), submissionId, { level: null, comment: "", again: false, ...more }, files));
    expect(await review({ comment: "Well argued" })).toEqual(["invalid_input", "level_missing", "level"]);
    expect(await review({ level: "ME1" }, [file("empty.txt", "")])).toEqual(["invalid_input", "file_empty", "files"]);
    expect(await review({ again: true, comment: "Show your way" })).toBeNull();
    expect(await readSubmission(ctx, await as(family.childId), submissionId)).toMatchObject({ status: "returned", feedback: { level: null, comment: "Show your way", files: [] } });
    await changeAssignment(ctx, await as(teacherId), id, { status: "closed" });
    const fresh = await given();
    await changeAssignment(ctx, await as(teacherId), fresh, { status: "closed" });
    expect(await refusal(hand(fresh))).toEqual(["conflict", "assignment_closed", undefined]);
  });

  test("LRN-9: closed while it is handed in, it is refused; what fails otherwise says so, and nothing is handed in", async () => {
    const id = await given();
    const [child, teacher] = [await as(family.childId), await as(teacherId)];
    const work = { text: "2 + 2 = 4", attempt: 1 };
    await expect(handIn(failing(ctx), child, id, work, [])).rejects.toBe(LOST);
    expect(await refusal(handIn(beforeCommit(ctx, () => changeAssignment(ctx, teacher, id, { status: "closed" })), child, id, work, []))).toEqual(["conflict", "assignment_closed", undefined]);
    expect(await ctx.db.select().from(submissions).where(eq(submissions.assignmentId, id))).toEqual([]);
  });

  test("LRN-9: asked again under its key, what was given or handed in is the same one", async () => {
    const repeat = { key: "again", fingerprint: "same" };
    const [teacher, child] = [await as(teacherId), await as(family.childId)];
    const id = await createAssignment(ctx, teacher, input(), [], repeat);
    expect(await createAssignment(ctx, teacher, input(), [], repeat)).toBe(id);
    const submissionId = await handIn(ctx, child, id, { text: "4", attempt: 1 }, [], repeat);
    expect(await handIn(ctx, child, id, { text: "4", attempt: 1 }, [], repeat)).toBe(submissionId);
    expect(await refusal(handIn(ctx, child, id, { text: "5", attempt: 1 }, [], { ...repeat, fingerprint: "other" }))).toEqual(["conflict", "idempotency_key_reused", undefined]);
    expect(await ctx.db.select().from(submissions).where(eq(submissions.studentId, family.childId))).toHaveLength(1);
  });

  test("LRN-9: what is given, received and waiting is listed page by page, the next due and the longest wait first", async () => {
    const ids: string[] = [];
    for (const day of ["27", "25", "26"]) ids.push(await given({ dueOn: `2026-11-${day}` }, []));
    const [last, first, second] = ids as [string, string, string];
    const teacher = await as(teacherId);
    const guardian = await as(family.guardianId);
    const inPages = async (list: (cursor: string | undefined) => Promise<{ items: { id: string }[]; nextCursor: string | null }>) => {
      const start = await list(undefined);
      const rest = await list(start.nextCursor!);
      expect(rest.nextCursor).toBeNull();
      return [start.items, rest.items].map((items) => items.map(({ id }) => id));
    };
    expect(await inPages((cursor) => listGiven(ctx, teacher, { limit: 2, cursor }))).toEqual([[first, second], [last]]);
    expect(await inPages((cursor) => listReceived(ctx, guardian, family.childId, { shown: "todo", limit: 2, cursor }))).toEqual([[first, second], [last]]);
    const handed: string[] = [];
    for (const [nth, id] of ids.entries()) {
      ctx.setNow(NOON + nth * HOUR);
      handed.push(await hand(id));
    }
    expect(await inPages((cursor) => listPendingReviews(ctx, teacher, { limit: 2, cursor }))).toEqual([handed.slice(0, 2), handed.slice(2)]);
    for (const cursor of ["", "x", "12", ":asg_1", "1:a b"]) expect(await refusal(listGiven(ctx, teacher, { limit: 2, cursor })), cursor).toEqual(["invalid_input", "invalid", "cursor"]);
  });

  test("LES-1, LRN-9: an offset that the clocks do not show then is no due time", async () => {
    expect(await refusal(given({ offset: "+05:00" }))).toEqual(["invalid_input", "offset_not_shown", "dueTime"]);
  });
});

describe("LRN-9: files", () => {
  test("LRN-9: a student adds a file to what waits, and the log says whose it is; a file whose bytes are gone is not there", async () => {
    const submissionId = await hand(await given());
    const child = await as(family.childId);
    const fileId = await addFile(ctx, child, { of: "submission", ofId: submissionId }, PDF);
    expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, submissionId))).filter(({ action }) => action === "attachment.added")).toMatchObject([{ actorId: family.childId, childId: family.childId, schoolId: family.schoolId }]);
    expect((await readFile(ctx, await as(teacherId), fileId)).name).toBe("sums.pdf");
    await ctx.files.remove([(await ctx.db.select().from(attachments).where(eq(attachments.id, fileId)))[0]!.key]);
    for (const id of [fileId, "file_none"]) expect(await refusal(readFile(ctx, child, id))).toEqual(["not_found", "not_found", undefined]);
  });

  test("LRN-9: told by their bytes; too many, too large, empty, archives and films are refused, and nothing is left", async () => {
    const id = await given({}, []);
    const bytes = (...values: number[]) => ({ name: "x", bytes: new Uint8Array(values) });
    const zip = bytes(0x50, 0x4b, 3, 4, 0, 0);
    expect(await refusal(hand(id, {}, [zip]))).toEqual(["unsupported_media_type", "attachment_kind", "files"]);
    expect(await refusal(hand(id, {}, [file("page.txt", "<!doctype html><script>1</script>")]))).toEqual(["unsupported_media_type", "attachment_kind", "files"]);
    expect(await refusal(hand(id, {}, [bytes()]))).toEqual(["invalid_input", "file_empty", "files"]);
    expect(await refusal(hand(id, {}, Array.from({ length: 6 }, () => PDF)))).toEqual(["invalid_input", "files_too_many", "files"]);
    expect(await refusal(hand(id, {}, [{ name: "big.pdf", bytes: new Uint8Array(10 * 1024 * 1024 + 1) }]))).toEqual(["too_large", "attachment_too_large", "files"]);
    expect(await ctx.db.select().from(attachments).where(eq(attachments.studentId, family.childId))).toEqual([]);
  });

  test("LRN-9: an act that breaks off after the bytes were kept leaves a job that takes them away; one that comes through calls it off", async () => {
    const id = await given({}, []);
    await hand(id, {}, [PDF]);
    const waiting = async () => (await ctx.db.select().from(jobs).where(eq(jobs.kind, "remove-files"))).filter(({ status }) => status === "waiting");
    const before = (await waiting()).length;
    const kept: string[] = [];
    const broken = { ...ctx, files: { ...ctx.files, put: async (key: string, ...rest: [Uint8Array, string]) => { kept.push(key); await ctx.files.put(key, ...rest); throw new Error("gone"); } } } as typeof ctx;
    await expect(handIn(broken, await as(family.childId), id, { text: "", attempt: 2 }, [PDF])).rejects.toThrow("gone");
    expect(await ctx.files.get(kept[0]!)).not.toBeNull();
    expect((await waiting()).length).toBe(before + 1);
    ctx.setNow(NOON + 2 * HOUR);
    await runJobs(ctx);
    expect(await ctx.files.get(kept[0]!)).toBeNull();
    const [held] = await ctx.db.select().from(attachments).where(eq(attachments.studentId, family.childId));
    expect(await ctx.files.get(held!.key)).not.toBeNull();
  });

  test("LRN-9: what a teacher gives is read by those for whom it is, and by nobody else", async () => {
    const id = await given({ audience: "students", studentIds: [family.childId] });
    const [{ id: fileId } = { id: "" }] = (await readAssignment(ctx, await as(family.childId), id)).files;
    for (const reader of [teacherId, family.childId, family.guardianId, family.viewerId]) expect((await readFile(ctx, await as(reader), fileId)).name).toBe("sums.pdf");
    for (const stranger of [family.siblingId, family.adminId, (await makeFamily(ctx)).guardianId]) expect(await refusal(as(stranger).then((actor) => readFile(ctx, actor, fileId)))).toEqual(["not_found", "not_found", undefined]);
    ctx.setNow(NOON + DAY);
  });
});
