import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { judged } from "#app/domain/schools/imports/people.server.ts";
import { getImport, loadImports } from "#app/domain/schools/imports/read-imports.server.ts";
import { runImport } from "#app/domain/schools/imports/run-import.server.ts";
import { importForReal, restartImport, startImport } from "#app/domain/schools/imports/start-import.server.ts";
import { RowProblem } from "#app/domain/schools/roster/people.ts";
import { users } from "#db/schema/identity.ts";
import { imports } from "#db/schema/imports.ts";
import { memberships, schoolInvitations } from "#db/schema/schools.ts";
import { actorOf, api, makeSchool, makeUser, runJobs, signedIn, testContext, unique, type School, type TestContext } from "#tests/world.ts";
import { bringIn, reportOf } from "./school-file.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const teachers = (...emails: string[]) => ["role;name;email", ...emails.map((email) => `teacher;Teo;${email}`)].join("\n");

/** A file of people that has come in and waits for its job. */
async function waiting(file = teachers(`${unique("teo")}@example.test`), { dryRun = false } = {}) {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const admin = await actorOf(ctx, school.adminId, { steppedUp: true });
  const id = await startImport(ctx, admin, school.schoolId, { kind: "people", dryRun }, { name: "staff.csv", bytes: bytesOf(file) });
  const record = () => getImport(ctx, admin, id);
  return { ctx, school, admin, id, record, key: (await record()).fileKey! };
}

/** The same, with something that happens between what its second batch rests on and that batch: of an import, just before its first writes. */
function raced(ctx: TestContext, happens: () => Promise<unknown>): TestContext {
  let batches = 0;
  return { ...ctx, db: new Proxy(ctx.db, { get: (db, key) => (key !== "batch" ? (Reflect.get(db, key) as unknown) : async (statements: Parameters<typeof db.batch>[0]) => {
    if (++batches === 2) await happens();
    return db.batch(statements);
  }) }) };
}

describe("SCH-7: an import that cannot go on fails with its reason, and nothing of it is done", () => {
  test.each<[string, (world: { ctx: TestContext; school: School; id: string; key: string }) => Promise<unknown>]>([
    ["import_starter_gone", ({ ctx, school }) => ctx.db.update(memberships).set({ active: false }).where(eq(memberships.userId, school.adminId))],
    ["import_starter_gone", ({ ctx, school }) => ctx.db.update(users).set({ status: "deactivated" }).where(eq(users.id, school.adminId))],
    ["import_file_gone", ({ ctx, key }) => ctx.files.remove([key])],
    ["import_file_gone", ({ ctx, id }) => ctx.db.update(imports).set({ fileKey: null }).where(eq(imports.id, id))],
    ["csv_columns_missing", ({ ctx, key }) => ctx.files.put(key, bytesOf("name\nTeo"), "text/csv")],
  ])("%s", async (failure, happens) => {
    const world = await waiting();
    await happens(world);
    await runImport(world.ctx, world.id);
    expect((await reportOf(world.ctx, world.id)).record).toMatchObject({ status: "failed", failure, handled: 0, finishedAt: world.ctx.clock.now() });
    expect(await world.ctx.db.select().from(memberships).where(eq(memberships.schoolId, world.school.schoolId))).toHaveLength(1);
  });

  test("but where the file's store breaks off it is tried again", async () => {
    const { ctx, id, record } = await waiting();
    const body = () => new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("store broke off")) });
    await expect(runImport({ ...ctx, files: { ...ctx.files, get: async () => ({ body: body(), type: "text/csv", size: 9 }) } }, id)).rejects.toThrow("store broke off");
    expect(await record()).toMatchObject({ status: "waiting", handled: 0, failure: null });
    await runImport(ctx, id);
    expect(await record()).toMatchObject({ status: "done", created: 1 });
  });
});

describe("SCH-7: what happens between reading the school and writing to it", () => {
  const signsUp = async (ctx: TestContext, email: string) => ctx.db.update(users).set({ email }).where(eq(users.id, await makeUser(ctx, "adult", "Quicker")));

  test("costs no other row: who has signed up with a row's address by then is asked, and the rest come in", async () => {
    const [taken, free] = [`${unique("taken")}@example.test`, `${unique("free")}@example.test`];
    const { ctx, school, id } = await waiting(teachers(taken, free));
    await runImport(raced(ctx, () => signsUp(ctx, taken)), id);
    const { record, said } = await reportOf(ctx, id);
    expect([record.status, said]).toEqual(["done", ["2 created", "3 created"]]);
    expect((await ctx.db.select().from(schoolInvitations).where(eq(schoolInvitations.schoolId, school.schoolId))).map(({ email }) => email)).toEqual([taken]);
    const held = await ctx.db.select({ email: users.email }).from(memberships).innerJoin(users, eq(users.id, memberships.userId)).where(eq(memberships.role, "teacher"));
    expect(held.map(({ email }) => email).filter((email) => email === taken || email === free)).toEqual([free]);
  });

  test("refuses a row that stands alone, and the import is over", async () => {
    const email = `${unique("taken")}@example.test`;
    const { ctx, school, id } = await waiting(teachers(email));
    await runImport(raced(ctx, () => signsUp(ctx, email)), id);
    const { record, said } = await reportOf(ctx, id);
    expect([record.status, record.refused, said]).toEqual(["done", 1, ["2 refused import_row_conflict"]]);
    expect(await ctx.db.select().from(memberships).where(eq(memberships.schoolId, school.schoolId))).toHaveLength(1);
  });
});

test("SCH-7: a fault of ours in judging a row is no row's problem: it stops the import", () => {
  const row = { part: "", line: 2 };
  expect(judged(row, "Teo", () => { throw new RowProblem("name_missing"); })).toEqual({ ...row, about: "Teo", outcome: "refused", problem: "name_missing" });
  expect(() => judged(row, "Teo", () => { throw new TypeError("a fault"); })).toThrow(new TypeError("a fault"));
});

describe("SCH-7: a file for real", () => {
  test("is not begun without a file, without anything in it, or without a fresh proof of who asks", async () => {
    const ctx = testContext();
    const school = await makeSchool(ctx);
    const [proven, unproven] = [await actorOf(ctx, school.adminId, { steppedUp: true }), await actorOf(ctx, school.adminId)];
    const start = (actor: typeof proven, text: string, dryRun = false) => startImport(ctx, actor, school.schoolId, { kind: "people", dryRun }, { name: "x.csv", bytes: bytesOf(text) });
    await expect(start(proven, "")).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "file", message: "file_missing" }] });
    await expect(start(proven, "role;name\n;\n")).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "file", message: "file_without_rows" }] });
    await expect(start(unproven, teachers("a@example.test"))).rejects.toMatchObject({ code: "step_up_required" });
    expect(await ctx.db.select().from(imports).where(eq(imports.schoolId, school.schoolId))).toEqual([]);
  });

  test("comes of a trial of the own school that is over and whose file is kept", async () => {
    const { ctx, school, admin, id } = await waiting(undefined, { dryRun: true });
    const stranger = await actorOf(ctx, (await makeSchool(ctx)).adminId, { steppedUp: true });
    await expect(importForReal(ctx, admin, "imp_none")).rejects.toMatchObject({ code: "not_found" });
    await expect(importForReal(ctx, stranger, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(importForReal(ctx, admin, id)).rejects.toMatchObject({ code: "conflict", reason: "import_not_tried" });
    await runJobs(ctx);
    await expect(importForReal(ctx, await actorOf(ctx, school.adminId), id)).rejects.toMatchObject({ code: "step_up_required" });
    const real = await importForReal(ctx, admin, id);
    expect(await importForReal(ctx, admin, id)).toBe(real);
    await runJobs(ctx);
    expect((await reportOf(ctx, real)).record).toMatchObject({ dryRun: false, status: "done", created: 1 });
    await expect(importForReal(ctx, admin, real)).rejects.toMatchObject({ code: "conflict", reason: "import_not_tried" });
    await ctx.db.update(imports).set({ fileKey: null }).where(eq(imports.id, id));
    await expect(importForReal(ctx, admin, id)).rejects.toMatchObject({ code: "conflict", reason: "import_file_gone" });
  });

  test("goes on after a failure by the own school's hand; a database that fails then is told as that", async () => {
    const { ctx, admin, id, record } = await waiting();
    await ctx.db.update(imports).set({ status: "failed", failure: "import_broke_off" }).where(eq(imports.id, id));
    await expect(restartImport(ctx, await actorOf(ctx, (await makeSchool(ctx)).adminId, { steppedUp: true }), id)).rejects.toMatchObject({ code: "not_found" });
    await expect(restartImport({ ...ctx, db: new Proxy(ctx.db, { get: (db, key) => (key === "batch" ? () => Promise.reject(new Error("connection lost")) : (Reflect.get(db, key) as unknown)) }) }, admin, id)).rejects.toThrow(/^connection lost$/);
    await restartImport(ctx, admin, id);
    expect(await record()).toMatchObject({ status: "waiting", failure: null });
    await expect(restartImport(ctx, admin, id)).rejects.toMatchObject({ reason: "import_not_failed" });
  });
});

test("SCH-7: a school's imports are listed newest first, twenty at a time", async () => {
  const ctx = testContext();
  const { schoolId, adminId } = await makeSchool(ctx);
  const admin = await actorOf(ctx, adminId);
  const ids = Array.from({ length: 21 }, () => ctx.ids.make("imp")).sort();
  await ctx.db.batch(ids.map((id) => ctx.db.insert(imports).values({ id, schoolId, kind: "people", fileName: "x.csv", dryRun: true, status: "done", total: 1, startedBy: adminId, createdAt: ctx.clock.now() })) as never);
  const newest = ids.toReversed();
  const first = await loadImports(ctx, admin, schoolId, null);
  expect([first.items.map(({ id }) => id), first.older]).toEqual([newest.slice(0, 20), newest[19]]);
  const second = await loadImports(ctx, admin, schoolId, first.older);
  expect([second.items.map(({ id }) => id), second.older]).toEqual([newest.slice(20), null]);
});

test("SCH-7: a report is read piece by piece, in the order of the file; a place that we did not give is refused", async () => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const { id } = await bringIn(ctx, school, "people", "role;name\nteacher;A\nteacher;B\nteacher;C");
  const token = await signedIn(ctx, school.adminId);
  const piece = async (query: string) => (await (await api("GET", `/admin/imports/${id}/rows?limit=2${query}`, { token })).json()) as { items: { line: number }[]; nextCursor: string | null };
  const first = await piece("");
  expect([first.items.map(({ line }) => line), first.nextCursor]).toEqual([[2, 3], ":3"]);
  const second = await piece(`&cursor=${encodeURIComponent(first.nextCursor!)}`);
  expect([second.items.map(({ line }) => line), second.nextCursor]).toEqual([[4], null]);
  for (const cursor of ["3", "users:x", "a b:3"]) {
    const answer = await api("GET", `/admin/imports/${id}/rows?cursor=${encodeURIComponent(cursor)}`, { token });
    expect([answer.status, ((await answer.json()) as { errors: { path: string }[] }).errors.map(({ path }) => path)]).toEqual([400, ["cursor"]]);
  }
  expect((await api("GET", "/admin/imports/imp_none/rows", { token })).status).toBe(404);
});
