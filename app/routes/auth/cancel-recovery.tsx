import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { DomainError } from "#app/domain/errors.ts";
import { cancelByLink, findByCancelLink } from "#app/domain/identity/cancel-recovery.server.ts";
import { recoveryState } from "#app/domain/identity/recovery.ts";
import { pageError, submit } from "#app/http/forms.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import * as z from "zod";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const recovery = await findByCancelLink(context, params.token ?? "");
  if (!recovery) throw pageError(new DomainError("not_found"));
  return { title: messagesFor("en").entry.ownRecoveryTitle, open: recoveryState(recovery, context.clock.now()) !== "over", cancelled: recovery.status === "cancelled", readyAt: recovery.readyAt };
}

/** A form, not the link itself: mailboxes open links to look for evil. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  return submit(request, z.object({}), async () => {
    await cancelByLink(context, params.token ?? "");
    return redirect(`/recover/cancel/${params.token}`, 303);
  });
}

export default function CancelRecovery() {
  const { m: { entry: m, shell }, f } = useLanguage();
  const { open, cancelled, readyAt } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.ownRecoveryTitle} about={open ? m.ownRecoveryAbout : undefined} />
      <RefusalSummary refusal={refusal} />
      {cancelled ? <Notice tone="done">{m.calledOff}</Notice> : !open ? <Notice>{m.recoveryIsOver}</Notice> : (
        <>
          <p>{readyAt === null ? m.noWordYet : m.opensAt(f.dateTime(readyAt))}</p>
          <form method="post"><Button>{m.callOff}</Button></form>
        </>
      )}
      <p><ButtonLink href="/sign-in">{shell.signIn}</ButtonLink></p>
    </>
  );
}
