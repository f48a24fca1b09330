import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createPerson } from "#app/domain/people/create-person.server.ts";
import { NewPersonInput } from "#app/domain/people/inputs.ts";
import { familyMembers, guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { auditEvents, jobs } from "#db/schema/operation.ts";
import { memberships, schoolInvitations, staffProfiles, studentProfiles, tutorAssignments } from "#db/schema/schools.ts";
import { beforeCommit, failing, LOST } from "#tests/before-commit.ts";
import { actorOf, api, join, makeFamily, makeSchool, makeTeacher, makeTutor, makeUser, signedIn, testContext, unique, type TestContext } from "#tests/world.ts";

type Created = { id: string | null; signInName: string | null; secret: string | null };
type Problem = { code: string; errors?: { path: string; message: string }[] };

async function office() {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const token = await signedIn(ctx, school.adminId, { steppedUp: true });
  const add = (body: unknown, headers = {}) => api("POST", "/admin/users", { token, body, headers });
  return { ctx, ...school, add, made: async (body: unknown) => (await (await add(body)).json()) as Created };
}
const paths = async (answer: Response) => [answer.status, ...(((await answer.json()) as Problem).errors ?? []).map(({ path }) => path)];
const emailOf = async (ctx: TestContext, userId: string) => (await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, userId)))[0]!.email!;

test("SCH-2: a student with level, number, goal, tutor and two guardians, one of them new, in one act", async () => {
  const { ctx, schoolId, add } = await office();
  const tutorId = await makeTutor(ctx, schoolId);
  const parentId = await makeUser(ctx, "adult", "Parent");
  await join(ctx, parentId, schoolId, "parent");
  const email = `${unique("new")}@example.test`;
  const answer = await add({ role: "student", name: "Asha Mwende", level: "grade-4", birthDate: "2016-05-01", number: "A-7", goal: "Reads", tutorId, guardians: [{ userId: parentId, relationship: "parent" }, { name: "Rose", email }] });
  expect(answer.status).toBe(201);
  const { id, signInName, secret } = (await answer.json()) as Created;
  expect(signInName).toMatch(/^asha\.mwende\./);
  const [student] = await ctx.db.select().from(users).where(eq(users.id, id!));
  expect(student).toMatchObject({ kind: "child", name: "Asha Mwende", level: "grade-4", birthDate: "2016-05-01", homeSchoolId: schoolId });
  expect(await ctx.db.select().from(studentProfiles).where(eq(studentProfiles.studentId, id!))).toMatchObject([{ schoolId, number: "A-7", goal: "Reads" }]);
  expect(await ctx.db.select().from(tutorAssignments).where(eq(tutorAssignments.studentId, id!))).toMatchObject([{ schoolId, tutorId, endsAt: null }]);
  const circle = await ctx.db.select().from(guardianships).where(eq(guardianships.childId, id!)).orderBy(guardianships.contactPriority);
  expect(circle).toMatchObject([{ guardianId: parentId, relationship: "parent", isPrimary: true, canApprovePurchases: true }, { isPrimary: false, canApprovePurchases: false, canViewProgress: true }]);
  const [rose] = await ctx.db.select().from(users).where(eq(users.email, email));
  expect(circle[1]!.guardianId).toBe(rose!.id);
  expect(await ctx.db.select().from(memberships).where(eq(memberships.userId, rose!.id))).toMatchObject([{ schoolId, role: "parent", active: true }]);
  expect((await ctx.db.select().from(jobs)).some((job) => job.kind === "mail-set-up" && JSON.stringify(job.payload).includes(rose!.id))).toBe(true);
  // The sign-in works once handed over, and opens nothing but choosing an own one.
  const session = await api("POST", "/auth/tokens", { body: { identifier: signInName, password: secret } });
  expect(session.status).toBe(201);
  expect((await api("GET", "/families/none", { token: ((await session.json()) as { token: string }).token })).status).toBe(403);
  const acts = await ctx.db.select().from(auditEvents).where(eq(auditEvents.childId, id!));
  expect(acts.map(({ action }) => action).sort()).toEqual(["guardianship.created", "guardianship.created", "person.created", "tutor.assigned"]);
  expect(acts.every((act) => act.schoolId === schoolId) && !JSON.stringify(acts).includes(secret!)).toBe(true);
});

test("SCH-2: staff with subjects or a specialisation; an administrator too", async () => {
  const { ctx, schoolId, made } = await office();
  const tutor = await made({ role: "tutor", name: "Brian", specialisation: "Chemistry", way: "credential" });
  expect(tutor.secret).not.toBeNull();
  expect(await ctx.db.select().from(staffProfiles).where(eq(staffProfiles.staffId, tutor.id!))).toMatchObject([{ schoolId, specialisation: "Chemistry", subjectIds: [] }]);
  const admin = await made({ role: "school_admin", name: "Ada", email: `${unique("ada")}@example.test` });
  expect([admin.id !== null, admin.secret]).toEqual([true, null]);
});

test("SCH-2: a guardian that a school makes has a family, into which the first child comes", async () => {
  const { ctx, made } = await office();
  const child = await made({ role: "student", name: "Kito" });
  const parent = await made({ role: "parent", name: "Rose", email: `${unique("rose")}@example.test`, studentIds: [child.id] });
  const homes = await ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, parent.id!));
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, child.id!))).toMatchObject([{ familyId: homes[0]!.familyId, role: "student" }]);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.childId, child.id!))).toMatchObject([{ guardianId: parent.id, isPrimary: true }]);
});

test("SCH-2: an address that is at the school already is said at its field; one known elsewhere gets an invitation, and nothing of its owner is told", async () => {
  const { ctx, schoolId, add } = await office();
  const teacherId = await makeTeacher(ctx, schoolId);
  expect(await paths(await add({ role: "tutor", name: "Again", email: await emailOf(ctx, teacherId) }))).toEqual([400, "email"]);
  const elsewhere = await makeUser(ctx, "adult", "Secret Name");
  const answer = await add({ role: "teacher", name: "Typed Name", email: await emailOf(ctx, elsewhere), way: "credential" });
  expect([answer.status, await answer.json()]).toEqual([201, { id: null, signInName: null, secret: null }]);
  expect(await ctx.db.select().from(memberships).where(eq(memberships.userId, elsewhere))).toEqual([]);
  expect(await ctx.db.select().from(schoolInvitations).where(eq(schoolInvitations.schoolId, schoolId))).toMatchObject([{ name: "Typed Name", roles: ["teacher"], status: "pending" }]);
  const child = await makeUser(ctx, "child");
  await ctx.db.update(users).set({ email: "kid@example.test" }).where(eq(users.id, child));
  for (const role of ["student", "teacher"]) expect(await paths(await add({ role, name: "Kid", email: "kid@example.test" }))).toEqual([400, "email"]);
});

test("SCH-2: a child of another family is never linked by its username", async () => {
  const { ctx, add } = await office();
  const { childId } = await makeFamily(ctx);
  const [child] = await ctx.db.select({ username: users.username }).from(users).where(eq(users.id, childId));
  expect(await paths(await add({ role: "student", name: "Child", username: child!.username!.slice(0, 30) }))).toEqual([400, "username"]);
});

test.each([
  ["name", { name: "" }], ["email", { email: "nonsense" }], ["username", { username: "A b" }], ["level", { level: "grade-99" }], ["birthDate", { birthDate: "2016-02-31" }], ["birthDate", { birthDate: "2199-01-01" }],
  ["tutorId", { tutorId: "user_nobody" }], ["guardians.0.userId", { guardians: [{ userId: "user_nobody" }] }], ["guardians.0.name", { guardians: [{ email: "a@b.example" }] }], ["guardians.0.email", { guardians: [{ name: "A" }] }],
  ["guardians.1.email", { guardians: [{ name: "A", email: "a@b.example" }, { name: "B", email: "a@b.example" }] }], ["email", { way: "link" }],
])("SCH-2: a bad %s is said at its field, and nobody is made", async (path, wrong) => {
  const { ctx, schoolId, add } = await office();
  const before = await ctx.db.$count(memberships, eq(memberships.schoolId, schoolId));
  expect(await paths(await add({ role: "student", name: "Good", ...wrong }))).toEqual([400, path]);
  expect(await ctx.db.$count(memberships, eq(memberships.schoolId, schoolId))).toBe(before);
});

test("SCH-2: the same key makes one person, and shows the secret once", async () => {
  const { add } = await office();
  const body = { role: "student", name: "Twice" };
  const [first, second] = [(await (await add(body, { "Idempotency-Key": "k" })).json()) as Created, (await (await add(body, { "Idempotency-Key": "k" })).json()) as Created];
  expect([second.id, second.secret]).toEqual([first.id, null]);
  expect((await add({ ...body, name: "Other" }, { "Idempotency-Key": "k" })).status).toBe(409);
});

test("SCH-2: two students with one number: the second is told at the field", async () => {
  const { add } = await office();
  await add({ role: "student", name: "One", number: "7" });
  expect(await paths(await add({ role: "student", name: "Two", number: "7" }))).toEqual([400, "number"]);
});

test("SCH-2: without confirming who one is nobody is added", async () => {
  const { ctx, adminId } = await office();
  expect((await api("POST", "/admin/users", { token: await signedIn(ctx, adminId), body: { role: "student", name: "A" } })).status).toBe(403);
});

test("SCH-2: a guardian named by address is appointed who is one here, gets the role who works here, and is asked who is elsewhere", async () => {
  const { ctx, schoolId, made } = await office();
  const [parent, teacher, elsewhere] = [await makeUser(ctx, "adult", "Parent"), await makeTeacher(ctx, schoolId), await makeUser(ctx, "adult", "Elsewhere")];
  await join(ctx, parent, schoolId, "parent");
  const guardians = await Promise.all([parent, teacher, elsewhere].map(async (userId) => ({ name: "Typed", email: await emailOf(ctx, userId) })));
  const { id } = await made({ role: "student", name: "Kito", guardians });
  const circle = await ctx.db.select().from(guardianships).where(eq(guardianships.childId, id!)).orderBy(guardianships.contactPriority);
  expect(circle.map(({ guardianId, isPrimary }) => [guardianId, isPrimary])).toEqual([[parent, true], [teacher, false]]);
  const rolesOf = async (userId: string) => (await ctx.db.select().from(memberships).where(eq(memberships.userId, userId))).map(({ role }) => role).sort();
  expect([await rolesOf(parent), await rolesOf(teacher), await rolesOf(elsewhere)]).toEqual([["parent"], ["parent", "teacher"], []]);
  expect(await ctx.db.select().from(schoolInvitations).where(eq(schoolInvitations.schoolId, schoolId))).toMatchObject([{ name: "Typed", email: guardians[2]!.email, roles: ["parent"], studentIds: [id], status: "pending" }]);
});

test("SCH-2: the same key invites once, and says so again", async () => {
  const { ctx, schoolId, add } = await office();
  const body = { role: "teacher", name: "Typed", email: await emailOf(ctx, await makeUser(ctx, "adult")) };
  for (let time = 0; time < 2; time++) expect(await (await add(body, { "Idempotency-Key": "k" })).json()).toEqual({ id: null, signInName: null, secret: null });
  expect(await ctx.db.$count(schoolInvitations, eq(schoolInvitations.schoolId, schoolId))).toBe(1);
});

test("SCH-2: two acts under the same key at the same instant make one person, whose secret one of them is shown", async () => {
  const { ctx, schoolId, adminId } = await office();
  const admin = await actorOf(ctx, adminId, { steppedUp: true });
  const create = (at: TestContext) => createPerson(at, admin, schoolId, NewPersonInput.parse({ role: "student", name: "Twice" }), { key: "k", fingerprint: "same" });
  const firsts: Awaited<ReturnType<typeof create>>[] = [];
  const second = await create(beforeCommit(ctx, async () => firsts.push(await create(ctx))));
  expect(firsts).toMatchObject([{ secret: expect.any(String) }]);
  expect(second).toEqual({ userId: firsts[0]!.userId, signInName: null, secret: null });
  expect(await ctx.db.$count(memberships, and(eq(memberships.schoolId, schoolId), eq(memberships.role, "student")))).toBe(1);
});

test("SCH-2: what somebody else took in between is said at its field, a guardian who left is a conflict, and a database that fails is neither; nobody is made", async () => {
  const { ctx, schoolId, adminId } = await office();
  const admin = await actorOf(ctx, adminId, { steppedUp: true });
  const [parentId, word] = [await makeUser(ctx, "adult", "Parent"), unique("taken")];
  await join(ctx, parentId, schoolId, "parent");
  const email = `${word}@example.test`;
  const student = { role: "student", name: "Late" };
  const take = (taken: Partial<typeof users.$inferInsert>) => async () => ctx.db.update(users).set(taken).where(eq(users.id, await makeUser(ctx, "adult")));
  const create = (at: TestContext, input: object) => createPerson(at, admin, schoolId, NewPersonInput.parse(input));
  const at = (path: string, message: string) => ({ code: "invalid_input", fields: [{ path, message }] });
  await expect(create(beforeCommit(ctx, take({ email })), { role: "teacher", name: "Late", email })).rejects.toMatchObject(at("email", "email_in_use"));
  await expect(create(beforeCommit(ctx, take({ username: word })), { ...student, username: word })).rejects.toMatchObject(at("username", "username_taken"));
  const left = () => ctx.db.delete(memberships).where(eq(memberships.userId, parentId));
  await expect(create(beforeCommit(ctx, left), { ...student, guardians: [{ userId: parentId }] })).rejects.toMatchObject({ code: "conflict", reason: "conflict" });
  await expect(create(failing(ctx), student)).rejects.toBe(LOST);
  expect(await ctx.db.$count(users, eq(users.name, "Late"))).toBe(0);
});
