import { commit, type Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { insertImport, reopenImport, selectImport } from "#db/imports.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { claimRepeat, findRepeat, once, type Repeat } from "../../idempotency.server.ts";
import { planJob } from "../../jobs.server.ts";
import { authorize, requireStepUp } from "../../policy.ts";
import { administeredSchools } from "../rules.ts";
import { importers } from "./importers.server.ts";
import { LARGEST_FILE, MOST_ROWS, type ImportInput, type Upload } from "./inputs.ts";

/** Takes a file in. That it can be read at all is said at once; what becomes of each row is a job's work. */
export async function startImport(ctx: AppContext, actor: Actor, schoolId: string, { kind, dryRun }: ImportInput, file: Upload, repeat: Repeat | null = null): Promise<string> {
  authorize(actor, "school:administer", schoolId);
  if (!dryRun) requireStepUp(actor, ctx.clock.now());
  if (file.bytes.length === 0) throw invalid("file", "file_missing");
  if (file.bytes.length > LARGEST_FILE) throw new DomainError("too_large", "file_too_large");
  const total = (await importers[kind].read(file.bytes)).length;
  if (total === 0) throw invalid("file", "file_without_rows");
  if (total > MOST_ROWS) throw new DomainError("too_large", "import_rows_too_many");
  const first = await findRepeat(ctx, actor.userId, repeat);
  if (first !== null) return first;
  return once(ctx, actor.userId, repeat, async () => {
    const id = ctx.ids.make("imp");
    const fileKey = `imports/${schoolId}/${id}`;
    await ctx.files.put(fileKey, file.bytes, "application/octet-stream");
    return begin(ctx, actor, { id, schoolId, kind, dryRun, fileKey, fileName: file.name.slice(0, 200), total }, claimRepeat(ctx, actor.userId, repeat, id));
  });
}

/** After a dry run: the same file for real. Asked twice, it is done once. */
export async function importForReal(ctx: AppContext, actor: Actor, importId: string): Promise<string> {
  const [tried] = await selectImport(ctx.db, administeredSchools(actor).map((school) => school.schoolId), importId);
  if (!tried) throw notFound();
  // Guardians and staff get sight of children by it.
  requireStepUp(actor, ctx.clock.now());
  if (!tried.dryRun || tried.status !== "done") throw new DomainError("conflict", "import_not_tried");
  if (tried.fileKey === null) throw new DomainError("conflict", "import_file_gone");
  const repeat = { key: `import-for-real:${importId}`, fingerprint: "" };
  return once(ctx, tried.id, repeat, () => {
    const { schoolId, kind, fileKey, fileName, total } = tried;
    const id = ctx.ids.make("imp");
    return begin(ctx, actor, { id, schoolId, kind, fileKey, fileName, total, dryRun: false }, claimRepeat(ctx, tried.id, repeat, id));
  });
}

/** A failed import goes on where it stood: rows that were done are left alone. */
export async function restartImport(ctx: AppContext, actor: Actor, importId: string): Promise<void> {
  const [failed] = await selectImport(ctx.db, administeredSchools(actor).map((school) => school.schoolId), importId);
  if (!failed) throw notFound();
  if (!failed.dryRun) requireStepUp(actor, ctx.clock.now());
  if (failed.status !== "failed") throw new DomainError("conflict", "import_not_failed");
  if (failed.fileKey === null) throw new DomainError("conflict", "import_file_gone");
  const job = planJob(ctx, "run-import", { importId });
  try {
    await commit(ctx.db, [reopenImport(ctx.db, importId), job.write, record(ctx, actor, { action: "import.restarted", subjectId: importId, schoolId: failed.schoolId, details: { kind: failed.kind, handled: failed.handled } })]);
  } catch (error) {
    throw broke(error, "NOT NULL imports.status") ? new DomainError("conflict", "import_not_failed") : error;
  }
  await ctx.jobs.ring([job.id]);
}

type Begun = Omit<Parameters<typeof insertImport>[1], "status" | "startedBy" | "createdAt">;

async function begin(ctx: AppContext, actor: Actor, row: Begun, claim: Write[]): Promise<string> {
  const job = planJob(ctx, "run-import", { importId: row.id });
  await commit(ctx.db, [
    insertImport(ctx.db, { ...row, status: "waiting", startedBy: actor.userId, createdAt: ctx.clock.now() }),
    ...claim,
    job.write,
    record(ctx, actor, { action: "import.started", subjectId: row.id, schoolId: row.schoolId, details: { kind: row.kind, dryRun: row.dryRun, rows: row.total } }),
  ]);
  await ctx.jobs.ring([job.id]);
  return row.id;
}
