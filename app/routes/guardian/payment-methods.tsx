import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { SavedCard } from "#app/components/payments/saved-card.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { listCards } from "#app/domain/payments/cards-page.server.ts";
import { finishCardSetup, makeDefault, openCardSetup, removeCard } from "#app/domain/payments/change-cards.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const CHANGES = ["added", "default", "removed"] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const session = query.get("session");
  if (session) {
    await read(() => finishCardSetup(context, actor, session));
    throw redirect("/finance/methods?just=added");
  }
  const cards = await read(() => listCards(context, actor));
  return {
    title: messagesFor(actor.locale).payments.methods,
    cards: cards.map(({ id, brand, last4, expMonth, expYear, isDefault }) => ({ id, brand, last4, expMonth, expYear, isDefault })),
    just: CHANGES.find((change) => change === query.get("just")) ?? null,
  };
}

const Act = z.discriminatedUnion("act", [
  z.object({ act: z.literal("add") }),
  z.object({ act: z.literal("default"), methodId: z.string() }),
  z.object({ act: z.literal("remove"), methodId: z.string() }),
]);

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Act, async (input) => {
    if (input.act === "add") return redirect((await openCardSetup(context, actor)).url, 303);
    await (input.act === "default" ? makeDefault : removeCard)(context, actor, input.methodId);
    return redirect(`/finance/methods?just=${input.act === "default" ? "default" : "removed"}`, 303);
  });
}

export default function PaymentMethods() {
  const { title, cards, just } = useLoaderData<typeof loader>();
  const { m: { payments: m } } = useLanguage();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} back={{ href: "/finance", label: m.backToFinance }} />
      {just && !refusal && <Notice tone="done">{m.card[just]}</Notice>}
      <RefusalSummary refusal={refusal} />
      {cards.length === 0 && <EmptyState title={m.noCardsTitle}><p>{m.noCardsText}</p></EmptyState>}
      {cards.length > 0 && !cards.some((card) => card.isDefault) && <Notice tone="waiting">{m.noDefault}</Notice>}
      {cards.map((card) => <SavedCard key={card.id} card={card} />)}
      <form method="post">
        <p>{m.addCardEffect}</p>
        <Button name="act" value="add">{m.addCard}</Button>
      </form>
    </>
  );
}
