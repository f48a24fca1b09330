import { startImport } from "#app/domain/schools/imports/start-import.server.ts";
import type { ImportKind } from "#app/domain/schools/imports/inputs.ts";
import { importRows, imports } from "#db/schema/imports.ts";
import { asc, eq } from "drizzle-orm";
import { actorOf, listJobs, runJobs, type School, type TestContext } from "#tests/world.ts";

/** Sends a file in as the school's administrator and lets its jobs run. */
export async function bringIn(ctx: TestContext, school: Pick<School, "schoolId" | "adminId">, kind: ImportKind, file: string | Uint8Array<ArrayBuffer>, more: { dryRun?: boolean } = {}) {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const id = await startImport(ctx, await actorOf(ctx, school.adminId, { steppedUp: true }), school.schoolId, { kind, dryRun: more.dryRun ?? false }, { name: "file.csv", bytes });
  await runJobs(ctx);
  const report = await reportOf(ctx, id);
  if (report.record.status !== "done") throw new Error(`the import is ${report.record.status}: ${report.record.failure} ${(await listJobs(ctx)).map((job) => job.lastError).join()}`);
  return { id, ...report };
}

export async function reportOf(ctx: TestContext, importId: string) {
  const [record] = await ctx.db.select().from(imports).where(eq(imports.id, importId));
  const rows = await ctx.db.select().from(importRows).where(eq(importRows.importId, importId)).orderBy(asc(importRows.part), asc(importRows.line));
  return { record: record!, rows, said: rows.map(({ line, outcome, problem }) => `${line} ${outcome}${problem ? ` ${problem}` : ""}`) };
}
