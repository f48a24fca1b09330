import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { LoginHistory } from "#app/components/identity/login-history.tsx";
import { PasskeyList } from "#app/components/identity/passkey-list.tsx";
import { SessionList } from "#app/components/identity/session-list.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { loadSecurityPage } from "#app/domain/identity/security-page.server.ts";
import { passkeyFrom } from "#app/http/passkey-form.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { doSecurityAct, SecurityForm } from "#app/domain/identity/security-acts.server.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const asked = new URL(request.url).searchParams;
  const page = await read(() => loadSecurityPage(context, actor, asked.get("before") ?? undefined));
  return { title: messagesFor(actor.locale).identity.securityTitle, adult: actor.kind === "adult", email: actor.email, done: asked.get("done"), ...page };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, SecurityForm, async (input) => {
    await doSecurityAct(context, actor, input);
    return redirect(`/settings/security?done=${input.act}`, 303);
  }, (typed) => ({ ...typed, ...passkeyFrom(typed) }));
}

export default function Security() {
  const { m: { identity: m, entry, shell } } = useLanguage();
  const page = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const done = page.done ? m.done[page.done] : undefined;
  return (
    <>
      <PageHeader title={m.securityTitle} back={{ href: "/settings", label: shell.places.settings }} />
      {done && !refusal && <Notice tone="done">{done}</Notice>}
      <RefusalSummary refusal={refusal} />
      {page.adult && (
        <>
          <Card title={m.secondFactor} href="/settings/security/2fa"><p>{page.status.totp.enabled || page.status.sms.enabled || page.status.email.enabled ? m.totpOn(page.status.backupCodes.left) : m.totpOff}</p></Card>
          <Card title={m.passkeys}><PasskeyList passkeys={page.passkeys} refusal={refusal} /></Card>
          <Card title={entry.tokens} href="/settings/security/tokens"><p>{entry.tokensAbout}</p></Card>
          <Card title={m.passwordTitle}>
            <form method="post">
              <input type="hidden" name="username" autoComplete="username" value={page.email ?? ""} />
              <Field name="password" type="password" label={m.newPassword} hint={m.newPasswordHint} autoComplete="new-password" refusal={refusal} />
              <Button weight="quiet" name="act" value="change-password">{m.changePassword}</Button>
            </form>
          </Card>
        </>
      )}
      <Card title={m.sessionsTitle}><SessionList sessions={page.sessions} /></Card>
      <Card title={m.loginsTitle}><LoginHistory logins={page.logins} olderHref={page.olderLogins && `/settings/security?before=${page.olderLogins}`} /></Card>
      <p><ButtonLink href="/sign-out">{shell.signOut}</ButtonLink></p>
    </>
  );
}
