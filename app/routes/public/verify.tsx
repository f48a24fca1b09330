import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { VerifiedCredential } from "#app/components/achievements/verified.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { isGivenTo, verifyByLink } from "#app/domain/learning/achievements/verify-achievement.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { verdict, claims } = await read(() => verifyByLink(context, params.linkCode ?? ""));
  return { title: claims?.name ?? messagesFor("en").achievements.verifyTitle, linkCode: params.linkCode ?? "", verdict, claims };
}

const NameInput = z.object({ name: z.string("name_missing").trim().min(1, "name_missing").max(100, "too_long") });

/** A name is checked by a form, so that it stands in no address. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  return submit(request, NameInput, async ({ name }) => data({ named: { name, matches: await isGivenTo(context, params.linkCode ?? "", name) } }));
}

export default function Verify() {
  const { m: { achievements: m } } = useLanguage();
  const { title, linkCode, verdict, claims } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const named = useActionData<{ named?: { name: string; matches: boolean } }>()?.named;
  const at = `/api/v1/credentials/${linkCode}`;
  return (
    <>
      <PageHeader title={title} about={claims ? m.verifyTitle : undefined} />
      <VerifiedCredential verdict={verdict} claims={claims} />
      {claims && (
        <>
          <h2>{m.whose}</h2>
          <p>{m.whoseText}</p>
          {named && <Notice tone={named.matches ? "done" : "refused"} title={named.matches ? m.isName(named.name) : m.isNotName(named.name)} />}
          <RefusalSummary refusal={refusal} />
          <form method="post"><Field name="name" label={m.theName} autoComplete="off" maxLength={100} refusal={refusal} defaultValue={named?.name} /><Button weight="quiet">{m.check}</Button></form>
          <h2>{m.files}</h2>
          <p>{m.filesText}</p>
          <ul className="rows">
            <li><a href={at}>{m.jwt}</a></li>
            <li><a href={`${at}/picture`}>{m.picture}</a></li>
            <li><a href={`${claims.issuer.id}/jwks`}>{m.keys}</a></li>
          </ul>
        </>
      )}
    </>
  );
}
