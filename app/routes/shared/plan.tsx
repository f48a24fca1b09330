import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { BudgetEffectSentences } from "#app/components/budgets/effect.tsx";
import { WhoDecides } from "#app/components/purchases/who-decides.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import type { Actor } from "#app/domain/actor.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { RequestPurchaseInput } from "#app/domain/purchases/inputs.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { chooseBuyer, getOfferPage } from "#app/domain/purchases/shop-page.server.ts";
import { chosenChild } from "#app/http/chosen-child.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const studentOf = (request: Request, actor: Actor) => chooseBuyer(actor, new URL(request.url).searchParams.get("studentId"), chosenChild(request)) ?? actor.userId;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const page = await read(() => getOfferPage(context, actor, studentOf(request, actor), params.planId!));
  return { title: page.offer.name, own: actor.kind === "child", onceKey: context.ids.secret(), aboutChild: page.student.id, ...page };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const studentId = studentOf(request, actor);
  return submit(request, RequestPurchaseInput, async (input, typed) => {
    const id = await requestPurchase(context, actor, studentId, input, await repeatOf(typed.onceKey, ["request", studentId, input]));
    return redirect(`${actor.kind === "child" ? "/requests" : "/approvals"}/${id}?just=asked`, 303);
  }, (typed) => ({ planId: params.planId, message: typed.message }));
}

export default function Plan() {
  const { title, own, onceKey, student, offer, preview, waitingId, decisionWindowHours, sameCurrency } = useLoaderData<typeof loader>();
  const { m: { purchases: m }, f } = useLanguage();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={own ? undefined : m.shopFor(student.name)} back={{ href: own ? "/shop" : `/shop?studentId=${student.id}`, label: m.shop }} />
      <p><strong><Money of={{ amount: offer.price, currency: offer.currency }} /></strong> · {offer.minutes === null ? m.kind[offer.kind] : m.hours(f.number(offer.minutes / 60))}</p>
      {offer.description && <p>{offer.description}</p>}
      {waitingId && <Notice tone="waiting" title={m.oneWaits}><p><a href={`${own ? "/requests" : "/approvals"}/${waitingId}`}>{m.seeIt}</a></p></Notice>}
      {sameCurrency ? (
        <>
          <section>
            <h2>{m.whatHappens}</h2>
            <WhoDecides preview={preview} />
            <BudgetEffectSentences effects={preview.effect} currency={offer.currency} />
            {preview.takes !== "nobody" && <p className="hint">{m.answerWithin(f.number(decisionWindowHours))}</p>}
          </section>
          <form method="post">
            <RefusalSummary refusal={refusal} />
            <input type="hidden" name="onceKey" value={refusal?.values.onceKey ?? onceKey} />
            <TextField name="message" label={m.message} hint={m.messageHint} refusal={refusal} maxLength={500} />
            <Button>{own ? m.ask : m.askFor(student.name)}</Button>
          </form>
        </>
      ) : <Notice tone="refused">{m.otherCurrency}</Notice>}
    </>
  );
}
