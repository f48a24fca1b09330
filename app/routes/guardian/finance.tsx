import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { PaymentList, paymentRow } from "#app/components/payments/payment-list.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { getFinancePage } from "#app/domain/payments/finance-page.server.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const page = await read(() => getFinancePage(context, actor));
  return {
    title: messagesFor(actor.locale).payments.finance,
    toPay: page.toPay.map(paymentRow), recent: page.recent.map(paymentRow), cards: page.cards,
    mayPay: actor.wards.some((ward) => ward.canApprovePurchases), children: actor.wards.map(({ childId, name }) => ({ childId, name })),
  };
}

export default function Finance() {
  const { title, toPay, recent, cards, mayPay, children } = useLoaderData<typeof loader>();
  const { m: { payments: m }, f } = useLanguage();
  return (
    <>
      <PageHeader title={title} about={m.financeText} />
      {mayPay && (
        <section>
          <h2>{m.toPay}</h2>
          {toPay.length === 0 && <p>{m.nothingToPay}</p>}
          {toPay.map((payment) => (
            <Card key={payment.id} title={m.payFor(payment.planName, payment.childName)} href={`/finance/pay/${payment.id}`}><p><Money of={payment} /></p></Card>
          ))}
        </section>
      )}
      {recent.length > 0 ? <section><h2>{m.recent}</h2><PaymentList payments={recent} /></section> : <EmptyState title={m.noPaymentsTitle}><p>{m.noPaymentsText}</p></EmptyState>}
      {recent.length > 0 && <p><a href="/finance/history">{m.allPayments}</a></p>}
      {children.length > 0 && <ul className="rows">
        {children.map((child) => <li key={child.childId}><a href={`/children/${child.childId}/account`}>{m.account(child.name)}</a></li>)}
        {mayPay && <li><a href="/finance/methods">{m.methods} ({m.cardsSaved(f.number(cards))})</a></li>}
      </ul>}
    </>
  );
}
