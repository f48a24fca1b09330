import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { PlannedList } from "#app/components/announcements/planned-list.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { Timeline } from "#app/components/ui/timeline.tsx";
import { readAnnouncements } from "#app/domain/announcements/announce.server.ts";
import { dropPlanned } from "#app/domain/chat/plan-message.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const before = Math.trunc(Number(query.get("before"))) || undefined;
  return { title: messagesFor(actor.locale).announcements.yours, done: query.get("done"), ...(await read(() => readAnnouncements(context, actor, params.announcementId ?? "", { limit: 15, before }))) };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.announcementId ?? "";
  return submit(request, z.object({ act: z.literal("off"), plannedId: z.string("missing").max(64, "too_long") }), async ({ plannedId }) => {
    await dropPlanned(context, actor, id, plannedId);
    return redirect(`/messages/announcements/${id}?done=off`, 303);
  });
}

export default function Announcement() {
  const { m: { announcements: m, conversations } } = useLanguage();
  const { title, done, className, school, of, older, planned, items } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const said = m.done[done ?? ""];
  return (
    <>
      <PageHeader title={title} about={className ?? m.wholeSchool(school)} back={{ href: "/messages/announcements", label: m.title }} />
      {said && !refusal && <Notice tone="done" title={said} />}
      <RefusalSummary refusal={refusal} />
      <PlannedList planned={planned} />
      {items.length === 0 ? <EmptyState title={m.nothingSaid} /> : (
        <Timeline items={items.toReversed().map(({ at, text, deleted, silent, seen }) => ({ at, text: <><p dir="auto">{deleted ? conversations.deleted : text}</p><p className="hint">{m.seen(seen, of)}{silent && `, ${m.wasSilent}`}</p></> }))} />
      )}
      {older !== null && <p><a href={`?before=${older}`}>{m.older}</a></p>}
    </>
  );
}
