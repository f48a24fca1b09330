import { commit } from "#db/client.ts";
import { broke, ConstraintFailure } from "#db/errors.ts";
import { advanceImport, failImport, findOpenImport, insertResults } from "#db/imports.ts";
import type { AppContext } from "../../../context.ts";
import { record } from "../../audit.server.ts";
import { DomainError } from "../../errors.ts";
import { planJob } from "../../jobs.server.ts";
import type { Importer, Importing, Plan } from "./importer.server.ts";
import type { ImportRow, Outcome, RowResult } from "./outcomes.ts";
import { importers } from "./importers.server.ts";

/** A chunk is one read batch and one write batch: some 500 KB of parameters. */
const CHUNK = 1_000;
/** Then another job goes on: an invocation may ask the database a thousand times. */
const ROWS_A_RUN = 25_000;

type Run = { ctx: AppContext; importing: Importing; importer: Importer; rows: ImportRow[]; total: number };

/** Goes on with an import where it stands. Late, doubled or after a crash: each chunk is written once, with how far it came. */
export async function runImport(ctx: AppContext, importId: string): Promise<void> {
  const open = await findOpenImport(ctx.db, importId);
  if (!open) return;
  const fail = (reason: string) => endImport(ctx, importId, reason);
  if (!open.stillRuns) return fail("import_starter_gone");
  const file = open.fileKey === null ? null : await ctx.files.get(open.fileKey);
  if (!file) return fail("import_file_gone");
  const importer = importers[open.kind];
  let rows: ImportRow[];
  try {
    rows = await importer.read(new Uint8Array(await new Response(file.body).arrayBuffer()));
  } catch (error) {
    if (error instanceof DomainError) return fail(error.fields[0]!.message);
    throw error;
  }
  const { schoolId, startedBy, starterName, dryRun } = open;
  await walk({ ctx, importing: { importId, schoolId, startedBy, starterName, dryRun }, importer, rows, total: rows.length }, open.handled);
}

/** It goes no further for now. What was done stays. */
export async function endImport(ctx: AppContext, importId: string, reason: string): Promise<void> {
  await failImport(ctx.db, importId, reason, ctx.clock.now());
}

async function walk({ ctx, importing, importer, rows, total }: Run, handled: number): Promise<void> {
  let memory = importer.remember();
  // A dry run leaves nothing behind but what it remembers: it plans from the start again, and reports from where it stood.
  let from = importing.dryRun ? 0 : handled;
  let size = CHUNK;
  const stop = Math.min(total, handled + ROWS_A_RUN);
  while (from < stop) {
    const to = Math.min(stop, from < handled ? handled : total, from + size);
    const chunk = rows.slice(from, to);
    try {
      const plan = await importer.plan(ctx, importing, chunk, memory);
      if (to > handled) await keep(ctx, importing, plan, { from, to, total, stop });
    } catch (error) {
      if (!(error instanceof ConstraintFailure)) throw error;
      if (broke(error, "NOT NULL imports.handled")) return;
      // Somebody was quicker, or one row is worse than the plan could see: smaller pieces, from fresh facts.
      memory = importer.remember();
      if (chunk.length > 1) {
        size = Math.ceil(chunk.length / 2);
        continue;
      }
      await keep(ctx, importing, { results: chunk.map(({ part, line }) => ({ part, line, outcome: "refused", problem: "import_row_conflict", about: "" })), writes: [] }, { from, to, total, stop });
    }
    from = to;
    size = Math.min(CHUNK, size * 2);
  }
}

/** The chunk's effects and report, how far the import is by now, and what comes next: all or nothing. */
async function keep(ctx: AppContext, { importId, schoolId, startedBy, dryRun }: Importing, plan: Plan, { from, to, total, stop }: { from: number; to: number; total: number; stop: number }): Promise<void> {
  const now = ctx.clock.now();
  const done = to >= total;
  const next = !done && to >= stop ? planJob(ctx, "run-import", { importId }) : null;
  await commit(ctx.db, [
    advanceImport(ctx.db, importId, { from, to, counts: countOf(plan.results), finishedAt: done ? now : null }),
    ...(dryRun ? [] : plan.writes),
    ...insertResults(ctx.db, importId, plan.results),
    ...(next ? [next.write] : []),
    ...(done ? [record(ctx, { userId: startedBy }, { action: "import.done", subjectId: importId, schoolId, details: { dryRun, rows: total } })] : []),
  ]);
  await ctx.jobs.ring([...(dryRun ? [] : (plan.jobIds ?? [])), ...(next ? [next.id] : [])]);
}

function countOf(results: RowResult[]): Record<Outcome, number> {
  const counts = { created: 0, changed: 0, already: 0, refused: 0 };
  for (const { outcome } of results) counts[outcome]++;
  return counts;
}
