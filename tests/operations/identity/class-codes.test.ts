import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#app/domain/clock.ts";
import { getClassToOpen, makeClassCode, shutClass } from "#app/domain/identity/open-class.server.ts";
import { setPin } from "#app/domain/identity/set-pin.server.ts";
import { listClass, signInByClass } from "#app/domain/identity/sign-in-by-class.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { loginAttempts, sessions, users } from "#db/schema/identity.ts";
import { notifications } from "#db/schema/notifications.ts";
import { classCodes, classes, enrolments, memberships, terms } from "#db/schema/schools.ts";
import { actorOf, api, assignTutor, join, makeEnrolment, makeFamily, makeTeacher, makeTutor, makeUser, PIN, send, testContext, type Family, type TestContext } from "#tests/world.ts";
import { Visitor } from "#tests/visitor.ts";
import { outcomesOf } from "./people.ts";

let ctx: TestContext;
let family: Family;
let school: { teacherId: string; classId: string; subjectId: string };
const nameOf = async (userId: string) => (await ctx.db.select().from(users).where(eq(users.id, userId)).get())!;

beforeAll(async () => {
  ctx = testContext();
  family = await makeFamily(ctx);
  const teacherId = await makeTeacher(ctx, family.schoolId);
  school = { teacherId, ...(await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId })) };
});

const codeOf = async (at = ctx) => (await makeClassCode(at, await actorOf(at, school.teacherId), school.classId)).code;
const enter = async (code: string, pin: string, at = ctx) => signInByClass(at, { code, student: (await listClass(at, code))![0]!.student, pin }, "browser");

test("AUTH-11: a teacher of the class or the school's administration makes the code, and nobody else knows of the class", async () => {
  const other = await makeTeacher(ctx, family.schoolId);
  for (const userId of [school.teacherId, family.adminId]) expect((await getClassToOpen(ctx, await actorOf(ctx, userId), school.classId)).schoolId).toBe(family.schoolId);
  for (const userId of [other, family.guardianId, family.childId, await makeTeacher(ctx, (await makeFamily(ctx)).schoolId)])
    await expect(makeClassCode(ctx, await actorOf(ctx, userId), school.classId)).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
});

test("AUTH-11: the code shows short names of who is in the class now, and nothing else", async () => {
  const at = testContext();
  const code = await codeOf(at);
  const [, last = ""] = (await nameOf(family.childId)).name.split(" ");
  const list = (await listClass(at, code))!;
  expect(list).toHaveLength(1);
  expect(JSON.stringify(list)).not.toContain(family.childId);
  expect(list[0]!.name).toBe((await nameOf(family.childId)).name.split(" ")[0] + (last === "" ? "" : ` ${last[0]}.`));
  const page = await (await send("GET", `/sign-in/class/${await codeOf(testContext(Date.now()))}`)).text();
  for (const secret of [family.childId, family.schoolId, school.classId, (await nameOf(family.childId)).username!]) expect(page).not.toContain(secret);

  for (const undo of [
    async () => { await at.db.update(enrolments).set({ endsAt: at.clock.now() }).where(eq(enrolments.classId, school.classId)); return () => at.db.update(enrolments).set({ endsAt: null }).where(eq(enrolments.classId, school.classId)); },
    async () => { await at.db.update(memberships).set({ active: false }).where(eq(memberships.userId, family.childId)); return () => at.db.update(memberships).set({ active: true }).where(eq(memberships.userId, family.childId)); },
    async () => { await at.db.update(users).set({ status: "deactivated" }).where(eq(users.id, family.childId)); return () => at.db.update(users).set({ status: "active" }).where(eq(users.id, family.childId)); },
  ]) {
    const again = await undo();
    expect(await listClass(at, await codeOf(at))).toEqual([]);
    await again();
  }
});

describe("AUTH-11: the code", () => {
  test("is stored as a digest, typed in any way, and worthless once there is a newer one", async () => {
    const first = await codeOf();
    expect(JSON.stringify(await ctx.db.select().from(classCodes))).not.toContain(first);
    expect(await listClass(ctx, first.toUpperCase().replace("-", " "))).toHaveLength(1);
    const second = await codeOf();
    expect([await listClass(ctx, first), (await listClass(ctx, second))?.length]).toEqual([null, 1]);
    await expect(signInByClass(ctx, { code: first, student: "x", pin: PIN }, "browser")).rejects.toThrow(expect.objectContaining({ fields: [{ path: "code", message: "class_code_lapsed" }] }));
  });

  test("two made at the same instant leave one that works", async () => {
    const codes = await Promise.all([codeOf(), codeOf(), codeOf()]);
    expect((await Promise.all(codes.map((code) => listClass(ctx, code)))).filter((list) => list !== null)).toHaveLength(1);
  });

  test("can be ended, and ends by itself after 120 days or with the term", async () => {
    const at = testContext();
    const code = await codeOf(at);
    await shutClass(at, await actorOf(at, school.teacherId), school.classId);
    expect(await listClass(at, code)).toBeNull();
    const next = await makeClassCode(at, await actorOf(at, school.teacherId), school.classId);
    expect(next.expiresAt).toBe(at.clock.now() + 120 * DAY);
    const termId = at.ids.make("term");
    await at.db.insert(terms).values({ id: termId, schoolId: family.schoolId, name: "Term 3", kind: "term", startsOn: "2026-08-24", endsOn: "2026-12-04", createdAt: 0 });
    await at.db.update(classes).set({ termId }).where(eq(classes.id, school.classId));
    const short = await makeClassCode(at, await actorOf(at, school.teacherId), school.classId);
    expect(short.expiresAt).toBe(Date.parse("2026-12-05T00:00:00+03:00"));
    at.setNow(short.expiresAt - 1);
    expect(await listClass(at, short.code)).toHaveLength(1);
    at.setNow(short.expiresAt);
    expect(await listClass(at, short.code)).toBeNull();
    // A term that is over says nothing of how long the class goes on.
    await at.db.update(terms).set({ endsOn: "2026-11-01" }).where(eq(terms.id, termId));
    expect((await makeClassCode(at, await actorOf(at, school.teacherId), school.classId)).expiresAt).toBe(at.clock.now() + 120 * DAY);
    await at.db.update(classes).set({ termId: null }).where(eq(classes.id, school.classId));
  });
});

describe("AUTH-11: name and PIN", () => {
  test("sign the child in for a school day, and stand in the login history", async () => {
    const at = testContext();
    const session = await enter(await codeOf(at), PIN, at);
    expect(session.expiresAt - at.clock.now()).toBe(12 * HOUR);
    const [last] = (await at.db.select().from(loginAttempts).where(eq(loginAttempts.userId, family.childId)).orderBy(loginAttempts.id)).slice(-1);
    expect(last).toMatchObject({ method: "class_code", outcome: "success" });
    expect((await at.db.select().from(sessions).where(eq(sessions.id, session.sessionId)).get())?.userId).toBe(family.childId);
  });

  test("say the same of a wrong PIN and of a name that is not there", async () => {
    const at = testContext();
    const code = await codeOf(at);
    const said = async (student: string) => signInByClass(at, { code, student, pin: "9137" }, "browser").catch((error: unknown) => JSON.stringify(error));
    expect(await said((await listClass(at, code))![0]!.student)).toBe(await said("somebody"));
  });

  test("lock after ten wrong PINs, here and at the other door, and one door's tries count at the other", async () => {
    const at = testContext();
    const one = await makeFamily(at);
    const teacherId = await makeTeacher(at, one.schoolId);
    const { classId } = await makeEnrolment(at, { schoolId: one.schoolId, studentId: one.childId, teacherId });
    const { code } = await makeClassCode(at, await actorOf(at, teacherId), classId);
    const { username } = await nameOf(one.childId);
    for (let i = 0; i < 5; i++) await signIn(at, { identifier: username!, password: "9137" }, "browser").catch(() => undefined);
    const tried = await Promise.allSettled(Array.from({ length: 12 }, () => enter(code, "9137", at)));
    expect(tried.filter((one) => (one as PromiseRejectedResult).reason.code === "unauthenticated")).toHaveLength(5);
    await expect(enter(code, PIN, at)).rejects.toThrow(expect.objectContaining({ code: "rate_limited" }));
    await expect(signIn(at, { identifier: username!, password: PIN }, "browser")).rejects.toThrow(expect.objectContaining({ code: "rate_limited" }));
    // A guardian's new PIN lifts the lock.
    await setPin(at, await actorOf(at, one.guardianId, { steppedUp: true }), one.childId, "8241");
    await enter(code, "8241", at);
    expect((await outcomesOf(at, one.childId)).filter((outcome) => outcome === "rate_limited").length).toBeGreaterThan(0);
  });

  test("lock the code too, when somebody tries through the whole class", async () => {
    const at = testContext();
    at.setNow(at.clock.now() + DAY);
    const code = await codeOf(at);
    const tried = await Promise.allSettled(Array.from({ length: 45 }, (_, n) => signInByClass(at, { code, student: `nobody-${n}`, pin: "9137" }, "browser")));
    expect(tried.filter((one) => (one as PromiseRejectedResult).reason.code === "rate_limited")).toHaveLength(5);
    at.setNow(at.clock.now() + 25 * MINUTE);
    await enter(code, PIN, at);
  }, 60_000);
});

describe("AUTH-11: a child's PIN", () => {
  test("is given by a guardian with every right, a teacher or the administration, after a step-up", async () => {
    const at = testContext();
    const tutorId = await makeTutor(at, family.schoolId);
    await assignTutor(at, { schoolId: family.schoolId, studentId: family.childId, tutorId });
    for (const userId of [family.guardianId, family.otherGuardianId, school.teacherId, family.adminId]) {
      await expect(setPin(at, await actorOf(at, userId), family.childId, "8241")).rejects.toThrow(expect.objectContaining({ code: "step_up_required" }));
      await setPin(at, await actorOf(at, userId, { steppedUp: true }), family.childId, "8241");
    }
    for (const [userId, code] of [[family.viewerId, "forbidden"], [family.childId, "forbidden"], [tutorId, "forbidden"], [await makeUser(at, "adult"), "not_found"], [(await makeFamily(at)).guardianId, "not_found"], [await makeTeacher(at, family.schoolId), "not_found"]] as const)
      await expect(setPin(at, await actorOf(at, userId, { steppedUp: true }), family.childId, "8241"), userId).rejects.toThrow(expect.objectContaining({ code }));
    await setPin(at, await actorOf(at, family.guardianId, { steppedUp: true }), family.childId, PIN);
  });

  test("ends the child's sessions, tells the other guardians, and may not be a weak one", async () => {
    const at = testContext();
    const one = await makeFamily(at);
    await actorOf(at, one.childId);
    await at.db.update(users).set({ birthDate: "2014-03-05" }).where(eq(users.id, one.childId));
    for (const [pin, message] of [["1234", "pin_guessable"], ["0000", "pin_guessable"], ["0503", "pin_guessable"], ["12", "pin_figures"], ["abcd", "pin_figures"]] as const)
      await expect(setPin(at, await actorOf(at, one.guardianId, { steppedUp: true }), one.childId, pin), pin).rejects.toThrow(expect.objectContaining({ fields: [{ path: "pin", message }] }));
    await setPin(at, await actorOf(at, one.guardianId, { steppedUp: true }), one.childId, "8241");
    expect(await at.db.select().from(sessions).where(eq(sessions.userId, one.childId))).toEqual([]);
    const told = (await at.db.select().from(notifications).where(eq(notifications.childId, one.childId))).filter((note) => note.type === "security.pin_set").map((note) => note.userId);
    expect(told.sort()).toEqual([one.otherGuardianId, one.viewerId].sort());
  });
});

test("AUTH-11: a child that signs in by an address alone gets a PIN too; of one whose account rests nobody knows", async () => {
  const at = testContext();
  const one = await makeFamily(at);
  const guardian = await actorOf(at, one.guardianId, { steppedUp: true });
  await at.db.update(users).set({ username: null, email: `${one.childId}@example.test`.toLowerCase() }).where(eq(users.id, one.childId));
  await setPin(at, guardian, one.childId, "8241");
  await signIn(at, { identifier: `${one.childId}@example.test`.toLowerCase(), password: "8241" }, "bearer");
  await at.db.update(users).set({ status: "deactivated" }).where(eq(users.id, one.siblingId));
  await expect(setPin(at, guardian, one.siblingId, "8241")).rejects.toMatchObject({ code: "not_found" });
});

test("AUTH-11: by pages without scripts: the teacher makes a code, the child chooses its name and types the PIN", async () => {
  const live = testContext(Date.now());
  const one = await makeFamily(live);
  const teacherId = await makeTeacher(live, one.schoolId);
  const { classId } = await makeEnrolment(live, { schoolId: one.schoolId, studentId: one.childId, teacherId });
  await join(live, teacherId, one.schoolId, "school_staff");
  const { visitor } = await import("#tests/visit.ts");
  const teacher = await visitor(live, teacherId);
  expect(await (await teacher.open(`/classes/${classId}/code`)).text()).toContain("There is no code for this class.");
  const made = await (await teacher.post(`/classes/${classId}/code`, { act: "make" })).text();
  const code = /<code>([a-z2-9-]{11})<\/code>/.exec(made)![1]!;
  expect(made).toContain("<svg");
  const child = new Visitor();
  expect((await child.post("/sign-in/child", { by: "class", classCode: code })).headers.get("Location")).toBe(`/sign-in/class/${code}`);
  const page = await (await child.get(`/sign-in/class/${code}`)).text();
  const student = /name="student" value="([^"]+)"/.exec(page)![1]!;
  const wrong = await child.post(`/sign-in/class/${code}`, { student, pin: "9137" });
  expect([wrong.status, (await wrong.text()).includes("This PIN is not right.")]).toEqual([401, true]);
  const done = await child.post(`/sign-in/class/${code}`, { student, pin: PIN });
  expect([done.status, done.headers.get("Location")]).toEqual([303, "/home"]);
  expect((await child.get("/home")).status).toBe(200);
  expect((await teacher.post(`/classes/${classId}/code`, { act: "end" })).headers.get("Location")).toBe(`/classes/${classId}/code?ended`);
  expect((await child.get(`/sign-in/class/${code}`)).status).toBe(404);
  expect((await api("POST", `/auth/class-codes/${code}/tokens`, { body: { student, pin: PIN } })).status).toBe(400);
});
