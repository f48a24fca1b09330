import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { TimedFields } from "#app/components/announcements/timed-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { SelectField, TextField } from "#app/components/ui/field.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { announce, loadAnnouncements } from "#app/domain/announcements/announce.server.ts";
import { timedForm } from "#app/domain/chat/timed-inputs.ts";
import { submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).announcements.title, timeZone: actor.timeZone, clientId: context.ids.make("msg"), ...(await loadAnnouncements(context, actor)) };
}

/** `class.<id>` or `school.<id>`. */
const To = z.string("audience_missing").regex(/^(class|school)\.\w{1,60}$/, "audience_missing").transform((to) => {
  const id = to.slice(to.indexOf(".") + 1);
  return to.startsWith("class.") ? { classId: id, schoolId: null } : { classId: null, schoolId: id };
});

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, z.object({ to: To, ...timedForm(actor.timeZone) }), async ({ to, ...timed }) => {
    const { conversationId, seq } = await announce(context, actor, to, timed);
    return redirect(`/messages/announcements/${conversationId}?done=${seq === null ? "planned" : "sent"}`, 303);
  });
}

export default function Announcements() {
  const { m: { announcements: m, conversations }, f } = useLanguage();
  const { title, audiences, rooms, timeZone, clientId } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={m.about} back={{ href: "/messages", label: conversations.title }} />
      <RefusalSummary refusal={refusal} />
      {audiences.length === 0 ? <EmptyState title={m.noAudience}><p>{m.noAudienceText}</p></EmptyState> : (
        <form method="post" className="card">
          <h2>{m.write}</h2>
          <input type="hidden" name="clientId" value={refusal?.values.clientId ?? clientId} />
          <SelectField name="to" label={m.whom} refusal={refusal} options={audiences.map(({ classId, schoolId, name }) => (classId === null ? { value: `school.${schoolId}`, label: m.wholeSchool(name) } : { value: `class.${classId}`, label: name }))} />
          <TextField name="text" label={m.text} refusal={refusal} dir="auto" required />
          <details open={refusal !== undefined}><summary>{m.fold}</summary><TimedFields timeZone={timeZone} refusal={refusal} /></details>
          <Button>{m.send}</Button>
        </form>
      )}
      {rooms.length > 0 && (
        <section>
          <h2>{m.yours}</h2>
          <LinkList rows={rooms.map(({ id, className, school, lastAt, lastText }) => ({ key: id, href: `/messages/announcements/${id}`, title: className ?? m.wholeSchool(school), hint: lastAt === null ? m.nothingSaid : <><bdi>{lastText}</bdi><br />{f.dateTime(lastAt)}</> }))} />
        </section>
      )}
    </>
  );
}
