import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { OpeningList } from "#app/components/conversations/opening-list.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { listOpenings, openConversation } from "#app/domain/chat/open-conversation.server.ts";
import { OpenAct } from "#app/domain/chat/opening-inputs.ts";
import { submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const q = new URL(request.url).searchParams.get("q")?.trim().slice(0, 100) ?? "";
  return { title: messagesFor(actor.locale).conversations.newTitle, q, ...(await listOpenings(context, actor, q)) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, OpenAct, async ({ room }) => redirect(`/messages/${(await openConversation(context, actor, room)).id}`, 303));
}

export default function NewConversation() {
  const { m: { conversations: m } } = useLanguage();
  const { q, items, more } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.newTitle} about={m.newAbout} back={{ href: "/messages", label: m.title }} />
      <RefusalSummary refusal={refusal} />
      {(more || q !== "") && <form method="get"><Field name="q" label={m.searchPeople} type="search" defaultValue={q} autoComplete="off" maxLength={100} /><Button weight="quiet">{m.find}</Button></form>}
      {items.length > 0 ? <OpeningList openings={items} /> : <EmptyState title={q ? m.nobodyFound : m.nobodyTitle}><p>{q ? m.nobodyFoundText : m.nobodyText}</p></EmptyState>}
      {more && <p className="hint">{m.moreBySearch}</p>}
    </>
  );
}
