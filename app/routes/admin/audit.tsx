import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { AuditFilter } from "#app/components/schools/audit-filter.tsx";
import { AuditVerification } from "#app/components/schools/audit-verification.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { Timeline } from "#app/components/ui/timeline.tsx";
import { AuditFilterInput } from "#app/domain/audit/inputs.ts";
import { loadAuditPage } from "#app/domain/audit/read-audit.server.ts";
import { verifySchoolAudit } from "#app/domain/audit/verify-school-audit.server.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What the address asks for; what it says wrongly is as if it were not there. */
function askedOf(query: URLSearchParams): AuditFilterInput {
  const said = Object.fromEntries([...query].filter(([, value]) => value !== ""));
  return Object.fromEntries(Object.entries(AuditFilterInput.shape).flatMap(([name, schema]) => (name in said && schema.safeParse(said[name]).success ? [[name, said[name]]] : [])));
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { schoolId, schoolName } = requireSchool(actor, request);
  const query = new URL(request.url).searchParams;
  const { title } = messagesFor(actor.locale).audit;
  const verify = query.get("verify");
  if (verify !== null) return { title, schoolName, view: "verification" as const, found: await read(() => verifySchoolAudit(context, actor, schoolId, verify === "" ? {} : { from: verify.slice(0, 100) })) };
  const asked = askedOf(query);
  return { title, schoolName, view: "list" as const, schoolId, asked, erased: query.get("done") === "erased", ...(await read(() => loadAuditPage(context, actor, schoolId, asked, { limit: 20, cursor: query.get("cursor")?.slice(0, 100) ?? undefined }))) };
}

export default function Audit() {
  const { m: { audit: m, records, schools } } = useLanguage();
  const page = useLoaderData<typeof loader>();
  const verifying = page.view === "verification";
  return (
    <>
      <PageHeader title={page.title} about={page.schoolName} back={{ href: "/admin", label: schools.admin }} />
      <TabLinks label={page.title} tabs={[{ href: "/admin/audit", label: m.what, current: !verifying }, { href: "/admin/audit?verify", label: m.verify, current: verifying }]} />
      {page.view === "verification" ? <><AuditVerification found={page.found} /><p className="hint">{m.verifyText}</p></> : (
        <>
          {page.erased && <Notice tone="done" title={records.erased} />}
          <AuditFilter {...page} />
          {page.items.length === 0 && <EmptyState title={m.none} />}
          <Timeline items={page.items.map((entry) => ({ at: entry.at, text: m.sentence(entry) }))} />
          <Pagination olderHref={page.nextCursor && `/admin/audit?${new URLSearchParams({ ...page.asked, cursor: page.nextCursor })}`} />
          <p><ButtonLink href={`/api/v1/admin/audit/export?${new URLSearchParams({ ...page.asked, schoolId: page.schoolId })}`}>{m.export}</ButtonLink></p>
        </>
      )}
    </>
  );
}
