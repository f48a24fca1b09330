import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { PupilList } from "#app/components/students/pupil-list.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { listStudents } from "#app/domain/students/list-students.server.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const q = query.get("q")?.slice(0, 100) ?? "";
  return { title: messagesFor(actor.locale).students.title, q, ...(await listStudents(context, actor, { q, cursor: query.get("cursor") ?? undefined, limit: 20 })) };
}

export default function Students() {
  const { m: { students: m } } = useLanguage();
  const { q, items, nextCursor } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.title} about={m.about} />
      {(items.length > 0 || q) && <form method="get"><Field name="q" label={m.search} type="search" defaultValue={q} autoComplete="off" maxLength={100} /><Button weight="quiet">{m.find}</Button></form>}
      {items.length > 0 ? <PupilList pupils={items} /> : <EmptyState title={q ? m.noneFound : m.noneTitle}><p>{q ? m.noneFoundText : m.noneText}</p></EmptyState>}
      <Pagination olderHref={nextCursor && `/students?${new URLSearchParams({ ...(q ? { q } : {}), cursor: nextCursor })}`} />
    </>
  );
}
