import * as z from "zod";
import type { ImportRecord } from "#db/imports.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { OUTCOMES } from "#app/domain/schools/imports/outcomes.ts";
import { IMPORT_KINDS, ImportInput, type Upload } from "#app/domain/schools/imports/inputs.ts";
import { getImport, loadReport } from "#app/domain/schools/imports/read-imports.server.ts";
import { writeReport } from "#app/http/write-report.ts";
import { restartImport, startImport } from "#app/domain/schools/imports/start-import.server.ts";
import { csvFile } from "#app/http/csv-file.ts";
import { exportOneRoster } from "#app/domain/schools/oneroster/export-oneroster.server.ts";
import { readUpload } from "#app/http/read-upload.ts";
import { problems } from "#app/i18n/catalogue.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const ImportView = z.object({
  id: z.string(), schoolId: z.string(), kind: z.enum(IMPORT_KINDS), fileName: z.string(), dryRun: z.boolean(), status: z.enum(["waiting", "running", "done", "failed"]), failure: z.string().nullable(), fileKept: z.boolean(),
  total: z.int(), handled: z.int(), created: z.int(), changed: z.int(), already: z.int(), refused: z.int(), createdAt: Instant, finishedAt: Instant.nullable(),
}).meta({ id: "Import" });
const RowView = z.object({ part: z.string(), line: z.int(), outcome: z.enum(OUTCOMES), problem: z.string().nullable(), detail: z.string().nullable(), about: z.string() }).meta({ id: "ImportRow" });

const view = ({ fileKey, startedBy: _by, createdAt, finishedAt, ...rest }: ImportRecord): z.infer<typeof ImportView> => ({ ...rest, fileKept: fileKey !== null, createdAt: isoTime(createdAt), finishedAt: isoTimeOrNull(finishedAt) });
const ImportId = z.object({ importId: z.string() });
const digestOf = async ({ bytes }: Upload) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>))];

export const imports = [
  endpoint({
    method: "post", path: "/admin/imports", tag: "Imports", summary: "Bring people, enrolments or families in from a file; a dry run unless told otherwise", actor: "required", policy: "school:administer",
    query: ImportInput.extend({ schoolId: z.string("missing") }), upload: ["multipart/form-data", "text/csv", "application/zip", "application/octet-stream"], answers: { 202: ImportView }, refusals: [409],
    handle: async ({ ctx, actor, query: { schoolId, ...asked }, request, idempotencyKey }) => {
      const file = await readUpload(request);
      const id = await startImport(ctx, actor, schoolId, asked, file, await repeatOf(idempotencyKey, ["import", schoolId, asked, await digestOf(file)]));
      return { status: 202, body: view(await getImport(ctx, actor, id)) };
    },
  }),
  endpoint({
    method: "post", path: "/admin/family-imports", tag: "Imports", summary: "Bring families kept by names in, as a list in JSON or one a line in CSV; a dry run unless told otherwise", actor: "required", policy: "school:administer",
    query: ImportInput.omit({ kind: true }).extend({ schoolId: z.string("missing") }), upload: ["application/json", "text/csv", "multipart/form-data"], answers: { 202: ImportView }, refusals: [409],
    handle: async ({ ctx, actor, query: { schoolId, dryRun }, request, idempotencyKey }) => {
      const file = await readUpload(request);
      const id = await startImport(ctx, actor, schoolId, { kind: "families", dryRun }, file, await repeatOf(idempotencyKey, ["family-import", schoolId, dryRun, await digestOf(file)]));
      return { status: 202, body: view(await getImport(ctx, actor, id)) };
    },
  }),
  endpoint({
    method: "get", path: "/admin/imports/{importId}", tag: "Imports", summary: "How far an import is", actor: "required", policy: "school:administer", params: ImportId, answers: { 200: ImportView },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await getImport(ctx, actor, params.importId)) }),
  }),
  endpoint({
    method: "post", path: "/admin/imports/{importId}/restart", tag: "Imports", summary: "Let a failed import go on where it stopped", actor: "required", policy: "school:administer", params: ImportId, answers: { 202: ImportView }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await restartImport(ctx, actor, params.importId);
      return { status: 202, body: view(await getImport(ctx, actor, params.importId)) };
    },
  }),
  endpoint({
    method: "get", path: "/admin/imports/{importId}/rows", tag: "Imports", summary: "What became of each row, in the order of the file", actor: "required", policy: "school:administer",
    params: ImportId, query: Paging.extend({ outcome: z.literal("refused").optional() }), answers: { 200: pageOf(RowView) },
    handle: async ({ ctx, actor, params, query: { outcome, ...page } }) => {
      const { items, nextCursor } = await loadReport(ctx, actor, params.importId, { ...page, refused: outcome === "refused" });
      const say = problems(actor.locale);
      return { status: 200, body: { items: items.map((row) => ({ ...row, detail: row.problem && say(row.problem) })), nextCursor } };
    },
  }),
  endpoint({
    method: "get", path: "/admin/imports/{importId}/report.csv", tag: "Imports", summary: "The whole report, for a spreadsheet", actor: "required", policy: "school:administer", params: ImportId, file: "text/csv", answers: { 200: null },
    handle: async ({ ctx, actor, params }) => ({ status: 200, ...csvFile("report.csv", await writeReport(ctx, actor, params.importId)) }),
  }),
  endpoint({
    method: "get", path: "/admin/export/oneroster.zip", tag: "Imports", summary: "The school's roster for other systems, as OneRoster", actor: "required", policy: "school:administer", query: z.object({ schoolId: z.string("missing") }), file: "application/zip", answers: { 200: null },
    handle: async ({ ctx, actor, query }) => {
      const zip = await exportOneRoster(ctx, actor, query.schoolId);
      return { status: 200, file: new Blob([zip]).stream(), headers: { "Content-Type": "application/zip", "Content-Disposition": 'attachment; filename="oneroster.zip"', "Cache-Control": "private, no-store" } };
    },
  }),
];
