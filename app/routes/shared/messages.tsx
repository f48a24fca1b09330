import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { RoomList } from "#app/components/conversations/room-list.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { listRooms } from "#app/domain/chat/list-rooms.server.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const q = query.get("q")?.trim().slice(0, 100) ?? "";
  const childId = query.get("child")?.slice(0, 60) ?? "";
  const list = await read(() => listRooms(context, actor, { q: q || undefined, childId: childId || undefined }, { limit: 20, cursor: query.get("cursor") ?? undefined }));
  return { title: messagesFor(actor.locale).conversations.title, q, childId, children: actor.wards.map((ward) => ({ id: ward.childId, name: ward.name })), ...list };
}

export default function Messages() {
  const { m: { conversations: m } } = useLanguage();
  const { q, childId, children, items, nextCursor } = useLoaderData<typeof loader>();
  const asked = q !== "" || childId !== "";
  return (
    <>
      <PageHeader title={m.title} />
      <p><ButtonLink href="/messages/new">{m.start}</ButtonLink></p>
      {items.length > 0 ? <RoomList rooms={items} /> : asked ? <EmptyState title={m.noneFound}><p>{m.noneFoundText}</p></EmptyState> : <EmptyState title={m.noneTitle}><p>{m.noneText}</p></EmptyState>}
      {asked && <p><a href="/messages">{m.all}</a></p>}
      <Pagination olderHref={nextCursor && `?${new URLSearchParams({ ...(q ? { q } : {}), ...(childId ? { child: childId } : {}), cursor: nextCursor })}`} />
      {(items.length > 0 || asked) && (
        <form method="get">
          <Field name="q" label={m.search} type="search" defaultValue={q} autoComplete="off" maxLength={100} />
          {children.length > 1 && <SelectField name="child" label={m.child} defaultValue={childId} options={[{ value: "", label: m.everyChild }, ...children.map(({ id, name }) => ({ value: id, label: name }))]} />}
          <Button weight="quiet">{m.find}</Button>
        </form>
      )}
    </>
  );
}
