import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { addRole, leaveSchool, removeRole } from "#app/domain/schools/change-roles.server.ts";
import { createSubject } from "#app/domain/schools/teaching/subjects.server.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { memberships } from "#db/schema/schools.ts";
import { actorOf, api, join, makeFamily, makeOwner, makeSchool, makeStaff, makeTeacher, makeTutor, makeUser, signedIn, testContext, type TestContext } from "#tests/world.ts";

const rolesAt = async (ctx: TestContext, schoolId: string, userId: string) =>
  (await ctx.db.select({ role: memberships.role }).from(memberships).where(and(eq(memberships.schoolId, schoolId), eq(memberships.userId, userId)))).map(({ role }) => role).sort();
const problem = async (answer: Response) => { const { code, errors } = (await answer.json()) as { code: string; errors?: { path: string }[] }; return [answer.status, code, ...(errors ?? []).map(({ path }) => path)]; };

test("SCH-1: an adult founds a school and owns it; the same key founds one", async () => {
  const ctx = testContext(Date.now());
  const userId = await makeUser(ctx, "adult", "Founder");
  const token = await signedIn(ctx, userId);
  const body = { name: "Jua School", currency: "KES", timeZone: "Africa/Nairobi" };
  const asked = () => api("POST", "/schools", { token, body, headers: { "Idempotency-Key": "jua" } });
  const [first, second] = [(await (await asked()).json()) as { id: string }, (await (await asked()).json()) as { id: string }];
  expect(second.id).toBe(first.id);
  expect(await rolesAt(ctx, first.id, userId)).toEqual(["school_owner"]);
  expect(await (await api("GET", "/schools", { token })).json()).toMatchObject({ items: [{ id: first.id, name: "Jua School", roles: ["school_owner"] }] });
  expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.schoolId, first.id))).map(({ action }) => action)).toEqual(["school.founded"]);
});

test.each([
  [{ name: " " }, "name"], [{ name: "See https://x.test" }, "name"], [{ currency: "XXQ" }, "currency"], [{ timeZone: "Nairobi" }, "timeZone"],
])("SCH-1: a school cannot be founded with %o", async (wrong, path) => {
  const ctx = testContext(Date.now());
  const token = await signedIn(ctx, await makeUser(ctx, "adult"));
  expect(await problem(await api("POST", "/schools", { token, body: { name: "School", currency: "KES", timeZone: "Africa/Nairobi", ...wrong } }))).toEqual([400, "invalid_input", path]);
});

test("SCH-1: a child founds no school", async () => {
  const ctx = testContext(Date.now());
  const { childId } = await makeFamily(ctx);
  expect((await api("POST", "/schools", { token: await signedIn(ctx, childId), body: { name: "Ours", currency: "KES", timeZone: "Africa/Nairobi" } })).status).toBe(403);
});

test("SCH-1: another school is not found; who works or learns at a school sees it and administers nothing", async () => {
  const ctx = testContext(Date.now());
  const [ours, theirs] = [await makeSchool(ctx), await makeSchool(ctx)];
  const stranger = await signedIn(ctx, theirs.adminId, { steppedUp: true });
  for (const [method, path, body] of [["GET", "", undefined], ["PATCH", "", { name: "Mine" }], ["GET", "/members", undefined], ["POST", "/members", { userId: ours.adminId, role: "teacher" }]] as const)
    expect((await api(method, `/schools/${ours.schoolId}${path}`, { token: stranger, body })).status, `${method} ${path}`).toBe(404);
  for (const make of [makeTeacher, makeTutor, makeStaff]) {
    const token = await signedIn(ctx, await make(ctx, ours.schoolId), { steppedUp: true });
    expect((await api("GET", `/schools/${ours.schoolId}`, { token })).status).toBe(200);
    for (const path of [`/schools/${ours.schoolId}/members`, `/admin/users?schoolId=${ours.schoolId}`]) expect((await api("GET", path, { token })).status).toBe(403);
    expect((await api("PATCH", `/schools/${ours.schoolId}`, { token, body: { name: "Mine" } })).status).toBe(403);
  }
});

test("SCH-1: one person holds several roles; the last one stays, and each change is on record", async () => {
  const ctx = testContext(Date.now());
  const { schoolId, adminId } = await makeSchool(ctx);
  const teacherId = await makeTeacher(ctx, schoolId);
  const token = await signedIn(ctx, adminId, { steppedUp: true });
  expect((await api("POST", `/schools/${schoolId}/members`, { token, body: { userId: teacherId, role: "tutor" } })).status).toBe(204);
  expect(await problem(await api("POST", `/schools/${schoolId}/members`, { token, body: { userId: teacherId, role: "tutor" } }))).toEqual([409, "conflict"]);
  expect(await problem(await api("POST", `/schools/${schoolId}/members`, { token, body: { userId: teacherId, role: "student" } }))).toEqual([400, "invalid_input", "role"]);
  expect(await rolesAt(ctx, schoolId, teacherId)).toEqual(["teacher", "tutor"]);
  const drop = (role: string) => api("DELETE", `/schools/${schoolId}/members/${teacherId}/roles/${role}`, { token });
  expect([(await drop("teacher")).status, (await drop("tutor")).status, (await drop("school_staff")).status]).toEqual([204, 409, 404]);
  const acts = (await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, teacherId))).map(({ action, schoolId: at }) => [action, at]);
  expect(acts).toEqual([["school.role_added", schoolId], ["school.role_removed", schoolId]]);
  expect(await problem(await api("POST", `/schools/${schoolId}/members`, { token: await signedIn(ctx, adminId), body: { userId: teacherId, role: "tutor" } }))).toEqual([403, "step_up_required"]);
});

test("SCH-1: only an owner makes or unmakes owners", async () => {
  const ctx = testContext(Date.now());
  const { schoolId, adminId } = await makeSchool(ctx);
  const ownerId = await makeOwner(ctx, schoolId);
  const [admin, owner] = [await signedIn(ctx, adminId, { steppedUp: true }), await signedIn(ctx, ownerId, { steppedUp: true })];
  const promote = (token: string) => api("POST", `/schools/${schoolId}/members`, { token, body: { userId: adminId, role: "school_owner" } });
  expect([(await promote(admin)).status, (await promote(owner)).status]).toEqual([403, 204]);
  await api("POST", `/schools/${schoolId}/members`, { token: owner, body: { userId: ownerId, role: "teacher" } });
  expect((await api("DELETE", `/schools/${schoolId}/members/${adminId}/roles/school_owner`, { token: owner })).status).toBe(204);
  // By then the only owner.
  expect(await problem(await api("DELETE", `/schools/${schoolId}/members/${ownerId}/roles/school_owner`, { token: owner }))).toEqual([409, "conflict"]);
  expect(await problem(await api("DELETE", `/schools/${schoolId}/members/me`, { token: owner }))).toEqual([409, "conflict"]);
});

test("SCH-1: of two owners who leave at once, one stays", async () => {
  const ctx = testContext();
  const { schoolId } = await makeSchool(ctx);
  const owners = [await makeOwner(ctx, schoolId), await makeOwner(ctx, schoolId)];
  const actors = await Promise.all(owners.map((owner) => actorOf(ctx, owner, { steppedUp: true })));
  const left = await Promise.allSettled(actors.map((actor) => leaveSchool(ctx, actor, schoolId)));
  expect(left.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const stay = await Promise.all(owners.map((owner) => rolesAt(ctx, schoolId, owner)));
  expect(stay.flat()).toEqual(["school_owner"]);
});

test("SCH-1: an owner whose account rests counts for nothing; roles are each other's in no other school", async () => {
  const ctx = testContext();
  const [ours, theirs] = [await makeSchool(ctx), await makeSchool(ctx)];
  const [ownerId, otherId] = [await makeOwner(ctx, ours.schoolId), await makeOwner(ctx, ours.schoolId)];
  await join(ctx, ownerId, theirs.schoolId, "school_owner");
  await ctx.db.update(memberships).set({ active: false }).where(and(eq(memberships.userId, otherId), eq(memberships.schoolId, ours.schoolId)));
  await join(ctx, ownerId, ours.schoolId, "teacher");
  await expect(removeRole(ctx, await actorOf(ctx, ownerId, { steppedUp: true }), ours.schoolId, ownerId, "school_owner")).rejects.toMatchObject({ reason: "last_owner" });
  expect(await rolesAt(ctx, theirs.schoolId, ownerId)).toEqual(["school_owner"]);
});

test("SCH-1: a child learns at a school and is nothing else there", async () => {
  const ctx = testContext();
  const { schoolId, adminId, childId } = await makeFamily(ctx);
  const admin = await actorOf(ctx, adminId, { steppedUp: true });
  await expect(addRole(ctx, admin, schoolId, { userId: childId, role: "teacher" })).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "role", message: "role_for_adults" }] });
  await expect(addRole(ctx, admin, schoolId, { userId: await makeTeacher(ctx, schoolId), role: "student" })).rejects.toMatchObject({ fields: [{ path: "role", message: "role_for_children" }] });
  expect(await rolesAt(ctx, schoolId, childId)).toEqual(["student"]);
});

test("SCH-1: who was deactivated at the school gets no further role there", async () => {
  const ctx = testContext();
  const { schoolId, adminId } = await makeSchool(ctx);
  const teacherId = await makeTeacher(ctx, schoolId);
  await ctx.db.update(memberships).set({ active: false }).where(eq(memberships.userId, teacherId));
  await expect(addRole(ctx, await actorOf(ctx, adminId, { steppedUp: true }), schoolId, { userId: teacherId, role: "tutor" })).rejects.toMatchObject({ code: "not_found" });
  expect(await rolesAt(ctx, schoolId, teacherId)).toEqual(["teacher"]);
});

test.each<[string, (...asked: [ctx: TestContext, actor: Awaited<ReturnType<typeof actorOf>>, schoolId: string, teacherId: string]) => Promise<unknown>]>([
  ["a role is given", (ctx, actor, schoolId, userId) => addRole(ctx, actor, schoolId, { userId, role: "tutor" })],
  ["somebody leaves", (ctx, actor, schoolId) => leaveSchool(ctx, actor, schoolId)],
  ["a subject is made", (ctx, actor, schoolId) => createSubject(ctx, actor, schoolId, { name: "Latin", code: null })],
])("SCH-1: a database that fails while %s is told as that, and not as a refusal", async (_when, act) => {
  const ctx = testContext();
  const { schoolId, adminId } = await makeSchool(ctx);
  const [actor, teacherId] = [await actorOf(ctx, adminId, { steppedUp: true }), await makeTeacher(ctx, schoolId)];
  const failing = { ...ctx, db: new Proxy(ctx.db, { get: (db, key) => (key === "batch" ? () => Promise.reject(new Error("connection lost")) : (Reflect.get(db, key) as unknown)) }) };
  await expect(act(failing, actor, schoolId, teacherId)).rejects.toThrow(/^connection lost$/);
});
