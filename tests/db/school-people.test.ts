import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { memberships, schoolPeople, schoolPeopleWords } from "#db/schema/schools.ts";
import { users } from "#db/schema/identity.ts";
import { join, makeSchool, makeUser, testContext, type TestContext } from "#tests/world.ts";

const lists = (ctx: TestContext, schoolId: string, userId: string) =>
  ctx.db.select({ kind: schoolPeople.kind, active: schoolPeople.active, sortName: schoolPeople.sortName, level: schoolPeople.level }).from(schoolPeople)
    .where(and(eq(schoolPeople.schoolId, schoolId), eq(schoolPeople.userId, userId))).orderBy(schoolPeople.kind);
const words = async (ctx: TestContext, schoolId: string, userId: string) =>
  (await ctx.db.select({ word: schoolPeopleWords.word }).from(schoolPeopleWords).where(and(eq(schoolPeopleWords.schoolId, schoolId), eq(schoolPeopleWords.userId, userId))).orderBy(schoolPeopleWords.word)).map(({ word }) => word);

test("SCH-6: the lists follow people and memberships, whoever writes those", async () => {
  const ctx = testContext();
  const { schoolId } = await makeSchool(ctx);
  const userId = await makeUser(ctx, "child", "Zawadi  \"Zuri\" O'Tieno");
  expect(await lists(ctx, schoolId, userId)).toEqual([]);
  await join(ctx, userId, schoolId, "student");
  expect(await lists(ctx, schoolId, userId)).toEqual([{ kind: "student", active: true, sortName: "zawadi  \"zuri\" o'tieno", level: "grade-6" }]);
  expect(await words(ctx, schoolId, userId)).toEqual(expect.arrayContaining(["\"zuri\"", "o'tieno", "zawadi"]));
  await ctx.db.update(users).set({ name: "Amina", username: "amina.z", level: "grade-7" }).where(eq(users.id, userId));
  expect([await lists(ctx, schoolId, userId), await words(ctx, schoolId, userId)]).toEqual([[{ kind: "student", active: true, sortName: "amina", level: "grade-7" }], ["amina", "amina.z"]]);
  await join(ctx, userId, schoolId, "tutor");
  await ctx.db.update(memberships).set({ active: false }).where(and(eq(memberships.userId, userId), eq(memberships.role, "student")));
  expect((await lists(ctx, schoolId, userId)).map(({ kind, active }) => ({ kind, active }))).toEqual([{ kind: "staff", active: true }, { kind: "student", active: false }]);
  await ctx.db.update(users).set({ status: "deactivated" }).where(eq(users.id, userId));
  expect((await lists(ctx, schoolId, userId)).every(({ active }) => !active)).toBe(true);
  await ctx.db.delete(memberships).where(eq(memberships.userId, userId));
  expect([await lists(ctx, schoolId, userId), await words(ctx, schoolId, userId)]).toEqual([[], []]);
});
