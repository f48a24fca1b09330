import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Card } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { identity: m, shell } = messagesFor(actor.locale);
  const rows = [[m.name, actor.name], [m.email, actor.email], [m.username, actor.username], [m.timeZone, actor.timeZone]].flatMap(([term, value]) => (term && value ? [{ term, value }] : []));
  return { title: shell.places.settings, adult: actor.kind === "adult", hasWards: actor.wards.length > 0, hasFamily: actor.familyIds.length > 0, rows };
}

export default function Settings() {
  const { m: { calendars, consent, families, identity: m, notices, privacy, profile, schools, shell } } = useLanguage();
  const { rows, adult, hasWards, hasFamily } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={shell.places.settings} />
      <SummaryList rows={rows} />
      <Card title={profile.title} href="/settings/profile"><p>{adult ? profile.about : profile.childAbout}</p></Card>
      <Card title={m.securityTitle} href="/settings/security"><p>{m.securityAbout}</p></Card>
      <Card title={notices.title} href="/settings/notifications"><p>{notices.settingsAbout}</p></Card>
      <Card title={calendars.title} href="/settings/calendar"><p>{calendars.settingsAbout}</p></Card>
      {(!adult || hasWards) && <Card title={adult ? privacy.title : privacy.ownTitle} href="/settings/privacy"><p>{privacy.settingsAbout}</p></Card>}
      {(!adult || hasWards) && <Card title={adult ? consent.title : consent.ownTitle} href="/settings/consent"><p>{adult ? consent.settingsAbout : consent.ownAbout}</p></Card>}
      {adult && !hasFamily && <Card title={families.newFamily} href="/families/new"><p>{families.childrenNoneText}</p></Card>}
      {adult && <Card title={schools.found} href="/admin/schools/new"><p>{schools.foundText}</p></Card>}
      <Card title={shell.lite} href="/more"><p>{shell.liteHint}</p></Card>
      <Card title={shell.signOut} href="/sign-out" />
    </>
  );
}
