import type { GuardianHome as Facts } from "#app/domain/families/home-page.server.ts";
import { WaitingCard } from "#app/components/approvals/waiting-card.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { ChildCard } from "./child-card.tsx";

const SHOWN = 4;

/** Decisions first, then how each child stands. */
export function GuardianHome({ waiting, children, administers, home }: Facts & { administers: boolean; home: string | undefined }) {
  const { m: { home: m } } = useLanguage();
  if (children.length === 0) {
    return (
      <>
        {administers && <Card title={m.yourSchool} href="/admin"><p>{m.yourSchoolText}</p></Card>}
        <EmptyState title={m.noChildrenTitle}><p>{home ? m.addChildText : m.noChildrenText}</p><ButtonLink weight={administers ? "quiet" : "primary"} href={home ? `/family?child=${home}` : "/families/new"}>{home ? m.addChild : m.newFamily}</ButtonLink></EmptyState>
      </>
    );
  }
  return (
    <>
      <h2>{m.waitingTitle}</h2>
      {waiting.length === 0 ? <p>{m.nothingWaits}</p> : <Cards>{waiting.slice(0, SHOWN).map((request) => <WaitingCard key={request.id} request={request} />)}</Cards>}
      {waiting.length > SHOWN && <p><a href="/approvals">{m.seeAll(waiting.length)}</a></p>}
      <h2>{m.children}</h2>
      <Cards>{children.map((child) => <ChildCard key={child.id} child={child} />)}</Cards>
    </>
  );
}
