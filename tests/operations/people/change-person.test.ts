import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { findSetUpLink } from "#app/domain/identity/set-up-account.server.ts";
import { changePerson } from "#app/domain/people/change-person.server.ts";
import { deactivatePerson, reactivatePerson } from "#app/domain/people/deactivate-person.server.ts";
import { resetSignIn } from "#app/domain/people/reset-sign-in.server.ts";
import { consents } from "#db/schema/consent.ts";
import { decisionRules } from "#db/schema/budgets.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { passwords, sessions, users } from "#db/schema/identity.ts";
import { memberships, studentProfiles } from "#db/schema/schools.ts";
import { beforeCommit, failing, LOST } from "#tests/before-commit.ts";
import { actorOf, api, join, makeEnrolment, makeFamily, makeGuardianship, makeOwner, makeSchool, makeTeacher, makeUser, runJobs, signedIn, testContext, unique, type TestContext } from "#tests/world.ts";

type Person = { id: string; name: string; goal: string | null; email: string | null; managed: boolean; active: boolean; notShared: string[] };

async function office() {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const { schoolId } = family;
  const token = await signedIn(ctx, family.adminId, { steppedUp: true });
  /** Somebody whose account the school made. */
  const own = async (kind: "adult" | "child", role: "teacher" | "student" | "parent") => {
    const userId = await makeUser(ctx, kind);
    await ctx.db.update(users).set({ homeSchoolId: schoolId }).where(eq(users.id, userId));
    await join(ctx, userId, schoolId, role);
    return userId;
  };
  const ask = (method: string, userId: string, path = "", body?: unknown) => api(method, `/admin/users/${userId}${path}`, { token, body });
  const open = async (bearer: string) => (await api("GET", "/me", { token: bearer })).status;
  const statusOf = async (userId: string) => (await ctx.db.select({ status: users.status }).from(users).where(eq(users.id, userId)))[0]!.status;
  return { ctx, ...family, token, own, ask, open, statusOf };
}
const paths = async (answer: Response) => [answer.status, ...((((await answer.json()) as { errors?: { path: string }[] }).errors) ?? []).map(({ path }) => path)];

test("SCH-4: any field of an account that the school made, and of its own record", async () => {
  const { ctx, schoolId, own, ask } = await office();
  const student = await own("child", "student");
  const change = { name: "New Name", username: unique("new").slice(0, 30), birthDate: "2015-01-02", level: "grade-2", number: "N-1", goal: "Sings" };
  const answer = await ask("PATCH", student, "", change);
  expect([answer.status, await answer.json()]).toMatchObject([200, { ...change, managed: true }]);
  expect((await ask("PATCH", student, "", { goal: null })).status).toBe(200);
  expect(await ctx.db.select().from(studentProfiles).where(eq(studentProfiles.studentId, student))).toEqual([{ schoolId, studentId: student, number: "N-1", goal: null }]);
});

test("SCH-4: of a family's child or an adult with an account of their own only the school's part", async () => {
  const { ctx, schoolId, childId, ask } = await office();
  const teacherId = await makeTeacher(ctx, schoolId);
  expect((await ask("PATCH", childId, "", { level: "grade-7", goal: "Runs" })).status).toBe(200);
  expect((await ask("PATCH", teacherId, "", { specialisation: "Maths" })).status).toBe(200);
  for (const [who, wrong] of [[childId, { name: "Other" }], [childId, { username: "other-name" }], [teacherId, { email: "mine@example.test" }], [teacherId, { name: "Mine" }]] as const)
    expect(await paths(await ask("PATCH", who, "", wrong))).toEqual([400, Object.keys(wrong)[0]]);
  expect((await ask("POST", teacherId, "/password-reset", { way: "credential" })).status).toBe(409);
});

test("SCH-4: an account is no longer the school's when its owner is somebody elsewhere, or guards a child who is not its student", async () => {
  const { ctx, own, ask } = await office();
  const [teacher, parent] = [await own("adult", "teacher"), await own("adult", "parent")];
  await join(ctx, teacher, (await makeSchool(ctx)).schoolId, "teacher");
  await makeGuardianship(ctx, parent, await makeUser(ctx, "child"));
  for (const who of [teacher, parent]) {
    expect(((await (await ask("GET", who)).json()) as Person).managed).toBe(false);
    expect((await ask("POST", who, "/password-reset", { way: "credential" })).status).toBe(409);
  }
});

test.each([
  ["email", { email: "nonsense" }], ["level", { level: "grade-99" }], ["birthDate", { birthDate: "yesterday" }], ["birthDate", { birthDate: "2199-01-01" }], ["subjectIds", { subjectIds: ["sub_none"] }], ["username", { username: null }], ["specialisation", { specialisation: "Maths" }],
])("SCH-4: a bad %s is refused at its field", async (path, wrong) => {
  const { own, ask } = await office();
  expect(await paths(await ask("PATCH", await own("child", "student"), "", wrong))).toContain(path);
});

test("SCH-4: a duplicate address is refused at its field, whoever has it", async () => {
  const { ctx, adminId, own, ask } = await office();
  const [admin] = await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, adminId));
  expect(await paths(await ask("PATCH", await own("adult", "teacher"), "", { email: admin!.email }))).toEqual([400, "email"]);
});

test("SCH-4: deactivated, sign-in stops at once; taken up again, everything is as it was", async () => {
  const { ctx, own, ask, open, statusOf } = await office();
  const teacher = await own("adult", "teacher");
  const bearer = await signedIn(ctx, teacher);
  expect(await open(bearer)).toBe(200);
  expect([(await ask("DELETE", teacher)).status, (await ask("DELETE", teacher)).status]).toEqual([204, 204]);
  expect([await open(bearer), await statusOf(teacher)]).toEqual([401, "deactivated"]);
  expect(await ctx.db.select().from(sessions).where(eq(sessions.userId, teacher))).toEqual([]);
  expect((await ask("POST", teacher, "/reactivation")).status).toBe(204);
  expect([await open(await signedIn(ctx, teacher)), await statusOf(teacher)]).toEqual([200, "active"]);
});

test("FAM-7, SCH-4: what somebody lent of their rights ends with their account; what is their own waits for them", async () => {
  const { ctx, own, ask } = await office();
  const [lender, child, aunt] = [await own("adult", "parent"), await own("child", "student"), await makeUser(ctx, "adult", "Aunt")];
  await makeGuardianship(ctx, lender, child, { isPrimary: true });
  const lent = await makeGuardianship(ctx, aunt, child, { delegatedBy: lender, endsAt: Date.now() + 86_400_000, relationship: "other" });
  expect((await actorOf(ctx, aunt)).wards).toHaveLength(1);
  expect((await ask("DELETE", lender)).status).toBe(204);
  expect((await actorOf(ctx, aunt)).wards).toEqual([]);
  expect((await ask("POST", lender, "/reactivation")).status).toBe(204);
  expect([(await actorOf(ctx, aunt)).wards.length, (await actorOf(ctx, lender)).wards.length]).toEqual([0, 1]);
  const [row] = await ctx.db.select().from(guardianships).where(eq(guardianships.id, lent));
  expect(row).toMatchObject({ active: false, delegatedBy: lender });
  expect(row!.endsAt).toBeLessThanOrEqual(Date.now());
  expect(await ctx.db.select().from(decisionRules).where(eq(decisionRules.childId, child))).toHaveLength(1);
});

test("SCH-4: who has a life beside the school keeps their own account, and loses the school at once", async () => {
  const { ctx, schoolId, childId, ask, open, statusOf } = await office();
  const teacherId = await makeTeacher(ctx, schoolId);
  await makeEnrolment(ctx, { schoolId, studentId: childId, teacherId });
  const bearer = await signedIn(ctx, teacherId);
  expect((await ask("DELETE", teacherId)).status).toBe(204);
  expect([await open(bearer), await statusOf(teacherId)]).toEqual([200, "active"]);
  expect((await api("GET", `/schools/${schoolId}`, { token: bearer })).status).toBe(404);
});

test("SCH-4: nobody deactivates their own account, an administrator no owner, and the last owner stays", async () => {
  const { ctx, schoolId, adminId, ask } = await office();
  const [ownerId, secondId] = [await makeOwner(ctx, schoolId), await makeOwner(ctx, schoolId)];
  expect([(await ask("DELETE", adminId)).status, (await ask("DELETE", ownerId)).status, (await ask("PATCH", ownerId, "", { specialisation: "x" })).status]).toEqual([409, 403, 403]);
  const owners = await Promise.all([ownerId, secondId].map((id) => actorOf(ctx, id, { steppedUp: true })));
  const both = await Promise.allSettled([deactivatePerson(ctx, owners[0]!, schoolId, secondId), deactivatePerson(ctx, owners[1]!, schoolId, ownerId)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await ctx.db.$count(memberships, and(eq(memberships.schoolId, schoolId), eq(memberships.role, "school_owner"), eq(memberships.active, true)))).toBe(1);
});

test("SCH-5: a reset gives a one-time sign-in, ends every session and the old password, and must be confirmed", async () => {
  const { ctx, adminId, own, ask, open } = await office();
  const student = await own("child", "student");
  const bearer = await signedIn(ctx, student);
  const unproven = await signedIn(ctx, adminId);
  expect((await api("POST", `/admin/users/${student}/password-reset`, { token: unproven, body: { way: "credential" } })).status).toBe(403);
  const [old] = await ctx.db.select().from(passwords).where(eq(passwords.userId, student));
  const { signInName, secret } = (await (await ask("POST", student, "/password-reset", { way: "credential" })).json()) as { signInName: string; secret: string };
  expect(await open(bearer)).toBe(401);
  expect((await ctx.db.select().from(passwords).where(eq(passwords.userId, student)))[0]).toMatchObject({ mustChange: true });
  expect((await ctx.db.select().from(passwords).where(eq(passwords.userId, student)))[0]!.hash).not.toBe(old!.hash);
  expect((await api("POST", "/auth/tokens", { body: { identifier: signInName, password: secret } })).status).toBe(201);
  expect(await paths(await ask("POST", student, "/password-reset", { way: "link" }))).toEqual([400, "way"]);
});

test("CON-1, SCH-4: what a family keeps from the administration is not on the person's page; name and level are", async () => {
  const { ctx, childId, guardianId, ask } = await office();
  await ask("PATCH", childId, "", { goal: "Runs" });
  const shut = (dataType: "profile" | "contact") => ctx.db.insert(consents).values({ childId, dataType, recipient: "school_administration", granted: false, setBy: guardianId, setAt: ctx.clock.now() });
  expect((await (await ask("GET", childId)).json()) as Person).toMatchObject({ goal: "Runs", notShared: ["media"] });
  await shut("profile");
  await shut("contact");
  const seen = (await (await ask("GET", childId)).json()) as Person;
  expect(seen).toMatchObject({ goal: null, notShared: ["profile", "contact", "media"] });
  expect(seen.name).toContain("Child");
});

test("SCH-4: an adult keeps an address to sign in with; a username or number that somebody has is refused at its field", async () => {
  const { ctx, childId, own, ask } = await office();
  const [teacher, one, other] = [await own("adult", "teacher"), await own("child", "student"), await own("child", "student")];
  await ctx.db.update(users).set({ username: "taken-7" }).where(eq(users.id, childId));
  expect((await ask("PATCH", one, "", { number: "N-7" })).status).toBe(200);
  for (const [who, wrong, problem] of [[teacher, { email: null }, "email"], [other, { username: "taken-7" }, "username"], [other, { number: "N-7" }, "number"]] as const)
    expect(await paths(await ask("PATCH", who, "", wrong)), problem).toEqual([400, problem]);
});

test("SCH-4, SCH-5: links that were mailed lead nowhere once the address is put right or another way in is given", async () => {
  const { ctx, own, ask } = await office();
  const wrong = `${unique("mistyped")}@example.test`;
  const teacher = await own("adult", "teacher");
  const mailed = async (email: string) => {
    expect((await ask("POST", teacher, "/password-reset", { way: "link" })).status).toBe(200);
    ctx.setNow(Date.now());
    await runJobs(ctx);
    const mails = await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email)).orderBy(mailboxMessages.id);
    const token = /welcome\/([\w-]+)/.exec(mails.at(-1)!.body)![1]!;
    expect((await findSetUpLink(ctx, token))?.userId).toBe(teacher);
    return token;
  };
  await ctx.db.update(users).set({ email: wrong }).where(eq(users.id, teacher));
  const first = await mailed(wrong);
  const right = `${unique("right")}@example.test`;
  expect((await ask("PATCH", teacher, "", { email: right })).status).toBe(200);
  expect(await findSetUpLink(ctx, first)).toBeNull();
  const second = await mailed(right);
  expect(await (await ask("POST", teacher, "/password-reset", { way: "credential" })).json()).toMatchObject({ secret: expect.any(String) });
  expect(await findSetUpLink(ctx, second)).toBeNull();
});

test("SCH-4: who has their own account, and a family's child, come back with their roles; a sign-in that was not stopped is not started", async () => {
  const { ctx, schoolId, childId, ask, statusOf } = await office();
  const teacherId = await makeTeacher(ctx, schoolId);
  const activeOf = async (userId: string) => (await ctx.db.select().from(memberships).where(and(eq(memberships.userId, userId), eq(memberships.schoolId, schoolId)))).map(({ active }) => active);
  for (const who of [teacherId, childId]) {
    expect([(await ask("DELETE", who)).status, await activeOf(who), (await ask("POST", who, "/reactivation")).status, await activeOf(who), await statusOf(who)]).toEqual([204, [false], 204, [true], "active"]);
  }
});

test("SCH-5: nobody resets their own sign-in here; an adult's is handed over under the address", async () => {
  const { ctx, adminId, own, ask } = await office();
  const own409 = await ask("POST", adminId, "/password-reset", { way: "credential" });
  expect([own409.status, ((await own409.json()) as { code: string }).code]).toEqual([409, "conflict"]);
  const teacher = await own("adult", "teacher");
  const [{ email }] = (await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, teacher))) as [{ email: string }];
  expect(await (await ask("POST", teacher, "/password-reset", { way: "credential" })).json()).toMatchObject({ signInName: email });
});

test("FAM-11, SCH-4: a child from whom an administrator is kept away is nobody to them", async () => {
  const { ctx, schoolId, adminId, childId, ask } = await office();
  expect((await ask("GET", childId)).status).toBe(200);
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("rest"), childId, personId: adminId, schoolId, reason: "Court", setBy: adminId, startsAt: 0, createdAt: 0 });
  expect([(await ask("GET", childId)).status, (await ask("PATCH", childId, "", { level: "grade-7" })).status, (await ask("DELETE", childId)).status]).toEqual([404, 404, 404]);
});

test("SCH-4, SCH-5: an account that is no longer the school's by the time of the act is not touched; a database that fails is no such thing", async () => {
  const { ctx, schoolId, adminId, own } = await office();
  const admin = await actorOf(ctx, adminId, { steppedUp: true });
  const { schoolId: elsewhere } = await makeSchool(ctx);
  const acts: Record<string, [reason: string, act: (at: TestContext, userId: string) => Promise<unknown>]> = {
    change: ["not_managed", (at, userId) => changePerson(at, admin, schoolId, userId, { name: "Other" })],
    reset: ["not_managed", (at, userId) => resetSignIn(at, admin, schoolId, userId, "credential")],
    deactivate: ["conflict", (at, userId) => deactivatePerson(at, admin, schoolId, userId)],
  };
  for (const [name, [reason, act]] of Object.entries(acts)) {
    const teacher = await own("adult", "teacher");
    const stateOf = async () => [
      await ctx.db.select({ name: users.name, status: users.status }).from(users).where(eq(users.id, teacher)), await ctx.db.select({ hash: passwords.hash }).from(passwords).where(eq(passwords.userId, teacher)),
      await ctx.db.select({ active: memberships.active }).from(memberships).where(and(eq(memberships.userId, teacher), eq(memberships.schoolId, schoolId))),
    ];
    const before = await stateOf();
    await expect(act(failing(ctx), teacher), name).rejects.toBe(LOST);
    await expect(act(beforeCommit(ctx, () => join(ctx, teacher, elsewhere, "teacher")), teacher), name).rejects.toMatchObject({ code: "conflict", reason });
    expect(await stateOf(), name).toEqual(before);
  }
  const rested = await own("adult", "teacher");
  await deactivatePerson(ctx, admin, schoolId, rested);
  await expect(reactivatePerson(beforeCommit(ctx, () => join(ctx, rested, elsewhere, "teacher")), admin, schoolId, rested)).rejects.toMatchObject({ code: "conflict" });
});
