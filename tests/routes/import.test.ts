import { eq, inArray, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { forgetImportFiles } from "#app/domain/schools/imports/forget-files.server.ts";
import { startImport } from "#app/domain/schools/imports/start-import.server.ts";
import { jobs } from "#db/schema/operation.ts";
import { imports } from "#db/schema/imports.ts";
import { memberships } from "#db/schema/schools.ts";
import { IN_TIME } from "#tests/patience.ts";
import { actorOf, api, makeSchool, runJobs, send, signedIn, testContext, unique, type TestContext } from "#tests/world.ts";

/** The queue may have been quicker than the test: either way it is over in the end. */
async function runImports(ctx: TestContext): Promise<void> {
  ctx.setNow(Date.now() + 1_000);
  await vi.waitFor(async () => {
    await runJobs(ctx);
    expect(await ctx.db.select({ id: imports.id }).from(imports).where(inArray(imports.status, ["waiting", "running"]))).toEqual([]);
  }, IN_TIME);
}

async function administrator() {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const cookie = `kinboard=${await signedIn(ctx, school.adminId, { kind: "browser", steppedUp: true })}`;
  const post = async (path: string, fields: Record<string, string | File>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const sent = new Response(form);
    return send("POST", path, { headers: { "Cookie": cookie, "Content-Type": sent.headers.get("Content-Type")!, "Sec-Fetch-Site": "same-origin" }, bytes: await sent.arrayBuffer() });
  };
  return { ctx, school, post, open: (path: string) => send("GET", path, { headers: { Cookie: cookie } }) };
}

test("SCH-7, EDGE-1: a file is tried and then brought in for real by plain forms, once, however often the button is pressed", async () => {
  const { ctx, school, post, open } = await administrator();
  const csv = `role;name;email\r\nteacher;=cmd();${unique("t")}@example.test\r\nteacher;;\r\n`;
  const tried = await post("/admin/import", { kind: "people", file: new File([csv], "staff.csv") });
  expect(tried.status).toBe(303);
  const at = tried.headers.get("Location")!;
  await runImports(ctx);
  const page = await (await open(at)).text();
  for (const words of ["This was a trial", "staff.csv", "Enter a name."]) expect(page).toContain(words);
  const [once, twice] = [await post(at, { act: "real" }), await post(at, { act: "real" })];
  expect(once.headers.get("Location")).toBe(twice.headers.get("Location"));
  await runImports(ctx);
  expect(await ctx.db.select().from(memberships).where(eq(memberships.schoolId, school.schoolId))).toHaveLength(2);
  const report = await open(`/api/v1${once.headers.get("Location")}/report.csv`);
  expect([report.status, report.headers.get("Content-Type")]).toEqual([200, "text/csv; charset=utf-8"]);
  expect((await report.text()).split("\r\n").slice(1, 3)).toEqual([",2,New,'=cmd(),", ",3,Refused,,Enter a name."]);
  expect(await (await open("/admin/import")).text()).toContain("staff.csv");
});

test("SCH-7: a form without a usable file is refused at the file, with the kind still chosen", async () => {
  const { post } = await administrator();
  for (const [file, words] of [[new File([], ""), "Choose a file"], [new File(["name\n"], "x.csv"), "The first line must name"], [new File(["role,name\n"], "x.csv"), "nothing in the file"], [new File([new Uint8Array([80, 0, 1])], "x.csv"), "no CSV file"]] as const) {
    const answer = await post("/admin/import", { kind: "people", file });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(words);
  }
  const large = await post("/admin/import", { kind: "people", file: new File(["x".repeat(5 * 1024 * 1024 + 1)], "x.csv") });
  expect([large.status, (await large.text()).includes("larger than 5 MB")]).toEqual([413, true]);
});

test("SCH-7: by the API a file is sent as it is or in a form; what is too large or no file is refused", async () => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const token = await signedIn(ctx, school.adminId);
  const csv = `role,name,email\nteacher,T,${unique("t")}@example.test\nparent,,`;
  const send = (text: string, type = "text/csv", query = "") => api("POST", `/admin/imports?schoolId=${school.schoolId}&kind=people${query}`, { token, text, headers: { "Content-Type": type, "Idempotency-Key": "k" } });
  const [first, again] = [await send(csv), await send(csv)];
  const record = (await first.json()) as { id: string };
  expect(record).toMatchObject({ status: "waiting", dryRun: true, total: 2 });
  expect(((await again.json()) as { id: string }).id).toBe(record.id);
  await runImports(ctx);
  expect(await (await api("GET", `/admin/imports/${record.id}`, { token })).json()).toMatchObject({ status: "done", created: 1, refused: 1 });
  const rows = (await (await api("GET", `/admin/imports/${record.id}/rows?outcome=refused`, { token })).json()) as { items: object[] };
  expect(rows.items).toMatchObject([{ line: 3, problem: "name_missing", detail: "Enter a name." }]);
  const statuses = [await send("{}", "image/png"), await send("x".repeat(6 * 1024 * 1024 + 1)), await send(csv, "text/csv", "&dryRun=maybe"), await send(`${csv}\n`)].map((answer) => answer.status);
  expect(statuses).toEqual([415, 413, 400, 409]);
});

test("SCH-7, CON-6: an import that keeps failing says so on its page and goes on from there; its file is kept for thirty days", async () => {
  const { ctx, school, post, open } = await administrator();
  const csv = `role;name;email\r\nteacher;Tina;${unique("t")}@example.test\r\nparent;Paul;${unique("p")}@example.test\r\n`;
  const id = await startImport(ctx, await actorOf(ctx, school.adminId, { steppedUp: true }), school.schoolId, { kind: "people", dryRun: false }, { name: "staff.csv", bytes: new TextEncoder().encode(csv) });
  const at = `/admin/imports/${id}`;
  const stateOf = async () => (await ctx.db.select().from(imports).where(eq(imports.id, id)))[0]!;
  const broken = { ...ctx, files: { ...ctx.files, get: () => Promise.reject(new Error("storage is down")) } };
  for (let attempt = 0; attempt < 8; attempt++) {
    expect((await stateOf()).status).toBe("waiting");
    await runJobs(broken);
    ctx.setNow(ctx.clock.now() + 10 * 60_000);
  }
  expect(await stateOf()).toMatchObject({ status: "failed", failure: "import_broke_off", handled: 0 });
  const page = await (await open(at)).text();
  for (const words of ["The import stopped", "Something at our end kept going wrong", 'value="again"']) expect(page).toContain(words);
  const answers = await Promise.all([post(at, { act: "again" }), post(at, { act: "again" })]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  await runImports(ctx);
  expect(await stateOf()).toMatchObject({ status: "done", created: 2, failure: null });
  expect((await post(at, { act: "again" })).status).toBe(409);
  expect((await api("POST", `${at}/restart`, { token: await signedIn(ctx, school.adminId, { steppedUp: true }) })).status).toBe(409);

  const { fileKey, createdAt } = await stateOf();
  ctx.setNow(createdAt + 30 * DAY);
  await forgetImportFiles(ctx);
  expect(await ctx.files.get(fileKey!)).not.toBeNull();
  ctx.setNow(createdAt + 30 * DAY + 1);
  expect([await forgetImportFiles(ctx), await forgetImportFiles(ctx)]).toEqual([1, 0]);
  expect([await ctx.files.get(fileKey!), (await stateOf()).fileKey]).toEqual([null, null]);
  await ctx.db.update(imports).set({ status: "failed", failure: "import_broke_off" }).where(eq(imports.id, id));
  expect((await post(at, { act: "again" })).status).toBe(409);
  expect(await (await open(at)).text()).toContain("The file is kept for 30 days only");
});

test("SCH-7: a job whose worker dies each time is given up, and its import with it", async () => {
  const { ctx, school } = await administrator();
  const id = await startImport(ctx, await actorOf(ctx, school.adminId, { steppedUp: true }), school.schoolId, { kind: "people", dryRun: true }, { name: "x.csv", bytes: new TextEncoder().encode("role;name\r\nteacher;Tina\r\n") });
  await ctx.db.update(jobs).set({ attempts: 8, status: "running", availableAt: 0 }).where(sql`payload ->> 'importId' = ${id}`);
  await runJobs(ctx);
  expect(await ctx.db.select({ status: imports.status, failure: imports.failure }).from(imports).where(eq(imports.id, id))).toEqual([{ status: "failed", failure: "import_broke_off" }]);
});
