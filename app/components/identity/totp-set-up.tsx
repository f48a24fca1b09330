import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { QrCode } from "./qr-code.tsx";

/** The secret as picture, link and text, then the first code that proves it arrived. */
export function TotpSetUp({ pending, refusal }: { pending: { secret: string; uri: string; qr: string[] }; refusal: Refusal | undefined }) {
  const { m: { identity: m } } = useLanguage();
  return (
    <section id="set-up">
      <p>{m.scan}</p>
      <QrCode rows={pending.qr} label={m.qrLabel} />
      <p><a href={pending.uri}>{m.openApp}</a></p>
      <p>{m.orType} <code>{pending.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code></p>
      <form method="post">
        <Field name="code" label={m.firstCode} inputMode="numeric" autoComplete="one-time-code" refusal={refusal} />
        <Button name="act" value="enable">{m.turnOn}</Button>
      </form>
    </section>
  );
}
