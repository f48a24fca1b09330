import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ConsentHistory } from "#app/components/consent/consent-history.tsx";
import { AuditVerification } from "#app/components/schools/audit-verification.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { listConsentHistory, verifyConsentHistory } from "#app/domain/consent/consent-history.server.ts";
import { childMeant } from "#app/http/chosen-child.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const childId = childMeant(actor, request);
  const query = new URL(request.url).searchParams;
  const verify = query.get("verify");
  const child = actor.wards.find((ward) => ward.childId === childId)?.name ?? actor.name;
  const about = { title: messagesFor(actor.locale).privacy.historyTitle, childId: childId ?? "", child };
  if (childId === null) return { ...about, view: "none" as const };
  return verify === null
    ? { ...about, view: "list" as const, ...(await read(() => listConsentHistory(context, actor, childId, { cursor: query.get("cursor")?.slice(0, 100), limit: 15 }))) }
    : { ...about, view: "verification" as const, found: await read(() => verifyConsentHistory(context, actor, childId, { from: verify.slice(0, 100) || undefined })) };
}

export default function ConsentAudit() {
  const { m: { audit, consent, privacy: m } } = useLanguage();
  const page = useLoaderData<typeof loader>();
  const at = `/settings/consent/audit?child=${page.childId}`;
  return (
    <>
      <PageHeader title={page.title} about={page.view === "none" ? undefined : m.about(page.child)} back={{ href: page.childId ? `/settings/consent?child=${page.childId}` : "/settings/consent", label: consent.title }} />
      {page.view !== "none" && <TabLinks label={page.title} tabs={[{ href: at, label: m.history, current: page.view === "list" }, { href: `${at}&verify`, label: m.verify, current: page.view === "verification" }]} />}
      {page.view === "verification" && <><AuditVerification found={page.found} at={at} /><p className="hint">{audit.verifyText}</p></>}
      {(page.view === "none" || (page.view === "list" && page.items.length === 0)) && <EmptyState title={m.noHistoryTitle}><p>{m.noHistoryText}</p></EmptyState>}
      {page.view === "list" && page.items.length > 0 && (
        <>
          <ConsentHistory events={page.items} />
          <Pagination olderHref={page.nextCursor && `${at}&cursor=${page.nextCursor}`} />
          <p><ButtonLink href={`/api/v1/consents/audit/export?childId=${page.childId}`}>{m.export}</ButtonLink></p>
        </>
      )}
    </>
  );
}
