import type { StepUpMethod } from "#app/domain/actor.ts";
import type { Refusal } from "#app/http/forms.ts";
import { STEP_UP_FIELDS, type PendingAct } from "#app/http/step-up-form.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { RefusalSummary } from "../ui/refusal-summary.tsx";
import { PasskeyButton } from "./passkey-button.tsx";

/** Asks "is it you?" and carries the form that waits for the answer, so that nothing is typed twice. */
export function StepUpForm({ act, to, methods, refusal }: { act: PendingAct | null; to: string | null; methods: StepUpMethod[]; refusal?: Refusal | undefined }) {
  const { m } = useLanguage();
  return (
    <>
      <PageHeader title={m.identity.stepUpTitle} about={act ? m.identity.stepUpThenAct : m.identity.stepUpAbout} />
      <RefusalSummary refusal={refusal} />
      <form method="post" action="/step-up">
        {act && <input type="hidden" name={STEP_UP_FIELDS.act} value={act.path} />}
        {to && <input type="hidden" name={STEP_UP_FIELDS.to} value={to} />}
        {act?.fields.map(([name, value], index) => <input type="hidden" key={index} name={name} value={value} />)}
        <Field name={STEP_UP_FIELDS.password} type="password" label={m.identity.password} autoComplete="current-password" autoFocus refusal={refusal} />
        {methods.includes("totp") && (
          <Field name={STEP_UP_FIELDS.code} label={m.identity.orCode} hint={m.identity.codeHint} inputMode="numeric" autoComplete="one-time-code" refusal={refusal} />
        )}
        <Button>{m.identity.confirm}</Button>
        {methods.includes("passkey") && <PasskeyButton act="step-up" label={m.identity.confirmByPasskey} fields={{ challenge: STEP_UP_FIELDS.challenge, credential: STEP_UP_FIELDS.passkey }} />}
      </form>
    </>
  );
}
