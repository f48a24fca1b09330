import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Field, TextField } from "#app/components/ui/field.tsx";
import type { GoalItem } from "#app/domain/learning/goals/read-goals.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { GoalFields } from "./goal-fields.tsx";

export type Asked = { act: "create" } | { act: "change" | "step" | "remove"; goal: GoalItem };

/** The one thing that is asked on the page: a new goal, a change, a step, a removal. */
export function GoalQuestion({ asked, back, idempotencyKey, refusal }: { asked: Asked; back: string; idempotencyKey: string; refusal: Refusal | undefined }) {
  const { m: { goals: m } } = useLanguage();
  if (asked.act === "remove") return <Confirm title={m.removeTitle(asked.goal.title)} consequence={m.removeConsequence} act="remove" fields={{ goalId: asked.goal.id }} label={m.remove} back={{ href: back, label: m.keep }} />;
  const goal = asked.act === "create" ? undefined : asked.goal;
  return (
    <form method="post">
      <h2>{asked.act === "create" ? m.set : asked.act === "step" ? `${m.step}: ${goal!.title}` : `${m.change}: ${goal!.title}`}</h2>
      <input type="hidden" name="key" value={idempotencyKey} />
      {goal && <input type="hidden" name="goalId" value={goal.id} />}
      {asked.act === "step" ? (
        <>
          <Field name="percent" label={m.stepPercent} inputMode="numeric" autoComplete="off" refusal={refusal} defaultValue={goal!.percent} />
          <TextField name="note" label={m.stepNote} maxLength={500} refusal={refusal} />
        </>
      ) : <GoalFields {...(goal ? { goal } : {})} refusal={refusal} />}
      <Button name="act" value={asked.act}>{asked.act === "create" ? m.setNow : asked.act === "step" ? m.stepNow : m.save}</Button>
      <ButtonLink href={back}>{m.keep}</ButtonLink>
    </form>
  );
}
