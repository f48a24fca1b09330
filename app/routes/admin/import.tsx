import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ImportForm } from "#app/components/imports/import-form.tsx";
import { ImportList } from "#app/components/imports/import-list.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { ImportInput } from "#app/domain/schools/imports/inputs.ts";
import { loadImports } from "#app/domain/schools/imports/read-imports.server.ts";
import { startImport } from "#app/domain/schools/imports/start-import.server.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read, submit } from "#app/http/forms.ts";
import { uploadOf } from "#app/http/read-upload.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const school = requireSchool(actor, request);
  const { items, older } = await read(() => loadImports(context, actor, school.schoolId, new URL(request.url).searchParams.get("before")));
  return { title: messagesFor(actor.locale).imports.title, school, imports: items, older };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { schoolId } = requireSchool(actor, request);
  return submit(request, ImportInput.pick({ kind: true }), async ({ kind }, _typed, { file }) => {
    const id = await startImport(context, actor, schoolId, { kind, dryRun: true }, await uploadOf(file));
    return redirect(`/admin/imports/${id}`, 303);
  });
}

export default function Import() {
  const { m: { imports: m, schools } } = useLanguage();
  const { school, imports, older } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.title} about={school.schoolName} back={{ href: "/admin", label: schools.admin }} />
      <RefusalSummary refusal={refusal} />
      <p>{m.about}</p>
      <ImportForm refusal={refusal} />
      <p><a href={`/api/v1/admin/export/oneroster.zip?schoolId=${school.schoolId}`}>{m.export}</a></p>
      <h2>{m.before}</h2>
      <ImportList imports={imports} />
      <Pagination olderHref={older && `/admin/import?before=${older}`} />
    </>
  );
}
