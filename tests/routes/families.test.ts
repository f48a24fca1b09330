import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { familyMembers, guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { makeFamily, makeUser, runJobs, testContext, unique, type TestContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";
import { fieldsOf, Visitor } from "#tests/visitor.ts";

const familiesOf = (ctx: TestContext, userId: string) => ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, userId));
const typed = (more: Record<string, string> = {}) => ({ "name": "The Mwangis", "currency": "kes", "timeZone": "Africa/Nairobi", "decisionWindowHours": "48", "rows.students": "2", "rows.guardians": "1", ...more });

test("FAM-1, EDGE-1: one form makes a family with children and an invited adult", async () => {
  const ctx = testContext(Date.now());
  const userId = await makeUser(ctx, "adult");
  const person = await visitor(ctx, userId);
  const page = await (await person.open("/families/new")).text();
  const repeat = new Map(fieldsOf(page)).get("repeat")!;
  const username = unique("amina");
  // The first row was left empty: nothing is made of it, and the choices on their defaults say nothing.
  const form = typed({ repeat, "students.1.name": "Amina", "students.1.username": username, "students.1.level": "pp2", "guardians.0.relationship": "parent", "guardians.0.may": "look" });
  const answers = await Promise.all([person.post("/families/new", form), person.post("/families/new", form)]);
  expect(answers.map((answer) => [answer.status, answer.headers.get("Location")])).toEqual([[303, "/family?done=made"], [303, "/family?done=made"]]);
  expect(await familiesOf(ctx, userId)).toHaveLength(1);
  expect(await ctx.db.select().from(users).where(eq(users.username, username))).toMatchObject([{ name: "Amina", level: "pp2", kind: "child" }]);
  const family = await (await person.open("/family?done=made")).text();
  expect(family).toContain("The family is made.");
  expect(family).toContain("48 hours");
});

test("FAM-1, EDGE-1: another row is asked for by a button that keeps everything typed, and makes nothing", async () => {
  const ctx = testContext(Date.now());
  const userId = await makeUser(ctx, "adult");
  const person = await visitor(ctx, userId);
  const answer = await person.post("/families/new", typed({ "students.0.name": "Amina", "students.0.pin": "2580", "add": "students" }));
  const page = await answer.text();
  expect(answer.status).toBe(200);
  for (const kept of ['value="Amina"', 'value="2580"', 'value="The Mwangis"', 'name="students.2.username"', 'name="rows.students" value="3"']) expect(page).toContain(kept);
  expect(page).not.toContain('name="students.3.username"');
  expect(await familiesOf(ctx, userId)).toEqual([]);
});

test("FAM-1: what is wrong is said at its row, with everything typed still there", async () => {
  const ctx = testContext(Date.now());
  const userId = await makeUser(ctx, "adult");
  const other = await makeFamily(ctx);
  const taken = (await ctx.db.select().from(users).where(eq(users.id, other.childId)))[0]!.username!;
  const person = await visitor(ctx, userId);
  const answer = await person.post("/families/new", typed({ "students.0.name": "Amina", "students.0.username": unique("amina"), "students.1.name": "Juma", "students.1.username": taken }));
  const page = await answer.text();
  expect(answer.status).toBe(400);
  expect(page).toContain('href="#students.1.username"');
  expect(page).toContain("This username is taken.");
  for (const kept of ['value="Amina"', 'value="Juma"', `value="${taken}"`]) expect(page).toContain(kept);
  expect(await familiesOf(ctx, userId)).toEqual([]);
});

test("FAM-2, EDGE-1: change, put away and bring back by plain forms", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const person = await visitor(ctx, family.guardianId);
  const form = { act: "change", familyId: family.familyId, name: "The Kamaus", address: "", timeZone: "Africa/Kampala", decisionWindowHours: "24" };
  const wrong = await person.post(`/family?change=${family.familyId}`, { ...form, timeZone: "Kampala" });
  expect([wrong.status, (await wrong.text()).includes('value="Kampala"')]).toEqual([400, true]);
  expect((await person.post(`/family?change=${family.familyId}`, form)).headers.get("Location")).toBe("/family?done=changed");
  expect(await (await person.open("/family")).text()).toContain("The Kamaus");
  expect(await (await person.open(`/family?delete=${family.familyId}`)).text()).toContain("Nothing is lost.");
  await person.post("/family", { act: "delete", familyId: family.familyId });
  const away = await (await person.open("/family?done=deleted")).text();
  expect(away).toContain("Bring it back");
  await person.post("/family", { act: "restore", familyId: family.familyId });
  expect(await (await person.open("/family")).text()).not.toContain("Families put away");
});

test("FAM-2, FAM-6: family pages take two round trips, and show nothing of a foreign family", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeFamily(ctx)];
  const person = await visitor(ctx, family.guardianId);
  for (const path of ["/family", "/family/people", `/family?change=${other.familyId}`]) {
    const answer = await person.open(path);
    expect(answer.headers.get("Server-Timing")).toContain("2 trips");
    expect(await answer.text()).not.toMatch(new RegExp([other.familyId, other.childId, other.guardianId].join("|")));
  }
});

test("FAM-6, AUTH-8: changing rights on the page asks for a step-up, then does it", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const id = (await ctx.db.select().from(guardianships).where(and(eq(guardianships.guardianId, family.viewerId), eq(guardianships.childId, family.childId))))[0]!.id;
  const form = { act: "change", preset: "own", canViewProgress: "yes", canTalkWithTeachers: "yes", relationship: "grandparent", contactPriority: "4" };
  const plain = await visitor(ctx, family.guardianId);
  expect(await (await plain.open(`/family/people/${id}?do=change`)).text()).toContain('name="canViewProgress"');
  expect((await plain.post(`/family/people/${id}`, form)).status).toBe(403);
  const proven = await visitor(ctx, family.guardianId, { steppedUp: true });
  expect((await proven.post(`/family/people/${id}`, form)).headers.get("Location")).toBe(`/family/people/${id}?done=guardianship`);
  expect((await ctx.db.select().from(guardianships).where(eq(guardianships.id, id)))[0]).toMatchObject({ canViewProgress: true, canTalkWithTeachers: true, canApprovePurchases: false, relationship: "grandparent", contactPriority: 4 });
});

test("FAM-8, EDGE-1: invite on the page, follow the mailed link, join", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const primary = await visitor(ctx, family.guardianId, { steppedUp: true });
  const email = `${unique("aunt")}@example.test`;
  const form = { act: "invite", familyId: family.familyId, name: "Aunt", email, relationship: "other", preset: "viewer", joinsFamily: "yes", [`child.${family.childId}`]: "yes", [`child.${family.siblingId}`]: "yes" };
  const bad = await primary.post("/family/people/invite", { ...form, email: "no address" });
  expect([bad.status, (await bad.text()).includes('value="no address"')]).toEqual([400, true]);
  const invited = await primary.post("/family/people/invite", form);
  expect(invited.headers.get("Location")).toBe("/family/people?done=invited");
  expect(await (await primary.open("/family/people")).text()).toContain(email);
  ctx.setNow(Date.now());
  await runJobs(ctx);
  const link = /http:\/\/localhost(\/join\/\S+)/.exec((await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email)))[0]!.body)![1]!;
  const stranger = await (await new Visitor().get(link)).text();
  expect(stranger).toContain(`/sign-in?to=${encodeURIComponent(link)}`);
  expect(stranger).not.toContain("You become a guardian of");
  const aunt = await visitor(ctx, await makeUser(ctx, "adult"));
  expect(await (await aunt.open(link)).text()).toContain("You become a guardian of Child, Sibling");
  expect((await aunt.post(link, { answer: "accept" })).headers.get("Location")).toBe("/family?done=joined");
  expect((await aunt.open(`/children/${family.childId}`)).status).toBe(200);
  expect((await new Visitor().post(link, { answer: "decline" })).status).toBe(409);
});

test("FAM-1, EDGE-1: a child is added to a family by a plain form that keeps what was typed, but not the PIN", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const person = await visitor(ctx, family.guardianId);
  const path = `/family?child=${family.familyId}`;
  const repeat = new Map(fieldsOf(await (await person.open(path)).text())).get("repeat")!;
  const form = { act: "new-child", familyId: family.familyId, repeat, name: "Baraka", username: unique("baraka"), level: "pp1", pin: "1234" };
  const refused = await person.post(path, form);
  const page = await refused.text();
  expect(refused.status).toBe(400);
  for (const kept of ["This PIN is too easy to guess.", 'value="Baraka"', `value="${form.username}"`, `value="${repeat}"`]) expect(page).toContain(kept);
  expect(page).not.toContain('value="1234"');
  const added = await person.post(path, { ...form, pin: "2580" });
  expect([added.status, added.headers.get("Location")]).toEqual([303, "/family?done=newChild"]);
  expect(await (await person.open("/family?done=newChild")).text()).toContain("Baraka");
  expect(await (await person.open("/children")).text()).toContain(`href="/family?child=${family.familyId}"`);
});
