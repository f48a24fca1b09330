import { env } from "cloudflare:workers";
import { and, eq, inArray } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { families, familyMembers, guardianships, restrictions } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { sourcedIds } from "#db/schema/imports.ts";
import { memberships, schoolInvitations } from "#db/schema/schools.ts";
import { acceptSchoolInvitation } from "#app/domain/people/answer-school-invitation.server.ts";
import { actorOf, join, makeFamily, makeGuardianship, makeSchool, makeUser, runJobs, testContext, unique, type School, type TestContext } from "#tests/world.ts";
import { bringIn } from "./school-file.ts";
import { asCsv, twoHundredFamilies } from "./two-hundred-families.ts";

const { DB } = env as unknown as { DB: D1Database };
/** What an import leaves of itself, and what it was told to do. */
const OF_IMPORTS = ["imports", "import_rows", "jobs", "audit_events", "audit_seals", "sessions", "d1_migrations"];

/** Every row of every other table. */
async function dump(): Promise<string> {
  const { results } = await DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY name").all<{ name: string }>();
  const tables = results.map(({ name }) => name).filter((name) => !OF_IMPORTS.includes(name));
  return JSON.stringify(await Promise.all(tables.map(async (name) => [name, (await DB.prepare(`SELECT * FROM ${name}`).all()).results.map((row) => JSON.stringify(row)).sort()])));
}

const json = (...list: object[]) => JSON.stringify(list);
const outcomes = async (ctx: TestContext, school: School, ...list: object[]) => (await bringIn(ctx, school, "families", json(...list))).said.map((line) => line.replace(/^\d+ /, ""));
const childrenOf = async (ctx: TestContext, school: School) =>
  ctx.db.select({ id: users.id, name: users.name, birthDate: users.birthDate, email: users.email }).from(memberships).innerJoin(users, eq(users.id, memberships.userId)).where(and(eq(memberships.schoolId, school.schoolId), eq(memberships.role, "student"))).orderBy(users.name);
const parentsOf = async (ctx: TestContext, school: School) =>
  ctx.db.select({ id: users.id, name: users.name, email: users.email, phone: users.phone, username: users.username }).from(memberships).innerJoin(users, eq(users.id, memberships.userId)).where(and(eq(memberships.schoolId, school.schoolId), eq(memberships.role, "parent"))).orderBy(users.name);
const userBy = async (ctx: TestContext, id: string) => (await ctx.db.select().from(users).where(eq(users.id, id)))[0]!;
const familiesOf = (ctx: TestContext, userId: string) => ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, userId));

describe("FAM-13: a school's list of 200 families", () => {
  test("comes in with exact counts; a dry run writes nothing; the same file again changes nothing", { timeout: 120_000 }, async () => {
    const ctx = testContext();
    const school = await makeSchool(ctx);
    const rows = twoHundredFamilies(unique("f"));
    const file = asCsv(rows);
    const expected = rows.map((row, at) => `${at + 2} ${row.expect}`);

    const before = await dump();
    const tried = await bringIn(ctx, school, "families", file, { dryRun: true });
    expect(tried.said).toEqual(expected);
    expect(await dump()).toBe(before);

    const done = await bringIn(ctx, school, "families", file);
    expect(done.said).toEqual(expected);
    expect(done.record).toMatchObject({ total: 200, created: 160, already: 10, refused: 30, changed: 0 });
    const made = await ctx.db.select().from(families).where(inArray(families.id, ctx.db.select({ id: sourcedIds.targetId }).from(sourcedIds).where(eq(sourcedIds.schoolId, school.schoolId))));
    expect(made).toHaveLength(160);
    expect(made.filter((family) => family.status === "inactive")).toHaveLength(12);
    expect(made.filter((family) => family.preferredProgrammes.includes("IGCSE"))).toHaveLength(40);
    // 120 + 30 little ones, 40 twins, 10 half-siblings, 10 silent; 120 + 60 + 20 + 5 parents.
    expect(await childrenOf(ctx, school)).toHaveLength(210);
    expect(await parentsOf(ctx, school)).toHaveLength(205);

    await runJobs(ctx);
    const after = await dump();
    const again = await bringIn(ctx, school, "families", file);
    expect(again.record).toMatchObject({ created: 0, changed: 0, already: 170, refused: 30 });
    expect(await dump()).toBe(after);
  });

  test("links both directions: twins are two, a mother of two homes is one, in both", { timeout: 60_000 }, async () => {
    const ctx = testContext();
    const school = await makeSchool(ctx);
    const tag = unique("g");
    await bringIn(ctx, school, "families", asCsv(twoHundredFamilies(tag)));
    const children = await childrenOf(ctx, school);
    const twins = children.filter((child) => /^(Apiyo|Adongo) Otieno 0$/.test(child.name));
    expect(twins.map((twin) => twin.birthDate)).toEqual([twins[0]!.birthDate, twins[0]!.birthDate]);
    expect(new Set(twins.map((twin) => twin.id)).size).toBe(2);
    const mother = (await parentsOf(ctx, school)).find((parent) => parent.email === `mama0-${tag}@example.test`)!;
    expect(await familiesOf(ctx, mother.id)).toHaveLength(2);
    const held = await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, mother.id));
    expect(held).toHaveLength(3);
    expect(held.every((one) => one.isPrimary && one.canApprovePurchases && one.active)).toBe(true);
    const shared = children.find((child) => child.name === "Amina Otieno Otieno")!;
    expect((await familiesOf(ctx, shared.id)).map((member) => member.familyId).sort()).toEqual((await familiesOf(ctx, mother.id)).map((member) => member.familyId).sort());
    const quiet = (await parentsOf(ctx, school)).find((parent) => parent.name === "Only Name 0")!;
    expect(quiet).toMatchObject({ email: null, phone: null });
    expect(quiet.username).toMatch(/^only\.name\.0\./);
  });
});

test("FAM-13: JSON is as good as CSV, plain names too; a line that is no family is refused alone", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const said = await outcomes(ctx, school, { name: "Kamau", parents: ["Wairimu Kamau"], students: ["Njeri Kamau"], programmes: ["CBC"] }, { name: "Broken", students: "Njeri" }, { students: ["Nobody"] }, { name: "Odd", status: "asleep", students: ["Someone Else"] });
  expect(said).toEqual(["created", "refused family_unreadable", "refused name_missing", "refused family_status_unknown"]);
  const [njeri] = await childrenOf(ctx, school);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.childId, njeri!.id))).toMatchObject([{ isPrimary: true }]);
  for (const bad of ["{", '{"people": []}', "[]"]) await expect(bringIn(ctx, school, "families", bad)).rejects.toMatchObject({ code: "invalid_input" });
});

test("FAM-13, 7.18: never by a name alone, never across roles, and what contradicts is told", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const teacher = await makeUser(ctx, "adult", "Teacher");
  await join(ctx, teacher, school.schoolId, "teacher");
  const { email } = await userBy(ctx, teacher);
  const at = unique("n");
  const student = (name: string, birthDate?: string) => ({ name: `${name} ${at}`, ...(birthDate ? { birthDate } : {}) });
  expect(await outcomes(ctx, school,
    { name: "One", parents: [{ name: `Mary ${at}` }], students: [student("Jane", "2014-01-01")] },
    { name: "Two", parents: [{ name: `Mary ${at}` }], students: [student("John", "2014-01-02")] },
    { name: "Three", parents: [{ name: "Teacher", email }], students: [student("Jim", "2014-01-03")] },
    { name: "Four", students: [student("Jane", "2015-05-05")] },
    { name: "Five", students: [student("Jane")] },
    { name: "Six", parents: [{ name: `Phone ${at}`, phone: "0700000001" }, { name: `Other Half ${at}`, phone: "+254 700 000 001" }], students: [student("Jack", "2014-01-04")] },
    { name: "Seven", parents: [{ name: `Phome ${at}`, phone: "0700000001" }], students: [student("Joy", "2014-01-05")] },
    { name: "Eight", students: [student("Same", "2014-02-02"), student("Same", "2014-02-02")] },
    { name: "Nine", parents: [{ name: `Phone ${at}`, phone: "12" }], students: [student("Jed", "2014-01-06")] },
  )).toEqual(["created", "refused person_ambiguous", "refused person_other_role", "created", "refused person_ambiguous", "created", "refused person_looks_like", "refused named_twice", "refused phone_unusable"]);
});

test("FAM-13, 7.17: who has an account elsewhere is asked, not linked; accepting brings them into that family alone, as guardian", async () => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const elsewhere = await makeUser(ctx, "adult", "Elsewhere");
  const { email } = await userBy(ctx, elsewhere);
  const at = unique("e");
  const family = { name: "Asked", parents: [{ name: "Elsewhere", email }], students: [{ name: `Kid ${at}`, birthDate: "2014-01-01" }] };
  const others = { name: "Others", parents: [{ name: `New ${at}`, email: `new-${at}@example.test` }], students: [{ name: `Kid ${at}`, birthDate: "2014-01-01" }, { name: `Kad ${at}`, birthDate: "2014-03-01" }] };
  expect(await outcomes(ctx, school, family, others)).toEqual(["created", "created"]);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, elsewhere))).toEqual([]);
  expect(await familiesOf(ctx, elsewhere)).toEqual([]);
  expect(await outcomes(ctx, school, family, others)).toEqual(["already", "already"]);
  expect(await ctx.db.select().from(schoolInvitations).where(eq(schoolInvitations.schoolId, school.schoolId))).toHaveLength(1);
  const mails = await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email!));
  expect(mails).toHaveLength(1);
  await acceptSchoolInvitation(ctx, await actorOf(ctx, elsewhere), /\/join-school\/([\w-]+)/.exec(mails[0]!.body)![1]!);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, elsewhere))).toMatchObject([{ active: true }]);
  const home = (await familiesOf(ctx, elsewhere)).map((member) => member.familyId);
  expect((await ctx.db.select().from(families).where(inArray(families.id, home))).map((one) => one.name)).toEqual(["Asked"]);
});

test("FAM-13: a family that was there before keeps its adults; its own are found, and its students of the school with them", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const there = await makeFamily(ctx, { school });
  const [guardian, child, { name }] = [await userBy(ctx, there.guardianId), await userBy(ctx, there.childId), (await ctx.db.select().from(families).where(eq(families.id, there.familyId)))[0]!];
  const student = { name: child.name, username: child.username };
  expect(await outcomes(ctx, school, { name, parents: [{ name: guardian.name, email: guardian.email }], students: [student] })).toEqual(["already"]);
  expect(await outcomes(ctx, school, { name, parents: [{ name: "Stranger", email: `${unique("s")}@example.test` }], students: [student] })).toEqual(["refused family_keeps_its_adults"]);
  expect(await outcomes(ctx, school, { name, parents: [{ name: guardian.name, email: guardian.email }], students: [student, { name: "Third", birthDate: "2018-01-01" }] })).toEqual(["changed"]);
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.familyId, there.familyId))).toHaveLength(6);
});

test("FAM-13: what people have changed since stays: a guardianship that ended is not begun again, nor one with somebody kept away", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const at = unique("k");
  const row = { id: "F-1", name: "Kiptoo", parents: [{ name: "Baba", email: `baba-${at}@example.test` }, { name: "Mama", email: `mama-${at}@example.test` }], students: [{ name: `Kid ${at}`, birthDate: "2014-01-01" }] };
  expect(await outcomes(ctx, school, row)).toEqual(["created"]);
  const [kid] = await childrenOf(ctx, school);
  const mama = (await parentsOf(ctx, school)).find((parent) => parent.name === "Mama")!;
  await ctx.db.update(guardianships).set({ active: false, endsAt: ctx.clock.now() }).where(eq(guardianships.guardianId, mama.id));
  const more = { ...row, students: [...row.students, { name: `Baby ${at}`, birthDate: "2020-01-01" }] };
  expect(await outcomes(ctx, school, more)).toEqual(["changed"]);
  const held = await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, mama.id));
  expect(held.map((one) => [one.childId === kid!.id, one.active]).sort()).toEqual([[false, true], [true, false]].sort());
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("restr"), childId: kid!.id, personId: mama.id, schoolId: school.schoolId, reason: "Court", setBy: school.adminId, startsAt: ctx.clock.now() - 1, createdAt: ctx.clock.now() });
  expect(await outcomes(ctx, school, { ...more, programmes: ["CBC"] })).toEqual(["refused person_kept_away"]);
});

test("FAM-13: other schools' people are nobody: the same names and dates make new students here", async () => {
  const ctx = testContext();
  const [here, there] = [await makeSchool(ctx), await makeSchool(ctx)];
  const at = unique("o");
  const row = { name: "Hassan", parents: [{ name: `Baba ${at}`, phone: "0700000009" }], students: [{ name: `Kid ${at}`, birthDate: "2014-01-01" }] };
  expect(await outcomes(ctx, here, row)).toEqual(["created"]);
  expect(await outcomes(ctx, there, row)).toEqual(["created"]);
  expect((await childrenOf(ctx, here))[0]!.id).not.toBe((await childrenOf(ctx, there))[0]!.id);
  const stranger = await makeFamily(ctx);
  await makeGuardianship(ctx, await makeUser(ctx, "adult"), stranger.childId);
  const { username } = await userBy(ctx, stranger.childId);
  expect(await outcomes(ctx, here, { name: "Thief", students: [{ name: "Child", username }] })).toEqual(["refused username_taken"]);
});

test("FAM-13: within its family a person is known by the name, unless two bear it or something contradicts", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const at = unique("w");
  const [kid, baba] = [`Kid ${at}`, `Baba ${at}`];
  const one = (...students: object[]) => ({ id: "A", name: "Kip", students });
  const by = (parent: object) => ({ id: "A", name: "Kip", parents: [{ name: baba, ...parent }], students: [{ name: kid }] });
  expect(await outcomes(ctx, school,
    { ...by({ phone: "0700000011", email: `baba-${at}@example.test` }), students: [{ name: kid, birthDate: "2014-01-01", username: `kid.${at}` }] },
    by({}), one({ name: kid, level: "Grade 6" }),
    one({ name: kid, username: `other.${at}` }), one({ name: kid, birthDate: "2014-01-01", username: `other.${at}` }), by({ phone: "0700000011", email: `other-${at}@example.test` }),
    // Born on another day it is another child; from then on the name alone says too little.
    one({ name: kid, birthDate: "2015-05-05" }), one({ name: kid, level: "Grade 5" }),
  )).toEqual(["created", "already", "changed", "refused username_differs", "refused username_differs", "refused email_differs", "changed", "refused person_ambiguous"]);
  expect((await childrenOf(ctx, school)).map(({ name, birthDate }) => [name, birthDate]).sort()).toEqual([[kid, "2014-01-01"], [kid, "2015-05-05"]]);
  expect(await parentsOf(ctx, school)).toMatchObject([{ name: baba, email: `baba-${at}@example.test` }]);
});

test("FAM-13, 7.18: outside the family a namesake of whom too little is known could be meant; an address or a telephone tells parents apart", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const at = unique("v");
  const kid = (day: number) => ({ name: `Kid ${day} ${at}`, birthDate: `2014-01-0${day}` });
  expect(await outcomes(ctx, school,
    { name: "One", parents: [{ name: `Mary ${at}`, email: `mary-${at}@example.test` }], students: [{ name: `Numbered ${at}`, number: `${at}-1` }] },
    { name: "Two", students: [{ name: `Numbered ${at}`, birthDate: "2014-01-01" }] },
    { name: "Three", parents: [{ name: `Mary ${at}`, phone: "0700000021" }], students: [kid(3)] },
    { name: "Four", parents: [{ name: `Mary ${at}` }], students: [kid(4)] },
    { name: "The Family", students: [{ name: "" }] },
  )).toEqual(["created", "refused person_ambiguous", "created", "refused person_ambiguous", "refused name_missing"]);
});

test("FAM-13, 7.17: a known parent keeps having no address where somebody elsewhere has the one said, and nobody learns of it", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const at = unique("q");
  const { email } = await userBy(ctx, await makeUser(ctx, "adult", "Elsewhere"));
  const students = [{ name: `Kid ${at}`, birthDate: "2014-01-01" }];
  const [byPhone, byName] = [{ name: `Phone ${at}`, phone: "0700000031" }, { name: `Quiet ${at}` }];
  const row = (...parents: object[]) => ({ id: "A", name: "Kip", parents, students });
  expect(await outcomes(ctx, school, row(byPhone, byName))).toEqual(["created"]);
  expect(await outcomes(ctx, school, row({ ...byPhone, email }), row({ ...byName, email }))).toEqual(["already", "already"]);
  expect((await parentsOf(ctx, school)).map((parent) => parent.email)).toEqual([null, null]);
  expect(await ctx.db.select().from(schoolInvitations).where(eq(schoolInvitations.schoolId, school.schoolId))).toEqual([]);
  expect(await outcomes(ctx, school, row({ ...byName, email: `quiet-${at}@example.test` }))).toEqual(["changed"]);
  expect((await parentsOf(ctx, school)).map((parent) => parent.email).sort()).toEqual([null, `quiet-${at}@example.test`]);
});

test("FAM-13: a parent of the school without a family comes into the new one; a sibling who learns elsewhere is nobody here", async () => {
  const ctx = testContext();
  const [school, other] = [await makeSchool(ctx), await makeSchool(ctx)];
  const there = await makeFamily(ctx, { school });
  const [child, cousinId, parentId] = [await userBy(ctx, there.childId), await makeUser(ctx, "child", "Cousin"), await makeUser(ctx, "adult", "Parent")];
  await join(ctx, cousinId, other.schoolId, "student");
  await join(ctx, parentId, school.schoolId, "parent");
  await ctx.db.insert(familyMembers).values({ familyId: there.familyId, userId: cousinId, role: "student", joinedAt: 1 });
  const { name } = (await ctx.db.select().from(families).where(eq(families.id, there.familyId)))[0]!;
  expect(await outcomes(ctx, school,
    { name: "Own", parents: [{ name: "Parent", email: (await userBy(ctx, parentId)).email }], students: [{ name: `Kid ${unique("k")}`, birthDate: "2014-01-01" }] },
    { name, students: [{ name: child.name, username: child.username }, { name: "Cousin", birthDate: "2015-01-01" }] },
  )).toEqual(["created", "changed"]);
  expect(await familiesOf(ctx, parentId)).toMatchObject([{ role: "guardian" }]);
  const cousins = (await childrenOf(ctx, school)).filter((one) => one.name === "Cousin");
  expect(cousins.map(({ id }) => id === cousinId)).toEqual([false]);
});

test("FAM-13: of two families of one name that share a child the school must say which", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const there = await makeFamily(ctx, { school });
  const [child, [one]] = [await userBy(ctx, there.childId), await ctx.db.select().from(families).where(eq(families.id, there.familyId))];
  const id = ctx.ids.make("fam");
  await ctx.db.insert(families).values({ ...one!, id, name: `The ${one!.name} family` });
  await ctx.db.insert(familyMembers).values({ familyId: id, userId: there.childId, role: "student", joinedAt: 1 });
  expect(await outcomes(ctx, school, { name: one!.name, students: [{ name: child.name, username: child.username }] })).toEqual(["refused family_ambiguous"]);
});
