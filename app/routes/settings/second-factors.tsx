import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { encode } from "uqr";
import * as z from "zod";
import { BackupCodes } from "#app/components/identity/backup-codes.tsx";
import { TotpSetUp } from "#app/components/identity/totp-set-up.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { CodeInput } from "#app/domain/identity/inputs.ts";
import { makeBackupCodes } from "#app/domain/identity/make-backup-codes.server.ts";
import { requireAdult } from "#app/domain/identity/require-adult.ts";
import { loadSecondFactorPage } from "#app/domain/identity/security-page.server.ts";
import { disableTotp, enableTotp, setUpTotp } from "#app/domain/identity/set-up-totp.server.ts";
import { read, submit, type Refusal } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { status, pending } = await read(async () => (requireAdult(actor), loadSecondFactorPage(context, actor)));
  const qr = pending && encode(pending.uri, { border: 2 }).data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
  return { title: messagesFor(actor.locale).identity.secondFactor, off: new URL(request.url).searchParams.has("off"), status, pending: pending && qr && { secret: pending.secret, uri: pending.uri, qr } };
}

const Form = z.discriminatedUnion("act", [
  z.object({ act: z.literal("set-up") }),
  CodeInput.extend({ act: z.literal("enable") }),
  z.object({ act: z.literal("disable") }),
  z.object({ act: z.literal("new-codes") }),
]);

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Form, async (input) => {
    // Backup codes are shown this once: their page is the answer to the form itself.
    if (input.act === "enable") return data(await enableTotp(context, actor, input.code));
    if (input.act === "new-codes") return data(await makeBackupCodes(context, actor));
    await (input.act === "set-up" ? setUpTotp(context, actor) : disableTotp(context, actor));
    return redirect(input.act === "set-up" ? "/settings/security/2fa#set-up" : "/settings/security/2fa?off", 303);
  });
}

export default function SecondFactors() {
  const { m: { identity: m } } = useLanguage();
  const { status, pending, off } = useLoaderData<typeof loader>();
  const answer = useActionData<{ refusal?: Refusal; backupCodes?: string[] }>();
  const back = { href: "/settings/security", label: m.securityTitle };
  if (answer?.backupCodes) return <BackupCodes codes={answer.backupCodes} />;
  return (
    <>
      <PageHeader title={m.secondFactor} about={status.totp.enabled ? m.totpOn(status.backupCodes.left) : m.totpAbout} back={back} />
      {off && !status.totp.enabled && <Notice tone="done">{m.totpIsOff}</Notice>}
      <RefusalSummary refusal={answer?.refusal} />
      {status.totp.enabled ? (
        <>
          <Card title={m.backupCodes}>
            <p>{m.backupCodesAbout}</p>
            <form method="post"><Button weight="quiet" name="act" value="new-codes">{m.newBackupCodes}</Button></form>
          </Card>
          <Card title={m.turnOff}>
            <p>{m.turnOffAbout}</p>
            <form method="post"><Button weight="danger" name="act" value="disable">{m.turnOff}</Button></form>
          </Card>
        </>
      ) : pending ? <TotpSetUp pending={pending} refusal={answer?.refusal} /> : <form method="post"><Button name="act" value="set-up">{m.setUp}</Button></form>}
    </>
  );
}
