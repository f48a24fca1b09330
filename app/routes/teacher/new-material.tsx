import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { AudienceFields } from "#app/components/learning/audience-fields.tsx";
import { FilesField } from "#app/components/learning/file-list.tsx";
import { MaterialFields } from "#app/components/learning/material-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { typedAudience } from "#app/domain/learning/audience.ts";
import { audienceChoice } from "#app/domain/learning/audience-choice.server.ts";
import { MaterialInput } from "#app/domain/learning/materials/inputs.ts";
import { createMaterial } from "#app/domain/learning/materials/write-material.server.ts";
import { submit } from "#app/http/forms.ts";
import { formWithFiles } from "#app/http/form-with-files.ts";
import { uploadsOf } from "#app/http/read-upload.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).learningWork.newMaterial, choice: await audienceChoice(context, actor) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, MaterialInput, async (input, _typed, files) => {
    const id = await createMaterial(context, actor, input, await uploadsOf(files, "files"));
    return redirect(`/materials/${id}?done=${input.status === "shared" ? "shared" : "saved"}`, 303);
  }, formWithFiles(({ title, text, link, minutes, status, ...typed }) => ({ title, text, link, minutes, status, ...typedAudience(typed) })));
}

export default function NewMaterial() {
  const { m: { learningWork: m } } = useLanguage();
  const { title, choice } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} back={{ href: "/materials", label: m.materials }} />
      <RefusalSummary refusal={refusal} />
      {choice.subjects.length === 0 ? <EmptyState title={m.nobodyTaught}><p>{m.nobodyTaughtText}</p></EmptyState> : (
        <form method="post" encType="multipart/form-data">
          <MaterialFields refusal={refusal} />
          <FilesField refusal={refusal} />
          <AudienceFields choice={choice} refusal={refusal} />
          <Button name="status" value="shared">{m.shareNow}</Button>
          <Button weight="quiet" name="status" value="draft">{m.saveDraft}</Button>
        </form>
      )}
    </>
  );
}
