import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** An adult chooses a password, a child a PIN. `username` is for the browser, to keep it under. */
export function OwnSecretForm({ kind, username, refusal }: { kind: "adult" | "child"; username: string; refusal: Refusal | undefined }) {
  const { m: { identity, entry: m } } = useLanguage();
  return (
    <form method="post">
      <input type="hidden" name="username" autoComplete="username" value={username} />
      {kind === "child"
        ? <Field name="password" type="password" label={m.newPin} hint={m.newPinHint} inputMode="numeric" autoComplete="new-password" refusal={refusal} />
        : <Field name="password" type="password" label={identity.newPassword} hint={identity.newPasswordHint} autoComplete="new-password" refusal={refusal} />}
      <Button>{m.keepAndGoOn}</Button>
    </form>
  );
}
