import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { encode } from "uqr";
import { BackupCodes } from "#app/components/identity/backup-codes.tsx";
import { CodeFactorCard, CodeFactorSetUp } from "#app/components/identity/code-factor-card.tsx";
import { TotpSetUp } from "#app/components/identity/totp-set-up.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { CODE_CHANNELS } from "#app/domain/identity/code-factors.ts";
import { requireAdult } from "#app/domain/identity/require-adult.ts";
import { doSecondFactorAct, SecondFactorForm } from "#app/domain/identity/second-factor-acts.server.ts";
import { loadSecondFactorPage } from "#app/domain/identity/security-page.server.ts";
import { read, submit, type Refusal } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { status, pending, begun } = await read(async () => (requireAdult(actor), loadSecondFactorPage(context, actor)));
  const qr = pending && encode(pending.uri, { border: 2 }).data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
  const asked = new URL(request.url).searchParams;
  return {
    title: messagesFor(actor.locale).identity.secondFactor, off: asked.has("off"), way: asked.get("way"), status, pending: pending && qr && { secret: pending.secret, uri: pending.uri, qr },
    codes: CODE_CHANNELS.map((channel) => ({ channel, on: status[channel].address, begun: begun.find((one) => one.channel === channel)?.address ?? null, suggested: channel === "email" ? actor.email : null })),
  };
}

const HERE = "/settings/security/2fa";
export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, SecondFactorForm, async (input) => {
    const made = await doSecondFactorAct(context, actor, input);
    // Backup codes are shown this once: their page is the answer to the form itself.
    if (made && made.backupCodes.length > 0) return data(made);
    return redirect(input.act === "set-up" ? `${HERE}#set-up` : input.act === "begin-codes" ? `${HERE}?way=${input.channel}` : input.act === "disable" ? `${HERE}?off` : HERE, 303);
  });
}

export default function SecondFactors() {
  const { m: { identity: m, entry } } = useLanguage();
  const { status, pending, off, way, codes } = useLoaderData<typeof loader>();
  const answer = useActionData<{ refusal?: Refusal; backupCodes?: string[] }>();
  if (answer?.backupCodes) return <BackupCodes codes={answer.backupCodes} />;
  const guarded = status.totp.enabled || status.sms.enabled || status.email.enabled;
  const begun = codes.find((one) => one.channel === way && one.on === null);
  if (begun) return <CodeFactorSetUp {...begun} refusal={answer?.refusal} />;
  return (
    <>
      <PageHeader title={m.secondFactor} about={entry.factorsAbout} back={{ href: "/settings/security", label: m.securityTitle }} />
      {off && !guarded && <Notice tone="done">{m.totpIsOff}</Notice>}
      <RefusalSummary refusal={answer?.refusal} />
      <Card title={entry.app} tag={status.totp.enabled && <Tag tone="done">{entry.on}</Tag>}>
        {status.totp.enabled ? <form method="post"><Button weight="danger" name="act" value="disable">{m.turnOff}</Button></form>
          : pending ? <TotpSetUp pending={pending} refusal={answer?.refusal} />
          : <><p>{m.totpAbout}</p><form method="post"><Button name="act" value="set-up">{m.setUp}</Button></form></>}
      </Card>
      {codes.map((one) => <CodeFactorCard key={one.channel} {...one} />)}
      {guarded && (
        <Card title={m.backupCodes}>
          <p>{entry.codesLeft(status.backupCodes.left)} {m.backupCodesAbout}</p>
          <form method="post"><Button weight="quiet" name="act" value="new-codes">{m.newBackupCodes}</Button></form>
        </Card>
      )}
    </>
  );
}
