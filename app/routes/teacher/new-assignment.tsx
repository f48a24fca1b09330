import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { AssignmentFields } from "#app/components/learning/assignment-fields.tsx";
import { AudienceFields } from "#app/components/learning/audience-fields.tsx";
import { FilesField } from "#app/components/learning/file-list.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { AssignmentInput } from "#app/domain/learning/assignments/inputs.ts";
import { createAssignment } from "#app/domain/learning/assignments/write-assignment.server.ts";
import { typedAudience } from "#app/domain/learning/audience.ts";
import { audienceChoice } from "#app/domain/learning/audience-choice.server.ts";
import { formWithFiles } from "#app/http/form-with-files.ts";
import { submit } from "#app/http/forms.ts";
import { uploadsOf } from "#app/http/read-upload.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).learningWork.newAssignment, timeZone: actor.timeZone, choice: await audienceChoice(context, actor) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, AssignmentInput, async (input, _typed, files) => {
    const id = await createAssignment(context, actor, input, await uploadsOf(files, "files"));
    return redirect(`/assignments/${id}?done=${input.status === "open" ? "opened" : "saved"}`, 303);
  }, formWithFiles(({ title, instructions, competency, dueOn, dueTime, timeZone, status, ...typed }) => ({ title, instructions, competency, dueOn, dueTime, timeZone, status, ...typedAudience(typed) })));
}

export default function NewAssignment() {
  const { m: { learningWork: m } } = useLanguage();
  const { title, timeZone, choice } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} back={{ href: "/assignments", label: m.assignments }} />
      <RefusalSummary refusal={refusal} />
      {choice.subjects.length === 0 ? <EmptyState title={m.nobodyTaught}><p>{m.nobodyTaughtText}</p></EmptyState> : (
        <form method="post" encType="multipart/form-data">
          <AssignmentFields timeZone={timeZone} refusal={refusal} />
          <FilesField refusal={refusal} />
          <AudienceFields choice={choice} refusal={refusal} />
          <Button name="status" value="open">{m.openNow}</Button>
          <Button weight="quiet" name="status" value="draft">{m.saveDraft}</Button>
        </form>
      )}
    </>
  );
}
