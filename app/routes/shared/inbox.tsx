import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { NotificationList } from "#app/components/notifications/notification-list.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { SelectField } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { loadInbox } from "#app/domain/notifications/inbox-page.server.ts";
import { NotificationFilterInput } from "#app/domain/notifications/inputs.ts";
import { readAll, readNotification } from "#app/domain/notifications/read-notification.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const chosen = (request: Request) => Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ""));

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const asked = chosen(request);
  // A filter that makes no sense is no filter: a page's address is not a form.
  const filter = NotificationFilterInput.safeParse(asked).data ?? {};
  const inbox = await read(() => loadInbox(context, actor, filter, { limit: 20, cursor: asked.cursor }));
  const older = inbox.nextCursor && `?${new URLSearchParams({ ...asked, cursor: inbox.nextCursor })}`;
  return { title: messagesFor(actor.locale).notifications.inbox, ...inbox, filter, older, justRead: asked.read === undefined ? null : Number(asked.read) || 0 };
}

const InboxAct = z.object({ open: z.string().max(60).optional() });

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, InboxAct, async ({ open }) => {
    if (open === undefined) return redirect(`/inbox?read=${await readAll(context, actor)}`, 303);
    return redirect(localPath((await readNotification(context, actor, open)).path, "/inbox"), 303);
  });
}

export default function Inbox() {
  const { m: { notifications: m } } = useLanguage();
  const { items, unread, kinds, children, filter, older, justRead } = useLoaderData<typeof loader>();
  const filtered = filter.type !== undefined || filter.childId !== undefined || filter.unread !== undefined;
  return (
    <>
      <PageHeader title={m.inbox} />
      {justRead !== null && <Notice tone="done" title={m.allRead(justRead)} />}
      <TabLinks label={m.inbox} tabs={[
        { href: "/inbox", label: m.all, current: !filter.unread },
        { href: "/inbox?unread=true", label: m.unreadCount(unread), current: filter.unread === true },
      ]} />
      {items.length > 0 ? <NotificationList items={items} /> : filtered ? <EmptyState title={m.noneMatching} /> : <EmptyState title={m.noneTitle}><p>{m.noneText}</p></EmptyState>}
      <Pagination olderHref={older} />
      {unread > 0 && <form method="post"><Button weight="quiet">{m.readAll}</Button></form>}
      {(kinds.length > 1 || children.length > 1) && (
        <form method="get">
          {filter.unread && <input type="hidden" name="unread" value="true" />}
          <SelectField name="type" label={m.filterType} defaultValue={filter.type ?? ""} options={[{ value: "", label: m.everything }, ...kinds.map((kind) => ({ value: kind, label: m.kinds[kind] ?? kind }))]} />
          {children.length > 1 && <SelectField name="childId" label={m.filterChild} defaultValue={filter.childId ?? ""} options={[{ value: "", label: m.everyChild }, ...children.map((child) => ({ value: child.id, label: child.name }))]} />}
          <Button weight="quiet">{m.show}</Button>
        </form>
      )}
    </>
  );
}
