import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData, useRouteLoaderData } from "@remix-run/react";
import * as z from "zod";
import { SectionList } from "../../components/shell/section-list.tsx";
import { Button, ButtonLink } from "../../components/ui/button.tsx";
import { ChoiceField } from "../../components/ui/field.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { RefusalSummary } from "../../components/ui/refusal-summary.tsx";
import type { RootData } from "../../root.tsx";
import { submit } from "#app/http/forms.ts";
import { isLite, liteChoice, liteCookie } from "#app/http/lite.ts";
import { findVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const LiteInput = z.object({ lite: z.enum(["on", "off", "auto"]) });

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await findVisitor(context);
  return { title: messagesFor(actor?.locale ?? "en").shell.more, choice: liteChoice(request), lite: isLite(request) };
}

export async function action({ request }: ActionFunctionArgs) {
  return submit(request, LiteInput, async ({ lite }) => redirect("/more", { status: 303, headers: { "Set-Cookie": liteCookie(lite) } }));
}

/** The sections that the bottom bar has no room for, sign-out, and how much goes over the line. Also for strangers: the line is slow before one signs in. */
export default function More() {
  const { m } = useLanguage();
  const { choice, lite } = useLoaderData<typeof loader>();
  const facts = useRouteLoaderData<RootData>("root")?.shell;
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.shell.more} />
      <RefusalSummary refusal={refusal} />
      {facts && <SectionList sections={facts.sections} />}
      <h2>{m.shell.lite}</h2>
      <p>{lite ? m.shell.liteIsOn : m.shell.liteIsOff}</p>
      <form method="post">
        <ChoiceField name="lite" label={m.shell.liteLegend} hint={m.shell.liteHint} chosen={choice} refusal={refusal}
          options={[{ value: "auto", label: m.shell.liteAuto }, { value: "on", label: m.shell.liteOn }, { value: "off", label: m.shell.liteOff }]} />
        <Button weight="quiet">{m.shell.save}</Button>
      </form>
      <h2>{facts ? m.shell.signOut : m.shell.signIn}</h2>
      {facts
        ? <form method="post" action="/sign-out"><p>{m.shell.signedInAs(facts.name)}</p><Button weight="quiet">{m.shell.signOut}</Button></form>
        : <p><ButtonLink href="/sign-in">{m.shell.signIn}</ButtonLink></p>}
    </>
  );
}
