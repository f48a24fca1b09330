import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { beginView, endView, findView } from "#app/domain/identity/view-as.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { searchParams } = new URL(request.url);
  const personId = searchParams.get("person");
  const asked = personId === null || actor.viewedBy ? null : { personId, ...(await read(() => findView(context, actor, personId))) };
  return { title: messagesFor(actor.locale).viewing.title, asked, looking: actor.viewedBy !== null, refused: actor.viewedBy !== null && searchParams.has("refused") };
}

const Act = z.discriminatedUnion("act", [z.object({ act: z.literal("begin"), personId: z.string("missing").max(60, "too_long") }), z.object({ act: z.literal("end") })]);

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Act, async ({ ...input }) => {
    if (input.act === "begin") await beginView(context, actor, input.personId);
    else await endView(context, actor);
    return redirect("/home", 303);
  });
}

export default function ViewAs() {
  const { m: { viewing: m } } = useLanguage();
  const { asked, looking, refused } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={asked ? m.of(asked.name) : m.title} />
      <RefusalSummary refusal={refusal} />
      {refused && <Notice tone="refused" title={m.refused} />}
      {asked && <Confirm title={m.of(asked.name)} consequence={m.consequence(asked.name, asked.children.map((child) => child.name))} act="begin" fields={{ personId: asked.personId }} label={m.begin} weight="primary" back={{ href: "/family/people", label: m.keep }} />}
      {!asked && !looking && <><p>{m.none}</p><p><ButtonLink href="/family/people">{m.toGuardians}</ButtonLink></p></>}
      {looking && <p><ButtonLink href="/home">{m.toHome}</ButtonLink></p>}
    </>
  );
}
