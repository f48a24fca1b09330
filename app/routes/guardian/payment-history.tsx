import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { PaymentList, paymentRow } from "#app/components/payments/payment-list.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { listPayments } from "#app/domain/payments/payment-page.server.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const cursor = new URL(request.url).searchParams.get("before")?.slice(0, 100);
  const { items, nextCursor } = await read(() => listPayments(context, actor, { limit: 20, cursor }));
  return { title: messagesFor(actor.locale).payments.history, payments: items.map(paymentRow), nextCursor };
}

export default function PaymentHistory() {
  const { title, payments, nextCursor } = useLoaderData<typeof loader>();
  const { m: { payments: m } } = useLanguage();
  return (
    <>
      <PageHeader title={title} back={{ href: "/finance", label: m.backToFinance }} />
      {payments.length > 0 ? <PaymentList payments={payments} /> : <EmptyState title={m.noPaymentsTitle}><p>{m.noPaymentsText}</p></EmptyState>}
      <Pagination olderHref={nextCursor && `/finance/history?before=${nextCursor}`} />
    </>
  );
}
