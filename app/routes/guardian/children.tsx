import { redirect, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  if (actor.kind === "child") throw redirect(`/children/${actor.userId}`);
  return { title: messagesFor(actor.locale).families.children, wards: actor.wards, home: actor.familyIds[0] };
}

export default function Children() {
  const { m: { families: m } } = useLanguage();
  const { wards, home } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.children} />
      {wards.length === 0 && <EmptyState title={m.childrenNoneTitle}><p>{home ? m.childrenAddText : m.childrenNoneText}</p></EmptyState>}
      <div className="cards">{wards.map((ward) => (
        <Card key={ward.childId} title={ward.name} href={`/children/${ward.childId}`}>
          <p className="hint">{[m.level(ward.level), ward.isPrimary ? m.primaryGuardian : !ward.canApprovePurchases ? m.viewOnly : ""].filter(Boolean).join(". ")}</p>
          {(ward.canApprovePurchases || ward.canViewProgress) && <p><a href={`/children/${ward.childId}/budget`}>{m.budget}</a></p>}
        </Card>
      ))}</div>
      <p>{home ? <ButtonLink href={`/family?child=${home}`}>{m.newChild}</ButtonLink> : <ButtonLink weight="primary" href="/families/new">{m.newFamily}</ButtonLink>}</p>
    </>
  );
}
