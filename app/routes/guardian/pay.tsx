import { data, redirect, type ActionFunctionArgs, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { PayForms } from "#app/components/payments/pay-forms.tsx";
import { PaymentState } from "#app/components/payments/payment-state.tsx";
import { RefundList } from "#app/components/payments/refund-list.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { lookAfterCheckout } from "#app/domain/payments/look-after-checkout.server.ts";
import { getPaymentPage } from "#app/domain/payments/payment-page.server.ts";
import { startPayment } from "#app/domain/payments/start-payment.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** How often the page looks again by itself after Checkout; then the guardian may. */
const LOOKS = 4;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const looks = Number(new URL(request.url).searchParams.get("returned") ?? 0);
  const page = await read(() => (looks > 0 ? lookAfterCheckout : getPaymentPage)(context, actor, params.paymentId!));
  const { id, requestId, planName, childName, amount, currency, status, failureCode, methodId, checkoutAttempt, createdAt, refunded, mayPay } = page;
  const looking = looks > 0 && (status === "processing" || (status === "pending" && page.checkoutRef !== null));
  const again: HeadersInit = looking && looks < LOOKS ? { Refresh: `4; url=/finance/pay/${id}?returned=${looks + 1}` } : {};
  return data({
    title: planName, requestId, planName, childName, amount, currency, status, failureCode, createdAt, refunded, mayPay, looking, lookHref: `/finance/pay/${id}?returned=${LOOKS}`,
    cardSoon: status === "pending" && methodId !== null && checkoutAttempt === 0 && failureCode === null,
    refunds: page.refunds.map((refund) => ({ id: refund.id, amount: refund.amount, currency: refund.currency, status: refund.status, createdAt: refund.createdAt })),
    guardian: actor.wards.some((ward) => ward.childId === page.studentId),
  }, { headers: again });
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const Pay = z.object({ requestId: z.string().max(60), with: z.enum(["card", "checkout"]), allowOverLimit: z.literal("yes").optional() });

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Pay, async ({ requestId, with: way, allowOverLimit }) => {
    const { paymentId, checkoutUrl } = await startPayment(context, actor, requestId, { with: way, allowOverLimit: allowOverLimit === "yes" });
    return redirect(checkoutUrl ?? `/finance/pay/${paymentId}`, 303);
  });
}

export default function PayPage() {
  const page = useLoaderData<typeof loader>();
  const { m: { payments: m }, f } = useLanguage();
  const refusal = useRefusal();
  const { status, failureCode, amount, currency, looking } = page;
  const failed = m.failed[(failureCode ?? "") as keyof typeof m.failed] ?? m.failed.generic;
  const said = status === "failed" ? failed
    : status === "pending" ? (failureCode === "authentication_required" ? m.said.authentication_required : page.cardSoon ? m.said.card_soon : m.said.pending)
      : status === "processing" && failureCode === "amount_differs" ? m.said.amount_differs : m.said[status];
  return (
    <>
      <PageHeader title={m.payFor(page.planName, page.childName)} back={{ href: "/finance", label: m.backToFinance }} />
      <RefusalSummary refusal={refusal} />
      {looking ? <Notice tone="waiting"><p>{m.backLooking}</p><p><a href={page.lookHref}>{m.lookAgain}</a></p></Notice>
        : <Notice tone={status === "failed" ? "refused" : status === "succeeded" ? "done" : status === "refunded" ? "info" : "waiting"}>{said}</Notice>}
      <SummaryList rows={[
        { term: m.amount, value: <Money of={page} /> },
        { term: m.status, value: <PaymentState status={status} /> },
        ...(page.refunded > 0 ? [{ term: m.refunded, value: <Money of={{ amount: page.refunded, currency }} /> }] : []),
        { term: m.date, value: f.dateTime(page.createdAt) },
        ...(page.guardian ? [{ term: m.request, value: <a href={`/approvals/${page.requestId}`}>{m.seeRequest}</a> }] : []),
      ]} />
      {page.mayPay && <PayForms status={status} requestId={page.requestId} amount={amount} currency={currency} refusal={refusal} />}
      <RefundList refunds={page.refunds} />
    </>
  );
}
