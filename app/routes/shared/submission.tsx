import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { AttemptTag } from "#app/components/learning/attempt-tag.tsx";
import { FeedbackForm } from "#app/components/learning/feedback-form.tsx";
import { FileList } from "#app/components/learning/file-list.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { giveFeedback } from "#app/domain/learning/assignments/give-feedback.server.ts";
import { FeedbackInput } from "#app/domain/learning/assignments/inputs.ts";
import { readSubmission } from "#app/domain/learning/assignments/submission-page.server.ts";
import { formWithFiles } from "#app/http/form-with-files.ts";
import { read, submit } from "#app/http/forms.ts";
import { uploadsOf } from "#app/http/read-upload.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const work = await read(() => readSubmission(context, actor, params.submissionId ?? ""));
  const { learningWork: m } = messagesFor(actor.locale);
  return { title: work.own ? m.yourWork : m.submissionOf(work.student), done: new URL(request.url).searchParams.get("done"), work };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.submissionId ?? "";
  return submit(request, FeedbackInput, async (input, _typed, files) => {
    await giveFeedback(context, actor, id, input, await uploadsOf(files, "files"));
    return redirect(`/submissions/${id}?done=${input.again ? "returned" : "feedback"}`, 303);
  }, formWithFiles(({ act, level, comment }) => ({ level, comment, again: act === "again" })));
}

export default function Submission() {
  const { m: { learningWork: m, learning: { competencies, levels } }, f } = useLanguage();
  const { title, done, work } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const said = done ? m.said[done] : undefined;
  const { feedback } = work;
  return (
    <>
      <PageHeader title={title} about={`${work.title}, ${work.subject}`} back={{ href: `/assignments/${work.assignmentId}`, label: m.work }} />
      {said && !refusal && <Notice tone="done">{said}</Notice>}
      <RefusalSummary refusal={refusal} />
      <SummaryList rows={[{ term: m.attempt(work.attempt), value: <AttemptTag status={work.status} late={work.late} /> }, { term: m.handedInAt, value: f.dateTime(work.submittedAt) }]} />
      {!work.isNewest && <Notice>{m.replaced}</Notice>}
      {work.text ? <p className="prewrapped">{work.text}</p> : <p className="hint">{m.noText}</p>}
      <FileList files={work.files} />
      <h2>{m.feedback}</h2>
      {feedback ? (
        <>
          <SummaryList rows={[
            { term: m.level, value: feedback.level ? <strong>{levels[feedback.level]}</strong> : m.sentBack }, { term: work.teacher, value: f.dateTime(feedback.at) },
            ...(feedback.level && work.competency ? [{ term: m.competency, value: competencies[work.competency] }] : []),
          ]} />
          {feedback.comment && <p className="prewrapped">{feedback.comment}</p>}
          <FileList files={feedback.files} />
        </>
      ) : work.mayReview ? <FeedbackForm refusal={refusal} /> : <EmptyState title={m.noFeedback}>{work.own && <p>{m.noFeedbackText}</p>}</EmptyState>}
    </>
  );
}
