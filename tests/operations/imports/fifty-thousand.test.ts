import { and, count, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { runImport } from "#app/domain/schools/imports/run-import.server.ts";
import { startImport } from "#app/domain/schools/imports/start-import.server.ts";
import { importRows } from "#db/schema/imports.ts";
import { memberships } from "#db/schema/schools.ts";
import { actorOf, makeSchool, runJobs, testContext, unique, type TestContext } from "#tests/world.ts";
import { reportOf } from "./school-file.ts";

const file = (rows: number, at: string) => new TextEncoder().encode("\ufeffrole;name;number;level;birthDate\r\n" + Array.from({ length: rows }, (_, row) => (row % 1000 === 7 ? "student;;;;\r\n" : `student;"Pupil; ${row}";${at}-${row};Grade ${1 + (row % 12)};2015-03-21\r\n`)).join(""));
const studentsOf = async (ctx: TestContext, schoolId: string) => (await ctx.db.select({ n: count() }).from(memberships).where(and(eq(memberships.schoolId, schoolId), eq(memberships.role, "student"))))[0]!.n;

async function started(ctx: TestContext, rows: number, dryRun: boolean) {
  const school = await makeSchool(ctx);
  const id = await startImport(ctx, await actorOf(ctx, school.adminId, { steppedUp: true }), school.schoolId, { kind: "people", dryRun }, { name: "all.csv", bytes: file(rows, unique("n")) });
  return { ...school, id };
}

test("SCH-7: a file of 50,000 rows is tried to its end, with a result for each row and nothing else written", { timeout: 120_000 }, async () => {
  const ctx = testContext();
  const { id, schoolId } = await started(ctx, 50_000, true);
  await runJobs(ctx);
  expect((await reportOf(ctx, id)).record).toMatchObject({ status: "done", handled: 50_000, created: 49_950, refused: 50 });
  expect(await studentsOf(ctx, schoolId)).toBe(0);
  await ctx.db.delete(importRows).where(eq(importRows.importId, id));
});

test("SCH-7: one row more than 50,000 is too many, and said at once", async () => {
  await expect(started(testContext(), 50_001, true)).rejects.toMatchObject({ code: "too_large", reason: "import_rows_too_many" });
});

test("SCH-7: an import that dies after any write, or runs twice at once, does each row once and goes on where it stopped", { timeout: 120_000 }, async () => {
  const ctx = testContext();
  const { id, schoolId } = await started(ctx, 3_500, false);
  // Each second write is through, and then the connection breaks: the worst of errors.
  let writes = 0;
  const failing = { ...ctx, db: new Proxy(ctx.db, { get: (db, key) => (key !== "batch" ? (Reflect.get(db, key) as unknown) : async (statements: Parameters<typeof db.batch>[0]) => {
    const answer = await db.batch(statements);
    if (statements.length > 4 && writes++ % 2 === 0) throw new Error("connection lost");
    return answer;
  }) }) };
  await expect(runImport(failing, id)).rejects.toThrow("connection lost");
  await Promise.all([runImport(ctx, id), runImport(ctx, id)]);
  await runJobs(ctx);
  const { record, rows } = await reportOf(ctx, id);
  expect(record).toMatchObject({ status: "done", handled: 3_500, created: 3_496, refused: 4 });
  expect([rows.length, await studentsOf(ctx, schoolId)]).toEqual([3_500, 3_496]);
});

test("SCH-7: five thousand people are brought in for real, hundreds with each round trip", { timeout: 60_000 }, async () => {
  const ctx = testContext();
  const { id, schoolId } = await started(ctx, 5_000, false);
  const before = ctx.meter.roundTrips;
  await runJobs(ctx);
  const trips = ctx.meter.roundTrips - before;
  expect((await reportOf(ctx, id)).record).toMatchObject({ status: "done", handled: 5_000, created: 4_995, refused: 5 });
  expect(await studentsOf(ctx, schoolId)).toBe(4_995);
  expect(trips).toBeLessThan(20);
});
