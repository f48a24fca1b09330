import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { PurchaseStatus } from "#app/components/purchases/purchase-status.tsx";
import { PurchaseTimeline } from "#app/components/purchases/purchase-timeline.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { cancelPurchase } from "#app/domain/purchases/cancel-purchase.server.ts";
import { getPurchasePage } from "#app/domain/purchases/purchase-page.server.ts";
import { renewPurchase } from "#app/domain/purchases/renew-purchase.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  if (actor.kind !== "child") throw redirect(`/approvals/${params.requestId}`);
  const purchase = await read(() => getPurchasePage(context, actor, params.requestId!));
  return { title: purchase.planName, purchase, just: new URL(request.url).searchParams.get("just") };
}

const Act = z.object({ act: z.enum(["take-back", "ask-again"]) });

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Act, async ({ act }) => {
    if (act === "ask-again") return redirect(`/requests/${await renewPurchase(context, actor, params.requestId!)}?just=asked`, 303);
    await cancelPurchase(context, actor, params.requestId!);
    return redirect(`/requests/${params.requestId}?just=cancelled`, 303);
  });
}

export default function Request() {
  const { title, purchase, just } = useLoaderData<typeof loader>();
  const { m: { purchases: m }, f } = useLanguage();
  const refusal = useRefusal();
  const { payment, status } = purchase;
  const next = status === "denied" ? m.deniedNext : status !== "approved" ? null : payment?.status === "succeeded" ? m.paidNext : payment?.status === "failed" ? m.paymentFailedNext : m.approvedNext;
  return (
    <>
      <PageHeader title={title} back={{ href: "/requests", label: m.myRequests }} />
      {just === "asked" && !refusal && <Notice tone="done">{status === "approved" ? m.just.approved : m.just.asked}</Notice>}
      {just === "cancelled" && !refusal && <Notice tone="done">{m.just.cancelled}</Notice>}
      <RefusalSummary refusal={refusal} />
      <p><PurchaseStatus status={status} forChild /></p>
      {next && <p>{next}</p>}
      <SummaryList rows={[
        { term: m.amount, value: <Money of={{ amount: purchase.amount, currency: purchase.currency }} /> },
        ...(status === "pending" ? [{ term: m.answerBy, value: f.until(purchase.expiresAt) }] : []),
        ...(payment ? [{ term: m.payment, value: m.paymentStatus[payment.status], action: { href: `/children/${purchase.studentId}/account`, label: m.seeAccount } }] : []),
      ]} />
      <PurchaseTimeline purchase={purchase} />
      {purchase.mayCancel && (
        <form method="post"><p>{m.takeBackEffect}</p><Button weight="quiet" name="act" value="take-back">{m.takeBack}</Button></form>
      )}
      {status === "expired" && (
        <form method="post"><p>{m.askAgainEffect}</p><Button name="act" value="ask-again">{m.askAgain}</Button></form>
      )}
      {status === "denied" && <p><a href="/shop">{m.toShop}</a></p>}
    </>
  );
}
