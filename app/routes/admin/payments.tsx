import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { BooksVerified } from "#app/components/payments/books.tsx";
import { PaymentState } from "#app/components/payments/payment-state.tsx";
import { RefundForm } from "#app/components/payments/refund-form.tsx";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { RefundInput } from "#app/domain/payments/inputs.ts";
import { requestRefund } from "#app/domain/payments/request-refund.server.ts";
import { getRefundable, listSchoolPayments } from "#app/domain/payments/school-payments-page.server.ts";
import { verifyLedger } from "#app/domain/payments/verify-ledger.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { typedMoney } from "#app/http/typed-money.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Three views, each one question: the school's payments, one of them to give back, and whether the books agree. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const title = messagesFor(actor.locale).payments.adminTitle;
  const paymentId = query.get("payment");
  if (query.has("books")) return { title, view: "books" as const, books: await read(() => verifyLedger(context, actor)) };
  if (paymentId) return { title, view: "payment" as const, payment: await read(() => getRefundable(context, actor, paymentId)), asked: query.has("asked") };
  return { title, view: "list" as const, ...(await read(() => listSchoolPayments(context, actor, { cursor: query.get("before")?.slice(0, 100), limit: 20 }))) };
}

const Refund = RefundInput.extend({ paymentId: z.string() });

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Refund, async ({ paymentId, ...input }) => {
    await requestRefund(context, actor, paymentId, input);
    return redirect(`/admin/payments?payment=${paymentId}&asked`, 303);
  }, (typed) => {
    const { amount } = typedMoney(typed, ["amount"], typed.currency ?? "");
    return { paymentId: typed.paymentId, reason: typed.reason ?? "", ...(amount ? { amount } : {}) };
  });
}

export default function AdminPayments() {
  const page = useLoaderData<typeof loader>();
  const { m: { payments: m, schools }, f } = useLanguage();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={page.title} back={{ href: "/admin", label: schools.admin }} />
      <TabLinks label={page.title} tabs={[
        { href: "/admin/payments", label: m.schoolPayments, current: page.view !== "books" },
        { href: "/admin/payments?books", label: m.trialBalance, current: page.view === "books" },
      ]} />
      {page.view === "books" && <BooksVerified books={page.books} />}
      {page.view === "payment" && page.asked && !refusal && <Notice tone="done">{m.refundAsked}</Notice>}
      {page.view === "payment" && <RefundForm payment={page.payment} refusal={refusal} />}
      {page.view === "list" && page.items.length === 0 && <EmptyState title={m.noPaymentsTitle}><p>{m.noPaymentsText}</p></EmptyState>}
      {page.view === "list" && page.items.length > 0 && (
        <DataTable titled caption={m.schoolPayments} rows={page.items} rowKey={(payment) => payment.id} columns={[
          { heading: m.date, cell: (payment) => f.date(payment.createdAt) },
          { heading: m.plan, cell: (payment) => <a href={`/admin/payments?payment=${payment.id}`}>{m.payFor(payment.planName, payment.childName)}</a> },
          { heading: m.amount, cell: (payment) => <Money of={payment} />, numeric: true },
          { heading: m.status, cell: (payment) => <PaymentState status={payment.status} /> },
        ]} />
      )}
      {page.view === "list" && <Pagination olderHref={page.nextCursor && `/admin/payments?before=${page.nextCursor}`} />}
    </>
  );
}
