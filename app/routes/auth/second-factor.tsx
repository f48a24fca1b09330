import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { masked } from "#app/domain/identity/code-factors.ts";
import { CodeInput } from "#app/domain/identity/inputs.ts";
import { sendCodeToHalf } from "#app/domain/identity/send-sign-in-code.server.ts";
import { findHalf, verifySecondFactor } from "#app/domain/identity/verify-second-factor.server.ts";
import { submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { sessionCookie } from "#app/http/session.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const half = await findHalf(context);
  if (!half) throw redirect("/sign-in");
  const sent = new URL(request.url).searchParams.get("sent");
  const addresses = half.codeAddresses.map(({ channel, address }) => ({ channel, address: masked(channel, address) }));
  return { title: messagesFor("en").identity.secondFactorTitle, app: half.totp !== null, addresses, sent: addresses.find((one) => one.channel === sent) ?? null };
}

const Form = z.discriminatedUnion("act", [CodeInput.extend({ act: z.literal("verify") }), z.object({ act: z.literal("send"), by: z.enum(["sms", "email"], "not_a_choice") })]);

export async function action({ context, request }: ActionFunctionArgs) {
  const to = localPath(new URL(request.url).searchParams.get("to"), "/home");
  return submit(request, Form, async (input) => {
    if (input.act === "send") {
      await sendCodeToHalf(context, input.by);
      return redirect(`/sign-in/verify?sent=${input.by}&to=${encodeURIComponent(to)}`, 303);
    }
    const session = await verifySecondFactor(context, input.code);
    return redirect(to, { status: 303, headers: { "Set-Cookie": sessionCookie(context, session) } });
  }, (typed) => ({ act: "verify", ...typed }));
}

export default function SecondFactor() {
  const { m } = useLanguage();
  const { app, addresses, sent } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const hint = m.entry.verifyHint[app ? (addresses.length > 0 ? "any" : "app") : "sent"];
  return (
    <>
      <PageHeader title={m.identity.secondFactorTitle} back={{ href: "/sign-in", label: m.shell.signIn }} />
      {sent && !refusal && <Notice tone="done">{m.entry.sentBy[sent.channel](sent.address)}</Notice>}
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="code" label={m.identity.code} hint={hint} inputMode="numeric" autoComplete="one-time-code" autoFocus refusal={refusal} />
        <Button>{m.identity.confirm}</Button>
      </form>
      {addresses.map(({ channel, address }) => (
        <form method="post" key={channel}>
          <input type="hidden" name="by" value={channel} />
          <Button weight="quiet" name="act" value="send">{m.entry.sendBy[channel](address)}</Button>
        </form>
      ))}
      <p><a href="/recover">{m.entry.lostFactor}</a></p>
    </>
  );
}
