import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ChildTabs } from "#app/components/consent/child-tabs.tsx";
import { LookList } from "#app/components/consent/look-list.tsx";
import { SharedWithList } from "#app/components/consent/shared-with-list.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { loadPrivacy } from "#app/domain/consent/shared-data.server.ts";
import { childMeant } from "#app/http/chosen-child.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const childId = childMeant(actor, request);
  const cursor = new URL(request.url).searchParams.get("cursor") ?? undefined;
  const { privacy } = messagesFor(actor.locale);
  const isSelf = childId === actor.userId;
  const wards = actor.wards.map((ward) => ({ id: ward.childId, name: ward.name }));
  return { title: isSelf ? privacy.ownTitle : privacy.title, isSelf, older: cursor !== undefined, wards, childId, child: wards.find(({ id }) => id === childId)?.name ?? actor.name, page: childId === null ? null : await read(() => loadPrivacy(context, actor, childId, { cursor, limit: 20 })) };
}

export default function Privacy() {
  const { m: { consent, privacy: m, shell } } = useLanguage();
  const { title, page, childId, child, isSelf, wards, older } = useLoaderData<typeof loader>();
  const header = <PageHeader title={title} about={page && !isSelf ? m.about(child) : undefined} back={{ href: "/settings", label: shell.places.settings }} />;
  if (!page) return <>{header}<EmptyState title={consent.noChildrenTitle}><p>{consent.noChildrenText}</p></EmptyState></>;
  return (
    <>
      {header}
      <ChildTabs path="/settings/privacy" wards={wards} chosen={childId!} />
      {!older && (
        <>
          <h2>{m.now}</h2>
          <SharedWithList people={page.people} />
          <p className="hint">{m.nowHint}</p>
          <p><ButtonLink href={`/settings/consent?child=${childId}`}>{isSelf ? consent.ownTitle : m.change}</ButtonLink></p>
        </>
      )}
      <h2>{m.looked}</h2>
      {page.looks.items.length === 0 ? <EmptyState title={m.noLooksTitle}><p>{m.noLooksText}</p></EmptyState> : <LookList looks={page.looks.items} />}
      <Pagination olderHref={page.looks.nextCursor && `/settings/privacy?${new URLSearchParams({ child: childId!, cursor: page.looks.nextCursor })}`} />
      <p className="hint">{m.lookedHint}</p>
    </>
  );
}
