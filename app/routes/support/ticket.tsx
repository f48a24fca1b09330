import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { MessageList } from "#app/components/conversations/message-list.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { LONGEST_MESSAGE } from "#app/domain/chat/rules.ts";
import { roomOnPage } from "#app/domain/chat/words.ts";
import { onPage } from "#app/domain/chat/read-room.server.ts";
import { ReplyInput } from "#app/domain/support/inputs.ts";
import { readTicket } from "#app/domain/support/read-tickets.server.ts";
import { closeTicket, replyToTicket } from "#app/domain/support/reply-to-ticket.server.ts";
import { isLite } from "#app/http/lite.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const before = Number(query.get("before")) || undefined;
  const { id, subject, school, opener, openedBy, open, takesReply, messages, seen, older, newer, revision } = await read(() => readTicket(context, actor, params.ticketId ?? "", { limit: 20, before }));
  return {
    title: subject ?? messagesFor(actor.locale).support.noSubject, own: openedBy === actor.userId, with: openedBy === actor.userId ? school : opener, asked: query.get("done") === "asked", open, takesReply, clientId: context.ids.secret(),
    messages: messages.map((message) => ({ ...onPage(message, actor.userId), mayChange: false })), seen, live: newer || isLite(request) ? undefined : roomOnPage(actor, id, { revision, items: messages, closed: open ? undefined : true }), olderHref: older ? `?before=${messages[0]!.seq}` : null,
  };
}

const Act = z.discriminatedUnion("act", [ReplyInput.extend({ act: z.literal("reply") }), z.object({ act: z.literal("close") })], "not_a_choice");

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.ticketId ?? "";
  return submit(request, Act, async (input) => {
    if (input.act === "reply") await replyToTicket(context, actor, id, input);
    else await closeTicket(context, actor, id);
    return redirect(`/support/tickets/${id}`, 303);
  }, ({ messageId, ...typed }) => ({ clientId: messageId, ...typed }));
}

export default function Ticket() {
  const { m: { support: m, shell } } = useLanguage();
  const { title, own, with: other, asked, open, takesReply, messages, seen, live, olderHref, clientId } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={m.with(other)} back={{ href: "/support/tickets", label: m.ticketsTitle }} />
      {asked && open && !refusal && <Notice tone="done" title={m.asked} />}
      {!open && <Notice title={m.isClosed}><p>{takesReply ? m.opensAgain : m.staysClosed}</p></Notice>}
      <RefusalSummary refusal={refusal} />
      {olderHref && <p><a href={olderHref}>{shell.older}</a></p>}
      <MessageList items={messages} seen={seen} live={live} />
      {takesReply && (
        <form method="post">
          {/* Not `clientId`, by which a room's script knows the form that it sends itself: a reply does more, it tells the other side and opens what was closed. */}
          <input type="hidden" name="messageId" value={refusal?.values.messageId ?? clientId} />
          <TextField name="text" dir="auto" label={own ? m.addMore : m.reply} refusal={refusal} maxLength={LONGEST_MESSAGE} required />
          <Button name="act" value="reply">{m.send}</Button>
        </form>
      )}
      {open && <form method="post"><Button weight="quiet" name="act" value="close">{m.close}</Button></form>}
    </>
  );
}
