import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { SchoolSwitch } from "#app/components/schools/school-switch.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { COUNTED, loadAdminHome } from "#app/domain/people/admin-home.server.ts";
import { KINDS } from "#app/domain/schools/roles.ts";
import { administeredSchools } from "#app/domain/schools/rules.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const school = requireSchool(actor, request);
  return { title: messagesFor(actor.locale).schools.admin, school, schools: administeredSchools(actor), counts: await loadAdminHome(context, actor, school.schoolId), counted: COUNTED };
}

export default function Admin() {
  const { m: { schools: m, people, imports, integrations, moderation } } = useLanguage();
  const { school, schools, counts, counted } = useLoaderData<typeof loader>();
  const parts = [
    { href: "/admin/people", title: people.title, text: people.about },
    { href: "/admin/enrolments", title: m.enrolments, text: m.enrolmentsText },
    { href: "/admin/import", title: imports.title, text: imports.about },
    { href: "/admin/families", title: m.families, text: m.familiesText },
    { href: "/admin/plans", title: m.plans, text: m.plansText },
    { href: "/admin/payments", title: m.payments, text: m.paymentsText },
    { href: "/admin/moderation", title: moderation.title, text: moderation.about },
    { href: "/admin/integrations", title: integrations.title, text: integrations.about },
    { href: "/admin/audit", title: m.audit, text: m.auditText },
    { href: "/admin/school", title: m.school, text: m.schoolText },
  ];
  return (
    <>
      <PageHeader title={m.admin} about={school.schoolName} />
      <SchoolSwitch schools={schools} chosen={school.schoolId} />
      <SummaryList rows={KINDS.map((kind) => ({ term: people.kinds[kind], value: <a href={`/admin/people?role=${kind}`}>{people.headcount(counts[kind], counted)}</a> }))} />
      <Cards>{parts.map(({ href, title, text }) => <Card key={href} title={title} href={href}><p>{text}</p></Card>)}</Cards>
    </>
  );
}
