import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { SchoolFamilies } from "#app/components/families/school-families.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { listFamiliesOfSchool } from "#app/domain/families/list-families.server.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { schoolId, schoolName } = requireSchool(actor, request);
  const query = new URL(request.url).searchParams;
  const status = (["active", "inactive"] as const).find((one) => one === query.get("status"));
  const programme = query.get("program")?.trim().slice(0, 60) || undefined;
  const page = await read(() => listFamiliesOfSchool(context, actor, schoolId, { status, programme, cursor: query.get("after")?.slice(0, 100), limit: 20 }));
  return { title: messagesFor(actor.locale).schoolFamilies.title, schoolName, status, programme, ...page };
}

export default function Families() {
  const { m: { schoolFamilies: m, schools } } = useLanguage();
  const { schoolName, status = "", programme = "", items, nextCursor } = useLoaderData<typeof loader>();
  const filtered = status !== "" || programme !== "";
  return (
    <>
      <PageHeader title={m.title} about={schoolName} back={{ href: "/admin", label: schools.admin }} />
      <form method="get">
        <SelectField name="status" label={m.status} defaultValue={status} options={[{ value: "", label: m.any }, ...Object.entries(m.statuses).map(([value, label]) => ({ value, label }))]} />
        <Field name="program" label={m.programme} hint={m.programmeHint} defaultValue={programme} autoComplete="off" />
        <Button weight="quiet">{m.filter}</Button>
        {filtered && <ButtonLink href="/admin/families">{m.all}</ButtonLink>}
      </form>
      {items.length === 0 ? <EmptyState title={filtered ? m.noneFound : m.none}><p>{filtered ? m.noneFoundText : m.noneText}</p></EmptyState> : <SchoolFamilies families={items} />}
      <Pagination olderHref={nextCursor && `/admin/families?${new URLSearchParams({ status, program: programme, after: nextCursor }).toString()}`} />
    </>
  );
}
