import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A new address that waits for the code mailed to it. */
export function EmailToConfirm({ email, refusal }: { email: string; refusal: Refusal | undefined }) {
  const { m: { profile: m } } = useLanguage();
  return (
    <Notice tone="waiting" title={m.pendingTitle}>
      <p>{m.pending(email)}</p>
      <form method="post">
        <Field name="code" label={m.code} refusal={refusal} inputMode="numeric" autoComplete="one-time-code" />
        <Button name="act" value="confirm-email">{m.confirm}</Button>
        <Button weight="quiet" name="act" value="cancel-email">{m.keepOld}</Button>
      </form>
    </Notice>
  );
}
