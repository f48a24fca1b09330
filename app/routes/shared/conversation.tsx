import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { EditForm, RemoveQuestion, SendForm } from "#app/components/conversations/compose.tsx";
import { MessageList } from "#app/components/conversations/message-list.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { attach } from "#app/domain/chat/files.server.ts";
import { HistoryQuery, RoomAct } from "#app/domain/chat/inputs.ts";
import { roomOnPage } from "#app/domain/chat/words.ts";
import { openPlace } from "#app/domain/chat/open-room.server.ts";
import { readRoom } from "#app/domain/chat/read-room.server.ts";
import { editMessage, removeMessage, sendMessage } from "#app/domain/chat/say.server.ts";
import { requireStepUp } from "#app/domain/policy.ts";
import { formWithFiles } from "#app/http/form-with-files.ts";
import { read, submit } from "#app/http/forms.ts";
import { isLite } from "#app/http/lite.ts";
import { uploadsOf } from "#app/http/read-upload.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  // A place in the history that makes no sense is the end of it.
  const { before, after } = HistoryQuery.safeParse({ before: asked.before, after: asked.after }).data ?? {};
  const { room, ...page } = await read(() => readRoom(context, actor, params.conversationId ?? "", { limit: 20, before, after }));
  // A question has its own page, with how it stands.
  if (room.kind === "support") throw redirect(`/support/tickets/${room.id}`);
  const { titles, readers } = messagesFor(actor.locale).conversations;
  return { title: titles[room.kind](room), readers: readers[room.kind](room), at: `/messages/${room.id}`, quiet: room.quiet && { ...room.quiet, staff: room.staff ?? "", elsewhere: room.quiet.timeZone !== actor.timeZone },
    edit: Number(asked.edit) || null, remove: Number(asked.delete) || null,
    // Only the end of a room lives.
    live: page.newer === null && !isLite(request) ? roomOnPage(actor, room.id, page) : undefined,
    reports: room.kind !== "family" && page.items.some(({ mine }) => !mine), ...page };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.conversationId ?? "";
  return submit(request, RoomAct, async (input, _typed, chosen) => {
    switch (input.act) {
      case "send": {
        const files = await uploadsOf(chosen, "files");
        const fileIds = files.length > 0 ? await attach(context, actor, id, files, input.clientId) : [];
        await sendMessage(context, actor, id, { text: input.text ?? "", clientId: input.clientId, fileIds });
        break;
      }
      case "export":
        await openPlace(context, actor, id);
        requireStepUp(actor, context.clock.now());
        return redirect(`/api/v1/conversations/${id}/export`, 303);
      case "edit": await editMessage(context, actor, id, input); break;
      case "delete": await removeMessage(context, actor, id, input.seq); break;
    }
    return redirect(`/messages/${id}#text`, 303);
  }, formWithFiles((typed) => ({ act: "send", ...typed })));
}

export default function Conversation() {
  const { m: { conversations: m } } = useLanguage();
  const { title, readers, at, live, items, older, newer, why, seen, clientId, edit, remove, reports, quiet } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const [changing, leaving] = [edit, remove].map((seq) => items.find((message) => message.seq === seq && message.mayChange));
  return (
    <>
      <PageHeader title={title} back={{ href: "/messages", label: m.title }} {...(readers ? { about: readers } : {})} />
      <RefusalSummary refusal={refusal} />
      {older !== null && <p><a href={`?before=${older}`}>{m.older}</a></p>}
      <MessageList at={at} items={items} seen={seen} live={live} />
      {items.length === 0 && <div id="nothing-said"><EmptyState title={m.emptyTitle}>{!why && <p>{m.emptyText}</p>}</EmptyState></div>}
      {newer !== null && <p><a href={`?after=${newer}`}>{m.newer}</a> <a href={at}>{m.latest}</a></p>}
      {why ? <Notice>{m.why[why]}</Notice> : leaving ? <RemoveQuestion seq={leaving.seq} back={at} /> : changing ? <EditForm seq={changing.seq} text={changing.text} refusal={refusal} back={at} /> : <SendForm clientId={clientId} refusal={refusal} />}
      {quiet && <p className="hint">{m.quiet(quiet.staff, quiet.from, quiet.until, quiet.elsewhere ? quiet.timeZone : null)}</p>}
      {!why && <p><ButtonLink weight="link" href={`${at}/later`}>{m.later}</ButtonLink></p>}
      {items.length > 0 && <form method="post"><Button weight="link" name="act" value="export">{m.export}</Button></form>}
      {reports && <p><ButtonLink weight="link" href={`${at}/report`}>{m.report}</ButtonLink></p>}
    </>
  );
}
