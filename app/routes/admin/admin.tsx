import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { administeredSchools } from "#app/domain/schools/rules.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).schools.admin, schools: administeredSchools(actor) };
}

export default function Admin() {
  const { m: { schools: m } } = useLanguage();
  const { schools } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.admin} about={schools.map((school) => school.schoolName).join(", ")} />
      {schools.length === 0 ? <EmptyState title={m.notAdmin}><p>{m.notAdminText}</p></EmptyState> : (
        <Cards>
          <Card title={m.plans} href="/admin/plans"><p>{m.plansText}</p></Card>
          <Card title={m.payments} href="/admin/payments"><p>{m.paymentsText}</p></Card>
        </Cards>
      )}
    </>
  );
}
