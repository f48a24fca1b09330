import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { notFound } from "#app/domain/errors.ts";
import { administeredSchools } from "#app/domain/schools/rules.ts";
import { pageError } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const schools = administeredSchools(actor);
  if (schools.length === 0) throw pageError(notFound());
  return { title: messagesFor(actor.locale).schools.admin, schools };
}

export default function Admin() {
  const { m: { schools: m } } = useLanguage();
  const { schools } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.admin} about={schools.map((school) => school.schoolName).join(", ")} />
      <Cards>
        <Card title={m.plans} href="/admin/plans"><p>{m.plansText}</p></Card>
        <Card title={m.payments} href="/admin/payments"><p>{m.paymentsText}</p></Card>
      </Cards>
    </>
  );
}
