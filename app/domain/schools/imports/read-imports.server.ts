import { listImports, selectImport, selectResults, type ImportRecord, type ImportResult } from "#db/imports.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { invalid, notFound } from "../../errors.ts";
import { pageOf, type Paging } from "../../paging.ts";
import { authorize } from "../../policy.ts";
import { administeredSchools } from "../rules.ts";

const PAGE = 20;
const run = (actor: Actor) => administeredSchools(actor).map((school) => school.schoolId);

export async function getImport(ctx: AppContext, actor: Actor, importId: string): Promise<ImportRecord> {
  const [found] = await selectImport(ctx.db, run(actor), importId);
  if (!found) throw notFound();
  return found;
}

/** The school's imports, newest first. */
export async function loadImports(ctx: AppContext, actor: Actor, schoolId: string, before: string | null) {
  authorize(actor, "school:administer", schoolId);
  const found = await listImports(ctx.db, schoolId, { before, limit: PAGE + 1 });
  const items = found.slice(0, PAGE);
  return { items, older: found.length > PAGE ? items.at(-1)!.id : null };
}

type ReportPage = Paging & { refused?: boolean | undefined };

/** An import with a page of its report, in the order of the file. */
export async function loadReport(ctx: AppContext, actor: Actor, importId: string, { limit, cursor, refused = false }: ReportPage): Promise<{ record: ImportRecord; items: ImportResult[]; nextCursor: string | null }> {
  const [[record], found] = await ctx.db.batch([selectImport(ctx.db, run(actor), importId), selectResults(ctx.db, run(actor), importId, { after: placeOf(cursor), limit: limit + 1, refused })]);
  if (!record) throw notFound();
  return { record, ...pageOf(found, limit, ({ part, line }) => `${part}:${line}`) };
}

function placeOf(cursor: string | undefined): { part: string; line: number } | null {
  if (cursor === undefined) return null;
  const [, part = "", line] = /^(\w*):(\d{1,9})$/.exec(cursor) ?? [];
  if (line === undefined) throw invalid("cursor", "invalid");
  return { part, line: Number(line) };
}
