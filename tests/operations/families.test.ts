import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { families, familyInvitations, familyMembers, guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { addStudent } from "#app/domain/families/add-student.server.ts";
import { changeFamily } from "#app/domain/families/change-family.server.ts";
import { deleteFamily } from "#app/domain/families/delete-family.server.ts";
import { getFamily } from "#app/domain/families/read-family.server.ts";
import { actorOf, api, listJobs, makeFamily, makeGuardianship, makeUser, runJobs, signedIn, testContext, unique } from "#tests/world.ts";

type View = { id: string; parentIds: string[]; studentIds: string[]; students: { id: string; username: string }[]; address: string | null; decisionWindowHours: number };
const asked = (more: object = {}) => ({ name: "The Otienos", currency: "KES", timeZone: "Africa/Nairobi", ...more });
const student = (name = "Zawadi") => ({ name, username: unique(name.toLowerCase()), level: "grade-3" });
const paths = async (answer: Response) => ((await answer.json()) as { errors?: { path: string }[] }).errors?.map((error) => error.path);

async function founder() {
  const ctx = testContext(Date.now());
  const userId = await makeUser(ctx, "adult");
  return { ctx, userId, token: await signedIn(ctx, userId) };
}
const make = (token: string, more: object = {}, headers: Record<string, string> = {}) => api("POST", "/families", { token, body: asked(more), headers });

test("FAM-1: a family is made with its children in one act, readable from both sides", async () => {
  const { ctx, userId, token } = await founder();
  const [zawadi, juma] = [{ ...student(), pin: "2580" }, student("Juma")];
  const answer = await make(token, { address: "Kilifi Road 4", students: [zawadi, juma], guardians: [{ name: "Baba", email: `${unique("baba")}@example.test` }] });
  expect(answer.status).toBe(201);
  const family = (await answer.json()) as View;
  expect(family.parentIds).toEqual([userId]);
  expect(family.students.map((child) => child.username)).toEqual([zawadi.username, juma.username]);
  for (const id of [userId, ...family.studentIds]) {
    const list = await api("GET", `/users/${id}/families`, { token });
    expect(((await list.json()) as { items: View[] }).items.map((item) => item.id)).toEqual([family.id]);
  }
  const rows = await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, userId));
  expect(rows).toHaveLength(2);
  expect(rows.every((row) => row.isPrimary && row.canApprovePurchases && row.canScheduleLessons && row.canViewProgress && row.canTalkWithTeachers)).toBe(true);
  expect((await api("POST", "/auth/tokens", { body: { identifier: zawadi.username, password: "2580" } })).status).toBe(201);
  const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.familyId, family.id));
  expect(events.map((event) => event.action).sort()).toEqual(["family.created", "family.invited", "guardianship.created", "guardianship.created"]);
  expect(JSON.stringify(events)).not.toContain("2580");
});

test("FAM-1: an adult is invited and not linked, the same for a known and an unknown address", async () => {
  const { ctx, token } = await founder();
  const known = await makeUser(ctx, "adult");
  const email = (await ctx.db.select().from(users).where(eq(users.id, known)))[0]!.email!;
  const strip = ({ parentIds, studentIds }: View) => ({ parents: parentIds.length, students: studentIds.length });
  const answers = [];
  for (const address of [email, `${unique("nobody")}@example.test`]) {
    const answer = await make(token, { guardians: [{ name: "Somebody", email: address }] });
    answers.push([answer.status, strip((await answer.json()) as View)]);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, known))).toEqual([]);
  expect(await ctx.db.select().from(familyInvitations).where(eq(familyInvitations.email, email))).toMatchObject([{ status: "pending" }]);
});

test("FAM-1: a child that exists is linked if it is mine, and refused at its field if it is not", async () => {
  const { ctx, userId, token } = await founder();
  const other = await makeFamily(ctx);
  const usernameOf = async (id: string) => (await ctx.db.select().from(users).where(eq(users.id, id)))[0]!.username!;
  const foreign = await make(token, { students: [student(), { username: await usernameOf(other.childId), name: "Mine now" }] });
  expect([foreign.status, await paths(foreign)]).toEqual([400, ["students.1.username"]]);
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, userId))).toEqual([]);
  await makeGuardianship(ctx, userId, other.childId);
  const own = await make(token, { students: [{ username: await usernameOf(other.childId) }] });
  expect(((await own.json()) as View).studentIds).toEqual([other.childId]);
  expect(await ctx.db.select().from(guardianships).where(and(eq(guardianships.guardianId, userId), eq(guardianships.childId, other.childId)))).toMatchObject([{ isPrimary: false }]);
});

test("FAM-1: the same Idempotency-Key makes one family, also at the same instant", async () => {
  const { ctx, userId, token } = await founder();
  const body = { students: [{ ...student(), pin: "4821" }], guardians: [{ name: "Baba", email: `${unique("baba")}@example.test` }] };
  const made = await Promise.all([1, 2, 3, 4].map(async () => ((await (await make(token, body, { "Idempotency-Key": "family-1" })).json()) as View).id));
  expect(new Set(made).size).toBe(1);
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, userId))).toHaveLength(1);
  expect((await make(token, { name: "Other words" }, { "Idempotency-Key": "family-1" })).status).toBe(409);
});

test("FAM-1: of two that want the same new username one gets it, and nothing of the other is there", async () => {
  const [one, two] = [await founder(), await founder()];
  const child = student();
  const answers = await Promise.all([one, two].map((each) => make(each.token, { students: [student("First"), child] })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 400]);
  const loser = answers[0]!.status === 400 ? one : two;
  expect(await paths(answers.find((answer) => answer.status === 400)!)).toEqual(["students.1.username"]);
  expect(await one.ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, loser.userId))).toEqual([]);
  expect(await one.ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, loser.userId))).toEqual([]);
  expect(await one.ctx.db.select().from(auditEvents).where(eq(auditEvents.actorId, loser.userId))).toEqual([]);
});

test.each([
  ["name", { name: " " }],
  ["name", { name: "Win at https://evil.example" }],
  ["currency", { currency: "KSH" }],
  ["timeZone", { timeZone: "Kilifi" }],
  ["decisionWindowHours", { decisionWindowHours: 0 }],
  ["decisionWindowHours", { decisionWindowHours: 337 }],
  ["students.0.username", { students: [{ ...student(), username: "x y" }] }],
  ["students.0.name", { students: [{ username: unique("noname") }] }],
  ["students.0.pin", { students: [{ ...student(), pin: "1234" }] }],
  ["students.0.pin", { students: [{ ...student(), pin: "7777" }] }],
  ["students.1.username", { students: [{ name: "A", username: "twins.of-one" }, { name: "B", username: "Twins.of-one" }] }],
  ["guardians.0.email", { guardians: [{ name: "Baba", email: "not an address" }] }],
])("FAM-1: a bad %s is refused there", async (path, wrong) => {
  const { ctx, userId, token } = await founder();
  const answer = await make(token, wrong);
  expect([answer.status, await paths(answer)]).toEqual([400, [path]]);
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, userId))).toEqual([]);
});

test("FAM-1: a child makes no family", async () => {
  const ctx = testContext(Date.now());
  expect((await make(await signedIn(ctx, await makeUser(ctx, "child")))).status).toBe(403);
});

test("FAM-1: a family of ten children and six adults is one write of fewer than fifty statements", async () => {
  const { ctx, token } = await founder();
  const answer = await make(token, { students: Array.from({ length: 10 }, () => student()), guardians: Array.from({ length: 6 }, () => ({ name: "Aunt", email: `${unique("aunt")}@example.test` })) });
  expect(((await answer.json()) as View).studentIds).toHaveLength(10);
  expect((await listJobs(ctx)).filter((job) => job.kind === "mail-invitation").length).toBeGreaterThanOrEqual(6);
  await runJobs(ctx);
});

test("FAM-2: a family shows each guardian their own children only, and a stranger nothing", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeFamily(ctx)];
  const aunt = await makeUser(ctx, "adult");
  await ctx.db.insert(familyMembers).values({ familyId: family.familyId, userId: aunt, role: "guardian", joinedAt: Date.now() });
  await makeGuardianship(ctx, aunt, family.childId);
  const read = async (userId: string) => (await (await api("GET", `/families/${family.familyId}`, { token: await signedIn(ctx, userId) })).json()) as View;
  expect((await read(family.guardianId)).studentIds.sort()).toEqual([family.childId, family.siblingId].sort());
  expect((await read(aunt)).studentIds).toEqual([family.childId]);
  expect((await read(family.childId)).studentIds).toEqual([family.childId]);
  expect((await api("GET", `/families/${family.familyId}`, { token: await signedIn(ctx, other.guardianId) })).status).toBe(404);
});

test("FAM-2: reading takes the same number of round trips whatever the size", async () => {
  const { token } = await founder();
  const sizes = [];
  for (const size of [0, 8]) {
    const family = (await (await make(token, { students: Array.from({ length: size }, () => student()) })).json()) as View;
    sizes.push(/(\d+) trips/.exec((await api("GET", `/families/${family.id}`, { token })).headers.get("Server-Timing")!)![1]);
  }
  expect(sizes).toEqual(["2", "2"]);
});

test("FAM-2: change, with what it was on record; the window only by a primary guardian", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const [primary, viewer, child] = [await signedIn(ctx, family.guardianId), await signedIn(ctx, family.viewerId), await signedIn(ctx, family.childId)];
  const change = (token: string, body: object) => api("PATCH", `/families/${family.familyId}`, { token, body });
  expect(await (await change(viewer, { address: "New Road 1" })).json()).toMatchObject({ address: "New Road 1" });
  expect((await change(viewer, { decisionWindowHours: 5 })).status).toBe(403);
  expect((await change(child, { address: "Mars" })).status).toBe(403);
  expect(await (await change(primary, { decisionWindowHours: 48, address: null })).json()).toMatchObject({ decisionWindowHours: 48, address: null });
  const [, event] = await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.subjectId, family.familyId), eq(auditEvents.action, "family.changed")));
  expect(event!.details).toEqual({ old: { decisionWindowHours: 72, address: "New Road 1" }, new: { decisionWindowHours: 48, address: null } });
});

test("FAM-2: delete hides it from all, restore brings it back as it was", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const [primary, viewer] = [await signedIn(ctx, family.guardianId), await signedIn(ctx, family.viewerId)];
  const path = `/families/${family.familyId}`;
  const before = await (await api("GET", path, { token: primary })).json();
  expect((await api("DELETE", path, { token: viewer })).status).toBe(403);
  expect((await api("DELETE", path, { token: primary })).status).toBe(204);
  for (const token of [primary, viewer]) expect((await api("GET", path, { token })).status).toBe(404);
  expect((await api("POST", `${path}/restoration`, { token: await signedIn(ctx, (await makeFamily(ctx)).guardianId) })).status).toBe(404);
  const restored = await api("POST", `${path}/restoration`, { token: primary });
  expect([restored.status, await restored.json()]).toEqual([200, before]);
  expect((await ctx.db.select().from(families).where(eq(families.id, family.familyId)))[0]!.deletedAt).toBeNull();
});

test("FAM-3: my child goes into my second family; a foreign child and any adult are not found", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeFamily(ctx)];
  const token = await signedIn(ctx, family.guardianId);
  const second = (await (await make(token)).json()) as View;
  const put = (userId: string) => api("PUT", `/users/${userId}/families/${second.id}`, { token });
  expect(((await (await put(family.childId)).json()) as View).studentIds).toEqual([family.childId]);
  expect((await put(family.childId)).status).toBe(200);
  for (const userId of [other.childId, other.guardianId, family.otherGuardianId, "user_nobody"]) expect((await put(userId)).status).toBe(404);
  expect((await api("PUT", `/users/${family.childId}/families/${other.familyId}`, { token })).status).toBe(404);
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.familyId, second.id))).toHaveLength(2);
  expect((await api("DELETE", `/users/${family.childId}/families/${second.id}`, { token })).status).toBe(204);
  const only = await api("DELETE", `/users/${family.childId}/families/${family.familyId}`, { token });
  expect([only.status, await only.json()]).toMatchObject([409, { code: "conflict" }]);
});

test("FAM-3: families of another are not told, and of a ward only those that I am in", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeFamily(ctx)];
  await ctx.db.insert(familyMembers).values({ familyId: other.familyId, userId: family.childId, role: "student", joinedAt: Date.now() });
  const token = await signedIn(ctx, family.guardianId);
  const list = (await (await api("GET", `/users/${family.childId}/families`, { token })).json()) as { items: View[] };
  expect(list.items.map((item) => item.id)).toEqual([family.familyId]);
  for (const userId of [family.otherGuardianId, other.childId, "user_nobody"]) expect((await api("GET", `/users/${userId}/families`, { token })).status).toBe(404);
});

test("FAM-3: the last lasting guardian cannot leave, also when all leave at once", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const adults = [family.guardianId, family.otherGuardianId, family.viewerId];
  const tokens = await Promise.all(adults.map((userId) => signedIn(ctx, userId)));
  const answers = await Promise.all(adults.map((userId, at) => api("DELETE", `/users/${userId}/families/${family.familyId}`, { token: tokens[at]! })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([204, 204, 409]);
  const left = await ctx.db.select().from(familyMembers).where(and(eq(familyMembers.familyId, family.familyId), eq(familyMembers.role, "guardian")));
  expect(left).toHaveLength(1);
  expect(await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.subjectId, family.familyId), eq(auditEvents.action, "family.left")))).toHaveLength(2);
});

test("FAM-3: a guardian whose time is limited does not replace the one who leaves", async () => {
  const ctx = testContext(Date.now());
  const { userId, token } = await founder();
  const family = (await (await make(token, { students: [student()] })).json()) as View;
  const aunt = await makeUser(ctx, "adult");
  await ctx.db.insert(familyMembers).values({ familyId: family.id, userId: aunt, role: "guardian", joinedAt: Date.now() });
  await makeGuardianship(ctx, aunt, family.studentIds[0]!, { endsAt: Date.now() + 1_000_000 });
  expect((await api("DELETE", `/users/${userId}/families/${family.id}`, { token })).status).toBe(409);
});

test("FAM-3: another adult is taken out by a primary guardian only", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const path = `/users/${family.viewerId}/families/${family.familyId}`;
  expect((await api("DELETE", path, { token: await signedIn(ctx, family.otherGuardianId) })).status).toBe(403);
  expect((await api("DELETE", path, { token: await signedIn(ctx, family.guardianId) })).status).toBe(204);
  expect((await api("GET", `/families/${family.familyId}`, { token: await signedIn(ctx, family.viewerId) })).status).toBe(404);
});

test("FAM-1: a child born later comes into the family as one made with it: once, audited, its adder the primary guardian", async () => {
  const { ctx, userId, token } = await founder();
  const family = (await (await make(token)).json()) as View;
  const baby = { ...student("Baby"), pin: "2580" };
  const add = (body: object, key = baby.username) => api("POST", `/families/${family.id}/students`, { token, body, headers: { "Idempotency-Key": key } });
  const answers = await Promise.all([add(baby), add(baby)]);
  const again = await add(baby);
  expect([...answers, again].map((answer) => answer.status)).toEqual([201, 201, 201]);
  const [child] = ((await again.json()) as View).students;
  expect(child).toMatchObject({ username: baby.username });
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.childId, child!.id))).toMatchObject([{ guardianId: userId, isPrimary: true, canApprovePurchases: true }]);
  expect(await ctx.db.select().from(users).where(eq(users.id, child!.id))).toMatchObject([{ kind: "child", timeZone: "Africa/Nairobi" }]);
  const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.childId, child!.id));
  expect(events.map((event) => event.action).sort()).toEqual(["family.student_linked", "guardianship.created"]);
  expect(JSON.stringify(events)).not.toContain("2580");
});

test("FAM-1: a child that is somebody else's is refused at its field, and a family that is put away takes nobody", async () => {
  const { ctx, userId, token } = await founder();
  const family = (await (await make(token)).json()) as View;
  const other = await makeFamily(ctx);
  const [foreign] = await ctx.db.select().from(users).where(eq(users.id, other.childId));
  const taken = await api("POST", `/families/${family.id}/students`, { token, body: { username: foreign!.username, name: "Mine now" } });
  expect([taken.status, await paths(taken)]).toEqual([400, ["username"]]);
  const nameless = await api("POST", `/families/${family.id}/students`, { token, body: { username: unique("nameless") } });
  expect([nameless.status, await paths(nameless)]).toEqual([400, ["name"]]);
  const actor = await actorOf(ctx, userId);
  await deleteFamily(ctx, actor, family.id);
  const late = student("Late");
  await expect(addStudent(ctx, actor, family.id, late as never)).rejects.toMatchObject({ code: "not_found" });
  expect(await ctx.db.select().from(users).where(eq(users.username, late.username))).toEqual([]);
});

test("FAM-2: a family that was put away meanwhile is not changed, and not read", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const actor = await actorOf(ctx, family.guardianId);
  await deleteFamily(ctx, actor, family.familyId);
  await expect(changeFamily(ctx, actor, family.familyId, { name: "Other" })).rejects.toMatchObject({ code: "not_found" });
  await expect(getFamily(ctx, actor, family.familyId)).rejects.toMatchObject({ code: "not_found" });
});
