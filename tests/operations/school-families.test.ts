import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { consents } from "#db/schema/consent.ts";
import { families, familyMembers, guardianships, restrictions } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { memberships } from "#db/schema/schools.ts";
import { listFamiliesOfSchool } from "#app/domain/families/list-families.server.ts";
import { visitor } from "#tests/visit.ts";
import { actorOf, api, join, makeFamily, makeSchool, signedIn, testContext, unique, type Family, type TestContext } from "#tests/world.ts";

type Listed = { id: string; name: string; status: string; programmes: string[]; students: { id: string; name: string }[]; guardians: { id: string }[] };
const listed = async (token: string, query = ""): Promise<Listed[]> => ((await (await api("GET", `/families${query}`, { token })).json()) as { items: Listed[] }).items;
const ids = (items: { id: string }[]) => items.map((item) => item.id).sort();
const rename = (ctx: TestContext, family: Family, change: Partial<typeof families.$inferInsert>) => ctx.db.update(families).set(change).where(eq(families.id, family.familyId));

async function town() {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const [one, two, elsewhere] = [await makeFamily(ctx, { school }), await makeFamily(ctx, { school }), await makeFamily(ctx)];
  return { ctx, school, one, two, elsewhere, admin: await signedIn(ctx, school.adminId) };
}

test("FAM-4: a school sees the families of its active students, by status and by programme, and no other", async () => {
  const { ctx, school, one, two, elsewhere, admin } = await town();
  await rename(ctx, one, { status: "inactive", preferredProgrammes: ["CBC", "IGCSE"] });
  await rename(ctx, two, { preferredProgrammes: ["cbc"] });
  expect(ids(await listed(admin))).toEqual([one.familyId, two.familyId].sort());
  expect(ids(await listed(admin, `?schoolId=${school.schoolId}&status=inactive`))).toEqual([one.familyId]);
  expect(ids(await listed(admin, "?program=CBC"))).toEqual([one.familyId, two.familyId].sort());
  expect(ids(await listed(admin, "?program=IGCSE&status=active"))).toEqual([]);
  expect((await api("GET", `/families?schoolId=${elsewhere.schoolId}`, { token: admin })).status).toBe(404);
  expect((await api("GET", "/families?status=sleeping", { token: admin })).status).toBe(400);
  await ctx.db.update(memberships).set({ active: false }).where(and(eq(memberships.schoolId, school.schoolId), eq(memberships.userId, one.childId)));
  expect((await listed(admin)).find((family) => family.id === one.familyId)!.students.map((student) => student.id)).toEqual([one.siblingId]);
  await rename(ctx, two, { deletedAt: Date.now() });
  expect(ids(await listed(admin))).toEqual([one.familyId]);
});

test("FAM-4: of a sibling at another school it learns nothing; of guardians what `contact` allows", async () => {
  const { ctx, school, one, admin } = await town();
  await ctx.db.delete(memberships).where(and(eq(memberships.schoolId, school.schoolId), eq(memberships.userId, one.siblingId)));
  await join(ctx, one.siblingId, (await makeSchool(ctx)).schoolId, "student");
  const seen = async () => (await listed(admin)).find((family) => family.id === one.familyId)!;
  expect((await seen()).students.map((student) => student.id)).toEqual([one.childId]);
  expect(ids((await seen()).guardians)).toEqual([one.guardianId, one.otherGuardianId, one.viewerId].sort());
  await ctx.db.update(guardianships).set({ active: false, endsAt: Date.now() }).where(and(eq(guardianships.childId, one.childId), eq(guardianships.guardianId, one.viewerId)));
  expect(ids((await seen()).guardians)).toEqual([one.guardianId, one.otherGuardianId].sort());
  await ctx.db.insert(consents).values({ childId: one.childId, dataType: "contact", recipient: "school_administration", granted: false, setAt: Date.now() });
  expect((await seen()).guardians).toEqual([]);
});

test("FAM-11: an administrator who is kept away from a child does not meet it in the list", async () => {
  const { ctx, school, one, admin } = await town();
  for (const childId of [one.childId, one.siblingId]) await ctx.db.insert(restrictions).values({ id: ctx.ids.make("restr"), childId, personId: school.adminId, schoolId: school.schoolId, reason: "Court", setBy: school.adminId, startsAt: Date.now() - 1, createdAt: Date.now() });
  expect(ids(await listed(admin))).not.toContain(one.familyId);
});

test("FAM-4: a guardian lists their own, with their own children alone", async () => {
  const { ctx, one, two } = await town();
  await rename(ctx, one, { preferredProgrammes: ["CBC"] });
  await ctx.db.insert(familyMembers).values({ familyId: two.familyId, userId: one.guardianId, role: "guardian", joinedAt: Date.now() });
  const token = await signedIn(ctx, one.guardianId);
  const mine = await listed(token);
  expect(ids(mine)).toEqual([one.familyId, two.familyId].sort());
  expect(mine.find((family) => family.id === two.familyId)!.students).toEqual([]);
  expect(ids(await listed(token, "?program=cbc"))).toEqual([one.familyId]);
  expect(await listed(token, "?status=inactive")).toEqual([]);
});

test("FAM-4: pages hold every family once, also a child in two families and families of several students", async () => {
  const { ctx, school, one, two, admin } = await town();
  for (let number = 0; number < 5; number++) await makeFamily(ctx, { school });
  await ctx.db.insert(familyMembers).values({ familyId: two.familyId, userId: one.childId, role: "student", joinedAt: Date.now() });
  await ctx.db.update(users).set({ name: "Same name" }).where(eq(users.kind, "child"));
  const all = ids(await listed(admin, "?limit=100"));
  expect(all).toHaveLength(7);
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = (await (await api("GET", `/families?limit=2${cursor && `&cursor=${cursor}`}`, { token: admin })).json()) as { items: Listed[]; nextCursor: string | null };
    seen.push(...page.items.map((family) => family.id));
    cursor = page.nextCursor;
  }
  expect(seen.sort()).toEqual(all);
});

test("FAM-4, EDGE-1: the page filters by a plain form and says what to do where nothing fits", async () => {
  const { ctx, school, one } = await town();
  await rename(ctx, one, { name: unique("Wanjiru"), status: "inactive" });
  const person = await visitor(ctx, school.adminId);
  const all = await (await person.open("/admin/families")).text();
  expect(all).toContain("Wanjiru");
  expect(await (await person.open("/admin/families?status=active&program=")).text()).not.toContain("Wanjiru");
  expect(await (await person.open("/admin/families?program=Latin")).text()).toContain("No family fits");
});

test("FAM-4, Q-6: a page reads no more rows however many families the school or others have", async () => {
  const { ctx, school } = await town();
  const { schoolId: otherId } = await makeSchool(ctx);
  const admin = await actorOf(ctx, school.adminId);
  const read = async () => {
    const before = ctx.meter.rowsRead;
    const { items } = await listFamiliesOfSchool(ctx, admin, school.schoolId, { limit: 20 });
    return [items.length, ctx.meter.rowsRead - before];
  };
  await insertFamilies(ctx, school.schoolId, "Aa", 30);
  const first = await read();
  expect(first[0]).toBe(20);
  await insertFamilies(ctx, school.schoolId, "Zz", 1_000);
  await insertFamilies(ctx, otherId, "Ab", 1_000);
  expect(await read()).toEqual(first);
});

/** Families of one guardian and one child, who is called by that word and a number. */
async function insertFamilies(ctx: TestContext, schoolId: string, word: string, count: number): Promise<void> {
  const now = Date.now();
  const tag = unique("f");
  const each = (insert: string, select: string) => ctx.db.$client.prepare(`INSERT INTO ${insert} WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < ${count}) SELECT ${select} FROM many`);
  await ctx.db.$client.batch([
    each("users (id, kind, name, email, created_at)", `'user_${tag}g' || n, 'adult', 'Guardian ' || n, '${tag}' || n || '@example.test', ${now}`),
    each("users (id, kind, name, username, created_at)", `'user_${tag}c' || n, 'child', '${word} ' || n, '${tag}' || n, ${now}`),
    each("families (id, name, currency, time_zone, preferred_programmes, created_at)", `'fam_${tag}' || n, 'Family ' || n, 'KES', 'Africa/Nairobi', '[]', ${now}`),
    each("family_members (family_id, user_id, role, joined_at)", `'fam_${tag}' || n, 'user_${tag}g' || n, 'guardian', ${now}`),
    each("family_members (family_id, user_id, role, joined_at)", `'fam_${tag}' || n, 'user_${tag}c' || n, 'student', ${now}`),
    each("guardianships (id, guardian_id, child_id, relationship, can_approve_purchases, can_schedule_lessons, can_view_progress, can_talk_with_teachers, is_primary, starts_at, created_at)", `'gua_${tag}' || n, 'user_${tag}g' || n, 'user_${tag}c' || n, 'parent', 1, 1, 1, 1, 1, ${now}, ${now}`),
    each("memberships (id, user_id, school_id, role, created_at)", `'mem_${tag}' || n, 'user_${tag}c' || n, '${schoolId}', 'student', ${now}`),
  ]);
}
