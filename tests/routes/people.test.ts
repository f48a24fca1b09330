import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { memberships, schools } from "#db/schema/schools.ts";
import { join, makeFamily, makeOwner, makeSchool, makeUser, testContext, unique } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

const text = async (answer: Response) => (await answer.text()).replace(/<!-- -->/g, "");

test("SCH-1, EDGE-1: a school is founded by a plain form, and people are added to it", async () => {
  const ctx = testContext(Date.now());
  const person = await visitor(ctx, await makeUser(ctx, "adult", "Founder"), { steppedUp: true });
  expect((await person.open("/admin")).status).toBe(404);
  expect((await person.post("/admin/schools/new", { name: "", currency: "kes", timeZone: "Nowhere/City" })).status).toBe(400);
  const founded = await person.post("/admin/schools/new", { name: "Jua School", currency: "kes", timeZone: "Africa/Nairobi" });
  const schoolId = /school=(school_\w+)/.exec(founded.headers.get("Location")!)![1]!;
  expect(await text(await person.open(`/admin/school?school=${schoolId}&done=founded`))).toContain("Jua School");
  const wrong = await person.post("/admin/people/new?role=student", { schoolId, kind: "student", name: "Kito", birthDate: "tomorrow" });
  expect([wrong.status, (await text(wrong)).includes('value="tomorrow"')]).toEqual([400, true]);
  const made = await text(await person.post("/admin/people/new?role=student", { schoolId, kind: "student", name: "Kito", way: "credential" }));
  expect(made).toMatch(/<strong>kito\.\w+<\/strong>/);
  expect(await text(await person.open(`/admin/people?school=${schoolId}`))).toContain("Kito");
});

test("SCH-1: the school looked at is remembered in a cookie; one that is not one's own is not found", async () => {
  const ctx = testContext(Date.now());
  const [one, two, foreign] = [await makeSchool(ctx), await makeSchool(ctx), await makeSchool(ctx)];
  const ownerId = await makeOwner(ctx, one.schoolId);
  await join(ctx, ownerId, two.schoolId, "school_owner");
  const person = await visitor(ctx, ownerId);
  const [{ name }] = (await ctx.db.select({ name: schools.name }).from(schools).where(eq(schools.id, two.schoolId))) as [{ name: string }];
  const chosen = await person.open(`/admin?school=${two.schoolId}`);
  expect([chosen.headers.getSetCookie().some((line) => line.startsWith(`school=${two.schoolId};`)), (await text(chosen)).includes(`<p class="about">${name}</p>`)]).toEqual([true, true]);
  for (const path of ["/admin", "/admin/people", "/admin/school", `/admin/people/${one.adminId}`]) {
    const answer = await person.open(`${path}?school=${foreign.schoolId}`);
    expect([answer.status, answer.headers.getSetCookie()], path).toEqual([404, []]);
  }
  expect((await person.open(`/admin/people/${two.adminId}?school=${one.schoolId}`)).status).toBe(404);
});

test("SCH-3, EDGE-1: a guardian gets students by ticking boxes, and reads what was so already", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const auntId = await makeUser(ctx, "adult", "Aunt");
  await join(ctx, auntId, family.schoolId, "parent");
  const person = await visitor(ctx, family.adminId, { steppedUp: true });
  const at = `/admin/people?role=student&assign=${auntId}`;
  expect(await text(await person.open(at))).toContain(`name="student.${family.childId}"`);
  const form = (...ids: string[]) => ({ schoolId: family.schoolId, guardianId: auntId, ...Object.fromEntries(ids.map((id) => [`student.${id}`, "yes"])) });
  await person.post(at, form(family.childId));
  const answer = await text(await person.post(at, form(family.childId, family.siblingId)));
  expect(answer).toContain("1 assigned, 1 already were, 0 refused.");
  expect(await ctx.db.$count(guardianships, eq(guardianships.guardianId, auntId))).toBe(2);
  expect((await person.post(at, form())).status).toBe(400);
});

test("SCH-4, SCH-5, EDGE-1: a person is changed, given a role, given a new way in, deactivated and taken up again by plain forms", async () => {
  const ctx = testContext(Date.now());
  const { schoolId, adminId } = await makeSchool(ctx);
  const teacherId = await makeUser(ctx, "adult", "Teacher");
  await ctx.db.update(users).set({ homeSchoolId: schoolId }).where(eq(users.id, teacherId));
  await join(ctx, teacherId, schoolId, "teacher");
  const person = await visitor(ctx, adminId, { steppedUp: true });
  const at = `/admin/people/${teacherId}`;
  const act = (fields: Record<string, string>) => person.post(fields.act === "change" ? `${at}?ask=change` : at, { schoolId, ...fields });
  expect(await text(await person.open(`${at}?ask=change`))).toContain('name="fields"');
  const email = `${unique("new")}@example.test`;
  expect((await act({ act: "change", fields: "name email phone specialisation subjectIds", name: "New Name", email, specialisation: "Physics" })).headers.get("Location")).toBe(`${at}?done=changed`);
  expect((await ctx.db.select().from(users).where(eq(users.id, teacherId)))[0]).toMatchObject({ name: "New Name", email, phone: null });
  const emptied = await act({ act: "change", fields: "name email", email });
  expect([emptied.status, (await text(emptied)).includes("name-problem")]).toEqual([400, true]);
  await act({ act: "add-role", role: "tutor" });
  expect((await act({ act: "remove-role", role: "teacher" })).status).toBe(303);
  expect((await ctx.db.select().from(memberships).where(eq(memberships.userId, teacherId))).map(({ role }) => role)).toEqual(["tutor"]);
  expect(await text(await act({ act: "credential" }))).toContain("Hand this over now");
  await act({ act: "deactivate" });
  const page = await text(await person.open(at));
  expect([page.includes("Deactivated at this school"), page.includes("Take up again")]).toEqual([true, true]);
  await act({ act: "reactivate" });
  expect((await ctx.db.select().from(users).where(eq(users.id, teacherId)))[0]!.status).toBe("active");
  expect((await person.post(`/admin/people/${teacherId}`, { schoolId: (await makeSchool(ctx)).schoolId, act: "deactivate" })).status).toBe(404);
});
