import { useLanguage } from "#app/i18n/use-messages.ts";

/** For the form round it: two hidden fields, and a button that a script shows where the browser knows passkeys. */
export function PasskeyButton({ act, label, fields = { challenge: "challengeId", credential: "credential" } }: { act: "sign-in" | "registration" | "step-up"; label: string; fields?: { challenge: string; credential: string } }) {
  const { m } = useLanguage();
  return (
    <>
      <input type="hidden" name={fields.challenge} data-passkey-part="challenge" />
      <input type="hidden" name={fields.credential} data-passkey-part="credential" />
      <button type="button" className="button" data-weight="quiet" data-passkey={act} data-failed={m.identity.passkeyFailed} hidden>{label}</button>
      <p role="status" data-passkey-said="" />
    </>
  );
}
