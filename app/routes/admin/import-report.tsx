import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { ImportCounts } from "#app/components/imports/import-counts.tsx";
import { RefusedRows } from "#app/components/imports/refused-rows.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { importForReal, restartImport } from "#app/domain/schools/imports/start-import.server.ts";
import { loadReport } from "#app/domain/schools/imports/read-imports.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const cursor = new URL(request.url).searchParams.get("after") ?? undefined;
  const { record, items, nextCursor } = await read(() => loadReport(context, actor, params.importId!, { limit: 50, cursor, refused: true }));
  const { id, fileName, fileKey, kind, dryRun, status, failure, total, handled, created, changed, already, refused } = record;
  return { title: messagesFor(actor.locale).imports.title, record: { id, fileName, fileKept: fileKey !== null, kind, dryRun, status, failure, total, handled, created, changed, already, refused }, rows: items, nextCursor };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const importId = params.importId!;
  return submit(request, z.object({ act: z.enum(["real", "again"]) }), async ({ act }) => {
    if (act === "real") return redirect(`/admin/imports/${await importForReal(context, actor, importId)}`, 303);
    await restartImport(context, actor, importId);
    return redirect(`/admin/imports/${importId}`, 303);
  });
}

export default function ImportReport() {
  const { m: { imports: m } } = useLanguage();
  const { record, rows, nextCursor } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.report(record.fileName || m.kinds[record.kind])} back={{ href: "/admin/import", label: m.title }} />
      <RefusalSummary refusal={useRefusal()} />
      <ImportCounts record={record} />
      <h2>{m.refused}</h2>
      <RefusedRows rows={rows} />
      <Pagination olderHref={nextCursor && `/admin/imports/${record.id}?after=${encodeURIComponent(nextCursor)}`} />
      <p><a href={`/api/v1/admin/imports/${record.id}/report.csv`}>{m.download}</a></p>
    </>
  );
}
