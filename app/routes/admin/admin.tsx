import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { SchoolSwitch } from "#app/components/schools/school-switch.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { administeredSchools } from "#app/domain/schools/rules.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).schools.admin, school: requireSchool(actor, request), schools: administeredSchools(actor) };
}

export default function Admin() {
  const { m: { schools: m, schoolFamilies } } = useLanguage();
  const { school, schools } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.admin} about={school.schoolName} />
      <SchoolSwitch schools={schools} chosen={school.schoolId} />
      <Cards>
        <Card title={schoolFamilies.title} href="/admin/families"><p>{schoolFamilies.text}</p></Card>
        <Card title={m.plans} href="/admin/plans"><p>{m.plansText}</p></Card>
        <Card title={m.payments} href="/admin/payments"><p>{m.paymentsText}</p></Card>
      </Cards>
    </>
  );
}
