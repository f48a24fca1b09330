import { SCOPES, type Scope } from "#app/domain/identity/scopes.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { CheckField, Field, SelectField } from "../ui/field.tsx";

type Token = { id: string; name: string; scopes: Scope[]; expiresAt: number; lastUsedAt: number | null };

/** What each program may do, until when, and whether it still comes. */
export function TokenList({ tokens }: { tokens: Token[] }) {
  const { m: { identity, entry: m }, f } = useLanguage();
  if (tokens.length === 0) return <EmptyState title={m.noTokens} />;
  return (
    <DataTable caption={m.tokens} rows={tokens} rowKey={(token) => token.id} columns={[
      { heading: identity.name, cell: (token) => token.name },
      { heading: m.may, cell: (token) => token.scopes.map((scope) => m.scopes[scope]).join(", ") },
      { heading: identity.lastUsed, cell: (token) => (token.lastUsedAt === null ? identity.never : f.dateTime(token.lastUsedAt)) },
      { heading: m.ends, cell: (token) => f.dateTime(token.expiresAt) },
      {
        heading: identity.end, cell: (token) => (
          <form method="post">
            <input type="hidden" name="tokenId" value={token.id} />
            <Button weight="quiet" name="act" value="revoke" aria-label={m.revokeToken(token.name)}>{identity.end}</Button>
          </form>
        ),
      },
    ]} />
  );
}

export function TokenForm({ refusal }: { refusal: Refusal | undefined }) {
  const { m: { entry: m } } = useLanguage();
  const say = useProblems();
  const missing = refusal?.fields.find((field) => field.path === "scopes");
  return (
    <Card title={m.makeToken}>
      <form method="post">
        <Field name="name" label={m.tokenName} hint={m.tokenNameHint} autoComplete="off" refusal={refusal} />
        <fieldset className="field" id="scopes" data-wrong={missing ? true : undefined}>
          <legend>{m.tokenScopes}</legend>
          {missing && <p className="problem">{say(missing.message)}</p>}
          {SCOPES.map((scope) => <CheckField key={scope} name={scope} label={m.scopes[scope]} refusal={refusal} />)}
        </fieldset>
        <SelectField name="expiresInDays" label={m.tokenEnds} options={[30, 90, 180, 365].map((days) => ({ value: String(days), label: m.days(days) }))} defaultValue="90" refusal={refusal} />
        <Button name="act" value="make">{m.makeToken}</Button>
      </form>
    </Card>
  );
}
