import { redirect, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { PurchaseStatus } from "#app/components/purchases/purchase-status.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { listPurchases } from "#app/domain/purchases/purchase-page.server.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  if (actor.kind !== "child") throw redirect("/approvals");
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  const page = await read(() => listPurchases(context, actor, { studentId: actor.userId, before, limit: 10 }));
  return { title: messagesFor(actor.locale).purchases.myRequests, ...page };
}

export default function Requests() {
  const { title, items, nextCursor } = useLoaderData<typeof loader>();
  const { m: { purchases: m }, f } = useLanguage();
  return (
    <>
      <PageHeader title={title} />
      {items.length === 0 && <EmptyState title={m.noRequestsTitle}><p>{m.noRequestsText}</p><ButtonLink href="/shop">{m.toShop}</ButtonLink></EmptyState>}
      {items.map((item) => (
        <Card key={item.id} title={item.planName} href={`/requests/${item.id}`} tag={<PurchaseStatus status={item.status} forChild />}>
          <p><Money of={{ amount: item.amount, currency: item.currency }} /> · {f.date(item.createdAt)}</p>
        </Card>
      ))}
      <Pagination olderHref={nextCursor && `/requests?before=${nextCursor}`} />
    </>
  );
}
