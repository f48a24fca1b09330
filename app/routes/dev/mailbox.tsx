import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { loadMailbox } from "#app/domain/notifications/mailbox-page.server.ts";
import { CHANNELS } from "#app/domain/notifications/topics.ts";
import { read } from "#app/http/forms.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const to = asked.get("to") ?? undefined;
  const channel = CHANNELS.find((one) => one === asked.get("channel")) ?? "email";
  return { title: messagesFor("en").notifications.mailbox, to, channel, messages: await read(() => loadMailbox(context, channel, to)) };
}

const LINK = /(https?:\/\/[^\s<>"]+)/;

/** Plain text with its links to be followed; the odd pieces of the split are the links. */
function Body({ text }: { text: string }) {
  return <p className="prewrapped">{text.split(LINK).map((piece, index) => (index % 2 === 1 ? <a key={index} href={piece}>{piece}</a> : piece))}</p>;
}

export default function Mailbox() {
  const { m: { notifications: m }, f } = useLanguage();
  const { to, channel, messages } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.mailbox} about={m.mailboxAbout} />
      <TabLinks label={m.mailboxTabs.label} tabs={CHANNELS.map((tab) => ({ href: `/dev/mailbox?channel=${tab}`, label: m.mailboxTabs[tab], current: tab === channel }))} />
      <form method="get">
        <input type="hidden" name="channel" value={channel} />
        <Field name="to" label={m.mailboxTo} defaultValue={to} autoComplete="off" />
        <Button weight="quiet">{m.mailboxSearch}</Button>
      </form>
      {messages.length === 0 && <EmptyState title={m.mailboxEmpty}><p>{m.mailboxEmptyText}</p></EmptyState>}
      {messages.map((mail) => (
        <Card key={mail.id} title={mail.subject}>
          <p className="hint">{mail.recipient}, <time dateTime={new Date(mail.at).toISOString()}>{f.dateTime(mail.at)}</time></p>
          <Body text={mail.body} />
        </Card>
      ))}
    </>
  );
}
