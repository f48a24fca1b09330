import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { consents } from "#db/schema/consent.ts";
import { familyContacts, guardianships, restrictions } from "#db/schema/families.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { api, makeEnrolment, makeFamily, makeTeacher, signedIn, testContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

type View = { id: string; name: string; phone: string; note: string | null };

async function household() {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const path = `/families/${family.familyId}/contacts`;
  const as = async (userId: string) => {
    const token = await signedIn(ctx, userId);
    return { get: async (at = path) => api("GET", at, { token }), post: async (body: object) => api("POST", path, { token, body }), patch: async (id: string, body: object) => api("PATCH", `${path}/${id}`, { token, body }), remove: async (id: string) => api("DELETE", `${path}/${id}`, { token }) };
  };
  const driver = { name: "Juma", relationship: "driver", phone: "0712 345 678", mayPickUp: true };
  const names = async (answer: Response) => ((await answer.json()) as { items: View[] }).items.map((contact) => contact.name);
  return { ctx, family, as, driver, names };
}

test("FAM-9: added with a checked number, changed, removed; the audit log names nobody", async () => {
  const { ctx, family, as, driver, names } = await household();
  const mother = await as(family.guardianId);
  for (const [body, field] of [[{ ...driver, phone: "12" }, "phone"], [{ ...driver, name: " " }, "name"], [{ ...driver, mayPickUp: false }, "isEmergency"], [{ ...driver, childId: "user_nobody" }, "childId"]] as const) {
    const refused = await mother.post(body);
    expect([refused.status, await refused.json()]).toMatchObject([400, { errors: [{ path: field }] }]);
  }
  const added = await mother.post(driver);
  const made = (await added.json()) as View;
  expect([added.status, made]).toMatchObject([201, { phone: "+254712345678", childId: null, isEmergency: false, note: null }]);
  expect(await (await mother.patch(made.id, { note: "   ", relationship: "uncle" })).json()).toMatchObject({ relationship: "uncle", note: null });
  expect((await mother.patch(made.id, { mayPickUp: false })).status).toBe(400);
  expect(await names(await mother.get())).toEqual(["Juma"]);
  expect((await mother.remove(made.id)).status).toBe(204);
  expect((await mother.remove(made.id)).status).toBe(404);
  expect(await names(await mother.get())).toEqual([]);
  const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, made.id));
  expect(events.map((event) => event.action)).toEqual(["contact.added", "contact.changed", "contact.removed"]);
  expect(JSON.stringify(events)).not.toMatch(/Juma|712345678/);
});

test("FAM-9, siblings: a guardian of one child learns nothing of a contact that is for the other only", async () => {
  const { ctx, family, as, driver, names } = await household();
  await ctx.db.update(guardianships).set({ active: false }).where(and(eq(guardianships.childId, family.siblingId), eq(guardianships.guardianId, family.otherGuardianId)));
  const [mother, father] = [await as(family.guardianId), await as(family.otherGuardianId)];
  const forSibling = (await (await mother.post({ ...driver, name: "Only sibling", childId: family.siblingId })).json()) as View;
  await mother.post({ ...driver, name: "Only child", childId: family.childId });
  await mother.post({ ...driver, name: "Both" });
  expect(await names(await mother.get())).toEqual(["Only sibling", "Only child", "Both"]);
  expect(await names(await father.get())).toEqual(["Only child", "Both"]);
  expect(await names(await father.get(`/children/${family.childId}/contacts`))).toEqual(["Only child", "Both"]);
  expect((await father.get(`/children/${family.siblingId}/contacts`)).status).toBe(404);
  expect([(await father.patch(forSibling.id, { note: "x" })).status, (await father.remove(forSibling.id)).status]).toEqual([404, 404]);
  expect((await father.post({ ...driver, childId: family.siblingId })).status).toBe(400);
  expect(await names(await (await as(family.childId)).get())).toEqual(["Only child", "Both"]);
  const page = await visitor(ctx, family.otherGuardianId);
  const html = await (await page.open("/family/people/contacts")).text();
  expect([html.includes("Only child"), html.includes("Only sibling"), html.includes(family.siblingId)]).toEqual([true, false, false]);
});

test("FAM-9, CON-2: the school's administration and teachers see them as far as consent for contact says; the kept away see none", async () => {
  const { ctx, family, as, driver, names } = await household();
  await (await as(family.guardianId)).post(driver);
  const teacherId = await makeTeacher(ctx, family.schoolId);
  await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId });
  const at = `/children/${family.childId}/contacts`;
  const [admin, teacher, father] = [await as(family.adminId), await as(teacherId), await as(family.otherGuardianId)];
  expect(await names(await admin.get(at))).toEqual(["Juma"]);
  expect((await teacher.get(at)).status).toBe(403);
  const say = (recipient: "teachers" | "school_administration" | "other_guardians", granted: boolean) => ctx.db.insert(consents).values({ childId: family.childId, dataType: "contact", recipient, granted, setBy: family.guardianId, setAt: 1 });
  await say("teachers", true);
  await say("school_administration", false);
  expect([(await teacher.get(at)).status, (await admin.get(at)).status]).toEqual([200, 403]);
  expect(await names(await father.get(at))).toEqual(["Juma"]);
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("rest"), childId: family.childId, personId: family.otherGuardianId, schoolId: family.schoolId, reason: "Court", setBy: family.adminId, startsAt: 1, createdAt: 1 });
  expect([(await father.get(at)).status, (await father.get()).status]).toEqual([404, 404]);
});

test("FAM-9: who has no right over a child keeps no contacts, and the page works as plain forms", async () => {
  const { ctx, family, as, driver } = await household();
  await ctx.db.update(guardianships).set({ canViewProgress: false, contactAs: "pick_up" }).where(eq(guardianships.guardianId, family.viewerId));
  expect((await (await as(family.viewerId)).post(driver)).status).toBe(403);
  const page = await visitor(ctx, family.guardianId);
  const form = { act: "add", familyId: family.familyId, name: "Asha", relationship: "aunt", phone: "0712345678", isEmergency: "yes", childId: family.childId };
  const refused = await page.post(`/family/people/contacts?add=${family.familyId}`, { ...form, phone: "12" });
  expect([refused.status, (await refused.text()).includes('value="Asha"')]).toEqual([400, true]);
  expect((await page.post(`/family/people/contacts?add=${family.familyId}`, form)).headers.get("Location")).toBe("/family/people/contacts?done=add");
  const [row] = await ctx.db.select().from(familyContacts).where(eq(familyContacts.familyId, family.familyId));
  expect(row).toMatchObject({ childId: family.childId, isEmergency: true, mayPickUp: false, phone: "+254712345678" });
  expect((await page.post(`/family/people/contacts?remove=${row!.id}`, { act: "remove", familyId: family.familyId, contactId: row!.id })).status).toBe(303);
});

test("FAM-9: a family keeps thirty contacts, and no more", async () => {
  const { ctx, family, as, driver } = await household();
  const row = { familyId: family.familyId, childId: null, name: "Juma", relationship: "driver", phone: "+254712345678", isEmergency: false, mayPickUp: true, note: null, addedBy: family.guardianId, createdAt: 1 };
  for (let count = 0; count < 29; count++) await ctx.db.insert(familyContacts).values({ id: ctx.ids.make("con"), ...row });
  const guardian = await as(family.guardianId);
  expect((await guardian.post(driver)).status).toBe(201);
  const full = await guardian.post(driver);
  expect([full.status, await full.json()]).toMatchObject([409, { code: "conflict" }]);
  expect(await ctx.db.select().from(familyContacts).where(eq(familyContacts.familyId, family.familyId))).toHaveLength(30);
});
