import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { PlaceLink } from "#app/components/shell/place-link.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { loadChild } from "#app/domain/families/child-page.server.ts";
import { childPageGroups } from "#app/domain/navigation/child-pages.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const page = await read(() => loadChild(context, actor, params.childId ?? ""));
  return { title: page.child.name, ...page, groups: childPageGroups(actor, page.child.id) };
}

export default function ChildProfile() {
  const { m: { consent, families: m, entry } } = useLanguage();
  const { child, picture, guardians, siblings, isSelf, givesPin, managesGuardians, groups } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={child.name} picture={picture} about={isSelf ? m.yourProfile : m.profile} back={isSelf ? undefined : { href: "/children", label: m.children }} />
      <Cards>{groups.map(({ group, pages }) => (
        <Card key={group} title={m.childPages[group]}><ul className="rows">{pages.map((page) => <li key={page.name}><PlaceLink {...page} /></li>)}</ul></Card>
      ))}</Cards>
      <SummaryList rows={[
        { term: m.learningLevel, value: m.level(child.level) || m.notSet },
        { term: m.username, value: child.username ?? m.notSet, ...(givesPin ? { action: { href: `/children/${child.id}/pin`, label: entry.givePin } } : {}) },
        {
          term: m.guardians,
          value: guardians === null ? consent.notShared : <ul>{guardians.map((guardian) => <li key={guardian.id}>{guardian.name} ({m.relationships[guardian.relationship]}{guardian.isPrimary && `, ${m.primary}`})</li>)}</ul>,
          ...(managesGuardians ? { action: { href: "/family/people", label: m.manageGuardians } } : {}),
        },
        ...(siblings.length > 0 ? [{ term: m.siblings, value: <ul>{siblings.map((sibling) => <li key={sibling.id}><a href={`/children/${sibling.id}`}>{sibling.name}</a></li>)}</ul> }] : []),
      ]} />
    </>
  );
}
