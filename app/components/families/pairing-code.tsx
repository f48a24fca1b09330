import { QrCode } from "#app/components/identity/qr-code.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A pairing code, the one time that it is shown. */
export function PairingCode({ code, link, qr }: { code: string; link: string; qr: string[] }) {
  const { m: { kin: m } } = useLanguage();
  return (
    <>
      <Notice tone="waiting" title={m.codeOnce}><p>{m.codeHow(link.replace(/\/[^/]*$/, ""))}</p></Notice>
      <p><strong><code>{code}</code></strong></p>
      <QrCode rows={qr} label={m.qrLabel(code)} />
      <p>{m.codeSafety}</p>
      <p><ButtonLink href="/family/people">{m.codeDone}</ButtonLink></p>
    </>
  );
}
