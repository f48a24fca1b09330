import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { restrictions } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { memberships } from "#db/schema/schools.ts";
import { api, join, makeSchool, makeUser, signedIn, testContext } from "#tests/world.ts";

type Listed = { id: string; name: string; roles: string[] };

async function office() {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const token = await signedIn(ctx, school.adminId);
  const person = async (name: string, role: "student" | "parent" | "teacher" | "tutor" = "student", more: Partial<typeof users.$inferInsert> = {}) => {
    const userId = await makeUser(ctx, role === "student" ? "child" : "adult", name);
    if (Object.keys(more).length > 0) await ctx.db.update(users).set(more).where(eq(users.id, userId));
    await join(ctx, userId, school.schoolId, role);
    return userId;
  };
  const ask = (query: string) => api("GET", `/admin/users?${query}`, { token });
  const page = async (query: string) => (await (await ask(query)).json()) as { items: Listed[]; nextCursor: string | null };
  const names = async (query: string) => (await page(query)).items.map(({ name }) => name);
  return { ctx, ...school, token, person, ask, page, names };
}

test("SCH-6: students, guardians and staff apart; one role; only of this school", async () => {
  const { ctx, person, names } = await office();
  for (const [name, role] of [["Zuri", "student"], ["Ada", "student"], ["Rose", "parent"], ["Tom", "teacher"], ["Uma", "tutor"]] as const) await person(name, role);
  const elsewhere = await makeSchool(ctx);
  await join(ctx, await makeUser(ctx, "child", "Abel"), elsewhere.schoolId, "student");
  expect(await names("role=student")).toEqual(["Ada", "Zuri"]);
  expect(await names("role=guardian")).toEqual(["Rose"]);
  expect(await names("role=staff")).toEqual(["Admin", "Tom", "Uma"]);
  expect(await names("role=tutor")).toEqual(["Uma"]);
  expect(await names("role=student&sort=newest")).toEqual(["Ada", "Zuri"]);
});

test("SCH-6: by the start of any word of the name, of the username or the address; all that was typed must fit", async () => {
  const { person, names } = await office();
  await person("Amina Achieng", "student", { username: "lion-7" });
  await person("Baraka Otieno", "student", { username: "bark-8" });
  await person("Émile Ångström", "student", { username: "emile-9" });
  expect(await names("q=achi")).toEqual(["Amina Achieng"]);
  expect(await names("q=A")).toEqual(["Amina Achieng"]);
  expect(await names("q=OTIENO")).toEqual(["Baraka Otieno"]);
  expect(await names("q=lion")).toEqual(["Amina Achieng"]);
  expect(await names("q=bar%20ot")).toEqual(["Baraka Otieno"]);
  expect(await names("q=bar%20ach")).toEqual([]);
  expect(await names(`q=${encodeURIComponent("émile")}`)).toEqual(["Émile Ångström"]);
  expect(await names(`q=${encodeURIComponent("Ång")}`)).toEqual(["Émile Ångström"]);
  expect(await names("q=raka")).toEqual([]);
  expect(await names("q=%25")).toEqual([]);
});

test("SCH-6: by level and state, and by pages that miss and repeat nobody", async () => {
  const { ctx, schoolId, person, names, page } = await office();
  // Namesakes among them: the order is total.
  const ids = [];
  for (const [at, name] of ["Kim", "Kim", "Kim", "Lea", "Kim Kimani"].entries()) ids.push(await person(name, "student", { level: at % 2 ? "grade-1" : "grade-2" }));
  expect(await names("level=grade-1")).toEqual(["Kim", "Lea"]);
  for (const query of ["", "&q=ki", "&sort=newest", "&level=grade-2"]) {
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const part: { items: Listed[]; nextCursor: string | null } = await page(`limit=1${query}${cursor && `&cursor=${cursor}`}`);
      seen.push(...part.items.map(({ id }) => id));
      cursor = part.nextCursor;
    }
    const whole = (await page(`limit=100${query}`)).items.map(({ id }) => id);
    expect([seen, new Set(seen).size], query).toEqual([whole, whole.length]);
  }
  await ctx.db.update(memberships).set({ active: false }).where(and(eq(memberships.userId, ids[3]!), eq(memberships.schoolId, schoolId)));
  expect([await names(""), await names("status=inactive"), await names("status=inactive&q=le")]).toEqual([["Kim", "Kim", "Kim", "Kim Kimani"], ["Lea"], ["Lea"]]);
});

test("FAM-11, SCH-6: a child from whom an administrator is kept away is in none of their lists", async () => {
  const { ctx, schoolId, adminId, person, ask, names } = await office();
  const childId = await person("Hidden Child");
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("rest"), childId, personId: adminId, schoolId, reason: "Court", setBy: adminId, startsAt: 0, createdAt: 0 });
  expect([await names(""), await names("q=hid")]).toEqual([[], []]);
  expect((await ask("role=student")).headers.get("Server-Timing")).toContain("2 trips");
});

test.each(["role=boss", "limit=0", "limit=1000", "level=grade-99", "status=gone", "sort=age", `q=${"x".repeat(101)}`])("SCH-6: a list cannot be asked for with %s", async (query) => {
  expect((await (await office()).ask(query)).status).toBe(400);
});
