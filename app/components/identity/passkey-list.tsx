import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { Field, SelectField } from "../ui/field.tsx";
import { PasskeyButton } from "./passkey-button.tsx";

type PasskeyItem = { id: string; name: string; createdAt: number; lastUsedAt: number | null };

/** The passkeys somebody has: add, rename, remove. Adding needs a script, as every passkey does. */
export function PasskeyList({ passkeys, refusal }: { passkeys: PasskeyItem[]; refusal: Refusal | undefined }) {
  const { m: { identity: m }, f } = useLanguage();
  return (
    <>
      <p>{m.passkeysAbout}</p>
      {passkeys.length > 0 && (
        <DataTable caption={m.passkeys} rows={passkeys} rowKey={(passkey) => passkey.id} columns={[
          { heading: m.name, cell: (passkey) => passkey.name },
          { heading: m.added, cell: (passkey) => f.date(passkey.createdAt) },
          { heading: m.lastUsed, cell: (passkey) => (passkey.lastUsedAt === null ? m.never : f.date(passkey.lastUsedAt)) },
          {
            heading: m.remove, cell: (passkey) => (
              <form method="post">
                <input type="hidden" name="passkeyId" value={passkey.id} />
                <Button weight="quiet" name="act" value="remove-passkey" aria-label={m.removePasskey(passkey.name)}>{m.remove}</Button>
              </form>
            ),
          },
        ]} />
      )}
      <form method="post">
        <input type="hidden" name="act" value="add-passkey" />
        <Field name="passkeyName" label={m.passkeyName} hint={m.passkeyNameHint} autoComplete="off" maxLength={60} refusal={refusal} />
        <PasskeyButton act="registration" label={m.addPasskey} />
      </form>
      {passkeys.length > 0 && (
        <details open={refusal?.values.act === "rename-passkey"}>
          <summary>{m.renamePasskey}</summary>
          <form method="post">
            <SelectField name="passkeyId" label={m.passkey} refusal={refusal} options={passkeys.map(({ id, name }) => ({ value: id, label: name }))} />
            <Field name="newPasskeyName" label={m.newName} autoComplete="off" maxLength={60} refusal={refusal} />
            <Button weight="quiet" name="act" value="rename-passkey">{m.rename}</Button>
          </form>
        </details>
      )}
    </>
  );
}
