import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { TokenForm, TokenList } from "#app/components/identity/personal-tokens.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { NewTokenInput } from "#app/domain/identity/inputs.ts";
import { listTokens, makeToken, revokeToken } from "#app/domain/identity/personal-tokens.server.ts";
import { requireAdult } from "#app/domain/identity/require-adult.ts";
import { SCOPES } from "#app/domain/identity/scopes.ts";
import { read, submit, type Refusal, type Typed } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { showOnce, shownOnce } from "#app/http/shown-once.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const tokens = shownOnce(context) ? [] : await read(async () => (requireAdult(actor), listTokens(context, actor)));
  return { title: messagesFor(actor.locale).entry.tokens, tokens, revoked: new URL(request.url).searchParams.has("revoked") };
}

const Form = z.discriminatedUnion("act", [NewTokenInput.extend({ act: z.literal("make") }), z.object({ act: z.literal("revoke"), tokenId: z.string("missing").max(100) })]);

/** Each scope is a box of its own. */
const prepare = (typed: Typed) => ({ ...typed, scopes: SCOPES.filter((scope) => typed[scope] !== undefined) });

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Form, async (input) => {
    if (input.act === "revoke") {
      await revokeToken(context, actor, input.tokenId);
      return redirect("/settings/security/tokens?revoked", 303);
    }
    // The token is shown this once: its page is the answer to the form itself.
    const { name, token } = await makeToken(context, actor, input);
    return showOnce(context, { made: { name, token } });
  }, prepare);
}

export default function Tokens() {
  const { m: { entry: m, identity } } = useLanguage();
  const { tokens, revoked } = useLoaderData<typeof loader>();
  const answer = useActionData<{ refusal?: Refusal; made?: { name: string; token: string } }>();
  if (answer?.made) {
    return (
      <>
        <PageHeader title={m.yourToken(answer.made.name)} />
        <Notice tone="waiting" title={m.tokenShownOnce} />
        <p className="codes"><code>{answer.made.token}</code></p>
        <p><ButtonLink href="/settings/security/tokens">{m.copiedIt}</ButtonLink></p>
      </>
    );
  }
  return (
    <>
      <PageHeader title={m.tokens} about={m.tokensAbout} back={{ href: "/settings/security", label: identity.securityTitle }} />
      {revoked && !answer?.refusal && <Notice tone="done">{m.tokenRevoked}</Notice>}
      <RefusalSummary refusal={answer?.refusal} />
      <TokenList tokens={tokens} />
      <TokenForm refusal={answer?.refusal} />
    </>
  );
}
