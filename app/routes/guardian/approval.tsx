import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { ApproveForm, DenyForm, QuietAct } from "#app/components/approvals/decision-forms.tsx";
import { EffectItHad } from "#app/components/approvals/effect-it-had.tsx";
import { StandingOfDecision } from "#app/components/approvals/standing-of-decision.tsx";
import { PurchaseStatus } from "#app/components/purchases/purchase-status.tsx";
import { PurchaseTimeline } from "#app/components/purchases/purchase-timeline.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { can } from "#app/domain/policy.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { cancelPurchase } from "#app/domain/purchases/cancel-purchase.server.ts";
import { denyPurchase } from "#app/domain/purchases/deny-purchase.server.ts";
import { ApprovePurchaseInput, DenyPurchaseInput } from "#app/domain/purchases/inputs.ts";
import { getPurchasePage } from "#app/domain/purchases/purchase-page.server.ts";
import { renewPurchase } from "#app/domain/purchases/renew-purchase.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  if (actor.kind === "child") throw redirect(`/requests/${params.requestId}`);
  const purchase = await read(() => getPurchasePage(context, actor, params.requestId!));
  return {
    title: purchase.planName, aboutChild: purchase.studentId, purchase, readerId: actor.userId, just: new URL(request.url).searchParams.get("just"),
    mayPay: can(actor, "purchase:pay", purchase.studentId), mayAskAgain: purchase.status === "expired" && can(actor, "purchase:ask", purchase.studentId),
  };
}

const Act = z.discriminatedUnion("act", [
  ApprovePurchaseInput.extend({ act: z.literal("approve") }),
  DenyPurchaseInput.extend({ act: z.literal("deny") }),
  z.object({ act: z.literal("take-back") }),
  z.object({ act: z.literal("ask-again") }),
]);

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.requestId!;
  return submit(request, Act, async (input) => {
    if (input.act === "ask-again") return redirect(`/approvals/${await renewPurchase(context, actor, id)}?just=asked`, 303);
    if (input.act === "approve") await approvePurchase(context, actor, id, input);
    if (input.act === "deny") await denyPurchase(context, actor, id, input);
    if (input.act === "take-back") await cancelPurchase(context, actor, id);
    return redirect(`/approvals/${id}?just=${DONE[input.act]}`, 303);
  });
}

const DONE = { "approve": "approved", "deny": "denied", "take-back": "cancelled" } as const;

export default function Approval() {
  const { title, purchase, readerId, just, mayPay, mayAskAgain } = useLoaderData<typeof loader>();
  const { m: { approvals: m, purchases }, f } = useLanguage();
  const refusal = useRefusal();
  const { status, payment, childName } = purchase;
  const done = just === "approved" && status === "pending" ? m.just.given : just && just in m.just ? m.just[just as keyof typeof m.just] : null;
  const decider = refusal?.extra.decidedByName;
  return (
    <>
      <PageHeader title={title} about={m.forChild(childName)} back={{ href: "/approvals", label: m.title }} />
      {done && !refusal && <Notice tone="done">{done}</Notice>}
      <RefusalSummary refusal={refusal} />
      {typeof decider === "string" && decider !== "" && <p>{m.decidedMeanwhile(decider)}</p>}
      <p><PurchaseStatus status={status} /></p>
      <SummaryList rows={[
        { term: m.amount, value: <Money of={purchase} /> },
        { term: m.askedBy, value: m.askedAt(purchase.askedByName, f.dateTime(purchase.createdAt)) },
        ...(purchase.message ? [{ term: m.says(purchase.askedByName), value: purchases.saying(purchase.message) }] : []),
        ...(status === "pending" ? [{ term: m.answerBy, value: `${f.until(purchase.expiresAt)}. ${m.ifNothing(childName)}` }] : []),
        ...(payment ? [{ term: m.payment, value: purchases.paymentStatus[payment.status] }] : []),
      ]} />
      {purchase.mayDecide
        ? <><ApproveForm purchase={purchase} others={purchase.takes === "all" ? purchase.awaited.filter((guardian) => guardian.userId !== readerId).map((guardian) => guardian.name) : []} refusal={refusal} /><DenyForm childName={childName} refusal={refusal} /></>
        : <StandingOfDecision purchase={purchase} readerId={readerId} mayPay={mayPay} />}
      {status === "approved" && <EffectItHad effects={purchase.effect} currency={purchase.currency} />}
      {purchase.primaryMissing && status === "pending" && <p className="hint">{purchases.primaryMissing}</p>}
      <PurchaseTimeline purchase={purchase} />
      {purchase.mayCancel && <QuietAct act="take-back" effect={m.takeBackEffect} label={m.takeBack} />}
      {mayAskAgain && <QuietAct act="ask-again" effect={m.askAgainEffect} label={m.askAgain} />}
    </>
  );
}
