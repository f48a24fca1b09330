import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { listReports } from "#app/domain/moderation/read-reports.server.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { schoolId, schoolName } = requireSchool(actor, request);
  const query = new URL(request.url).searchParams;
  const status = query.get("show") === "decided" ? "decided" as const : "open" as const;
  return { title: messagesFor(actor.locale).moderation.title, schoolName, status, ...(await read(() => listReports(context, actor, schoolId, status, { limit: 20, cursor: query.get("cursor")?.slice(0, 100) }))) };
}

const TONES = { removed: "refused", dismissed: "done" } as const;

/** Nothing here of what was said: reading a message is noted. */
export default function Moderation() {
  const { m: { moderation: m, schools }, f } = useLanguage();
  const { title, schoolName, status, items, nextCursor } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={title} about={schoolName} back={{ href: "/admin", label: schools.admin }} />
      <TabLinks label={m.show} tabs={[{ href: "/admin/moderation", label: m.open, current: status === "open" }, { href: "/admin/moderation?show=decided", label: m.decided, current: status === "decided" }]} />
      {items.length === 0 ? <EmptyState title={m.none}><p>{m.noneText}</p></EmptyState> : (
        <LinkList rows={items.map(({ id, kind, child, reason, status: now, createdAt }) => ({
          key: id, href: `/admin/moderation/${id}`, title: m.reasons[reason], hint: [m.kinds[kind] ?? kind, child, f.dateTime(createdAt)].filter(Boolean).join(" · "), tag: now === "open" ? undefined : <Tag tone={TONES[now]}>{m.status[now]}</Tag>,
        }))} />
      )}
      <Pagination olderHref={nextCursor && `/admin/moderation?${new URLSearchParams({ ...(status === "decided" ? { show: "decided" } : {}), cursor: nextCursor })}`} />
    </>
  );
}
