import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { AttemptList, HandInForm, TeacherParts } from "#app/components/learning/assignment-parts.tsx";
import { Due } from "#app/components/learning/due.tsx";
import { FileList } from "#app/components/learning/file-list.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { AssignmentAct, doAssignmentAct } from "#app/domain/learning/assignments/assignment-acts.server.ts";
import { readAssignment } from "#app/domain/learning/assignments/assignment-page.server.ts";
import { typedAct } from "#app/domain/learning/assignments/typed-act.ts";
import { formWithFiles } from "#app/http/form-with-files.ts";
import { read, submit } from "#app/http/forms.ts";
import { uploadsOf } from "#app/http/read-upload.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const assignment = await read(() => readAssignment(context, actor, params.assignmentId ?? ""));
  return { title: assignment.title, me: actor.userId, done: new URL(request.url).searchParams.get("done"), assignment };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, AssignmentAct, async (input, _typed, files) => redirect(await doAssignmentAct(context, actor, params.assignmentId ?? "", input, await uploadsOf(files, "files")), 303), formWithFiles(typedAct));
}

const TONES = { draft: "waiting", open: "done", closed: "info" } as const;

export default function Assignment() {
  const { m: { learningWork: m, learning: { competencies } } } = useLanguage();
  const { me, done, assignment } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const { title, subject, author, instructions, status, dueAt, timeZone, competency, files, children, handIn, received } = assignment;
  const said = done ? m.said[done] : undefined;
  return (
    <>
      <PageHeader title={title} about={`${subject}, ${m.by(author)}`} back={{ href: "/assignments", label: m.assignments }} />
      {said && !refusal && <Notice tone="done">{said}</Notice>}
      <RefusalSummary refusal={refusal} />
      <SummaryList rows={[
        { term: m.due, value: <Due at={dueAt} timeZone={timeZone} /> }, { term: m.state, value: <Tag tone={TONES[status]}>{m.assignmentStatus[status]}</Tag> },
        ...(competency ? [{ term: m.competency, value: competencies[competency] }] : []),
      ]} />
      {instructions && <p className="prewrapped">{instructions}</p>}
      <FileList files={files} own={received !== null} />
      {handIn && <HandInForm assignment={assignment} refusal={refusal} />}
      {children.map((child) => <section key={child.id}><h2>{child.id === me ? m.attempts : m.attemptsOf(child.name)}</h2><AttemptList attempts={child.attempts} /></section>)}
      {received && <TeacherParts assignment={assignment} refusal={refusal} />}
    </>
  );
}
