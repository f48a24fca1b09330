import { Button } from "#app/components/ui/button.tsx";
import { Field, TextField } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import type { AssignmentPage } from "#app/domain/learning/assignments/assignment-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { AssignmentFields } from "./assignment-fields.tsx";
import { AttemptTag } from "./attempt-tag.tsx";
import { AudienceFields } from "./audience-fields.tsx";
import { FilesField } from "./file-list.tsx";

type Props = { assignment: AssignmentPage; refusal: Refusal | undefined };

/** The student's next try, or why there is none. Which try it is stands in the form, so that a form sent twice counts once. */
export function HandInForm({ assignment: { handIn, over }, refusal }: Props) {
  const { m: { learningWork: m } } = useLanguage();
  if (!handIn) return null;
  if (handIn.verdict !== "taken") return <Notice>{m.whyNot[handIn.verdict]}</Notice>;
  return (
    <form method="post" encType="multipart/form-data" className="card">
      <h2>{handIn.attempt === 1 ? m.handIn : m.handInAgain}</h2>
      {over && <Notice tone="waiting">{m.lateHint}</Notice>}
      {handIn.attempt > 1 && <p className="hint">{m.replaceHint}</p>}
      <input type="hidden" name="attempt" value={handIn.attempt} />
      <TextField name="text" label={m.yourWork} hint={m.yourWorkHint} refusal={refusal} rows={8} maxLength={10_000} />
      <FilesField refusal={refusal} />
      <Field name="minutes" type="number" inputMode="numeric" min={1} max={600} label={m.minutesToday} refusal={refusal} />
      <Button name="act" value="hand-in">{m.handIn}</Button>
    </form>
  );
}

/** The tries of one child, the latest first. */
export function AttemptList({ attempts }: { attempts: AssignmentPage["children"][number]["attempts"] }) {
  const { m: { learningWork: m, learning }, f } = useLanguage();
  if (attempts.length === 0) return <p>{m.noAttempts}</p>;
  return (
    <ul className="rows">{attempts.map((attempt) => (
      <li key={attempt.id}>
        <p className="lead"><a href={`/submissions/${attempt.id}`}>{m.attempt(attempt.attempt)}{attempt.level && `: ${learning.levelShort(attempt.level)}`}</a><AttemptTag {...attempt} /></p>
        <p className="hint">{f.dateTime(attempt.submittedAt)}</p>
      </li>
    ))}</ul>
  );
}

/** For its teacher: what came in, and what can be changed. */
export function TeacherParts({ assignment, refusal }: Props) {
  const { m: { learningWork: m }, f } = useLanguage();
  const { received, status, id } = assignment;
  return (
    <>
      <h2>{m.received}</h2>
      {!received || received.items.length === 0 ? <p>{m.receivedNone}</p> : (
        <ul className="rows">{received.items.map((item) => (
          <li key={item.id}>
            <p className="lead"><a href={`/submissions/${item.id}`}>{item.student}</a><AttemptTag {...item} /></p>
            <p className="hint">{m.attempt(item.attempt)}, {f.dateTime(item.submittedAt)}</p>
          </li>
        ))}</ul>
      )}
      {received?.more && <p className="hint">{m.more}</p>}
      <form method="post" action={`/assignments/${id}`}>{status === "open" ? <><p className="hint">{m.closeHint}</p><Button weight="quiet" name="act" value="close">{m.close}</Button></> : <Button weight={status === "draft" ? "primary" : "quiet"} name="act" value="open">{status === "draft" ? m.open : m.openAgain}</Button>}</form>
      <details open={refusal !== undefined}>
        <summary>{m.edit}</summary>
        <form method="post" encType="multipart/form-data">
          <AssignmentFields assignment={assignment} timeZone={assignment.timeZone} refusal={refusal} />
          <FilesField refusal={refusal} />
          {assignment.forWhom && <AudienceFields choice={assignment.forWhom.choice} now={assignment.forWhom} refusal={refusal} />}
          <Button weight="quiet" name="act" value="save">{m.save}</Button>
        </form>
      </details>
    </>
  );
}
