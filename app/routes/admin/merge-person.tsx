import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { MergePreview } from "#app/components/people/merge-preview.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { loadMergePage } from "#app/domain/people/merge-page.server.ts";
import { mergePeople } from "#app/domain/people/merge-people.server.ts";
import { MergeInput } from "#app/domain/people/record-inputs.ts";
import { undoMerge } from "#app/domain/people/undo-merge.server.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const school = requireSchool(actor, request);
  const query = new URL(request.url).searchParams;
  const page = await read(() => loadMergePage(context, actor, school.schoolId, params.personId ?? "", { q: query.get("q")?.slice(0, 100) || undefined, with: query.get("with") ?? undefined }));
  const into = page.chosen ? page.kept : page.person;
  return { title: messagesFor(actor.locale).records.mergeTitle(into.name), into: { id: into.id, name: into.name }, schoolId: school.schoolId, page, q: query.get("q"), done: query.get("done") };
}

const Act = z.discriminatedUnion("act", [
  z.object({ act: z.literal("merge"), schoolId: z.string(), goneId: MergeInput.shape.goneId }),
  z.object({ act: z.literal("undo"), mergeId: z.string() }),
]);

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const keptId = params.personId ?? "";
  return submit(request, Act, async (input) => {
    if (input.act === "merge") await mergePeople(context, actor, { schoolId: input.schoolId, keptId, goneId: input.goneId });
    else await undoMerge(context, actor, input.mergeId);
    return redirect(`/admin/people/${keptId}/merge?done=${input.act === "merge" ? "merged" : "undone"}`, 303);
  });
}

export default function MergePerson() {
  const { m: { records: m }, f } = useLanguage();
  const { title, into, schoolId, page, q, done } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} back={{ href: `/admin/people/${into.id}`, label: into.name }} />
      {done && m.done[done] && !refusal && <Notice tone="done" title={m.done[done]} />}
      <RefusalSummary refusal={refusal} />
      {page.chosen ? <MergePreview preview={page} schoolId={schoolId} /> : (
        <>
          <p>{m.mergeAbout(into.name)}</p>
          <form method="get">
            <Field name="q" type="search" label={m.mergeFind} hint={m.mergeFindHint} defaultValue={q ?? ""} autoComplete="off" />
            <Button>{m.find}</Button>
          </form>
          {page.candidates?.length === 0 && <p>{m.foundNone}</p>}
          {page.candidates && page.candidates.length > 0 && (
            <DataTable caption={m.mergeFind} rows={page.candidates} rowKey={(one) => one.id} columns={[
              { heading: m.goes, cell: (one) => <a href={`?with=${one.id}`}>{m.choose(one.name)}</a> },
              { heading: m.signIn, cell: (one) => one.signIn },
            ]} />
          )}
          {page.merged.length > 0 && <h2>{m.mergesDone}</h2>}
          {page.merged.map((merge) => (
            <form method="post" key={merge.id}>
              <p>{m.mergedOn(merge.goneName, f.dateTime(merge.createdAt), f.dateTime(merge.undoUntil))}</p>
              <input type="hidden" name="mergeId" value={merge.id} />
              <Button weight="quiet" name="act" value="undo">{m.undo}</Button>
            </form>
          ))}
        </>
      )}
    </>
  );
}
