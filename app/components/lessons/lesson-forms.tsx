import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { ChoiceField, Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import type { Scope } from "#app/domain/lessons/inputs.ts";
import type { LessonPageFacts } from "#app/domain/lessons/lesson-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";
import { DetailFields, ScopeField, TimeFields } from "./lesson-fields.tsx";

type Props = { lesson: LessonPageFacts; refusal: Refusal | undefined };

export function ChangeForm({ lesson, refusal }: Props) {
  const { m: { lessons: m } } = useLanguage();
  const known = { ...lesson, date: lesson.localStart.slice(0, 10), time: lesson.localStart.slice(11) };
  return (
    <form method="post" className="card">
      <h2>{m.changeTitle}</h2>
      <input type="hidden" name="revision" value={lesson.revision} />
      <TimeFields known={known} refusal={refusal} />
      {lesson.ofSchool && <><input type="hidden" name="details" value="yes" /><DetailFields known={known} refusal={refusal} /></>}
      {lesson.inSeries && <ScopeField refusal={refusal} />}
      <Button name="act" value="change">{m.save}</Button>
      <ButtonLink href={`/schedule/${lesson.id}`}>{m.keep}</ButtonLink>
    </form>
  );
}

/** What it would mean, before it is done; of a series first which lessons. */
export function CancelQuestion({ lesson, refusal, scope }: Props & { scope: Scope }) {
  const { m: { lessons: m }, f } = useLanguage();
  const say = useProblems();
  const { consequence } = lesson;
  if (!consequence) return null;
  const back = <ButtonLink href={`/schedule/${lesson.id}`}>{m.keep}</ButtonLink>;
  const when = f.dateTime(lesson.startsAt);
  if (consequence.problem) return <Notice tone="refused" title={say(consequence.problem)}>{back}</Notice>;
  return (
    <Notice tone="waiting" title={consequence.lessons > 1 ? m.cancelMany(consequence.lessons, when) : m.cancelTitle(when)}>
      <p>{m.consequence(consequence)}</p>
      {lesson.inSeries && (
        <form method="get">
          <input type="hidden" name="ask" value="cancel" />
          <ChoiceField name="scope" label={m.scope} chosen={scope} options={(["one", "following", "all"] as const).map((value) => ({ value, label: m.scopes[value] }))} />
          <Button weight="quiet">{m.previewCancel}</Button>
        </form>
      )}
      <form method="post">
        <input type="hidden" name="revision" value={lesson.revision} />
        <input type="hidden" name="scope" value={scope} />
        <input type="hidden" name="expectedHours" value={consequence.hours} />
        <Field name="reason" label={m.why} refusal={refusal} maxLength={300} autoComplete="off" />
        <Button weight="danger" name="act" value="cancel">{lesson.status === "asked" ? m.takeBack : m.cancel}</Button>
      </form>
      {back}
    </Notice>
  );
}
