import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { CalendarAddress, CalendarFeedForm, CalendarFeedList } from "#app/components/lessons/calendar-feeds.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { listCalendarFeeds, makeCalendarFeed, revokeCalendarFeedOf } from "#app/domain/lessons/calendar-feeds.server.ts";
import { NewCalendarFeedInput } from "#app/domain/lessons/calendar-inputs.ts";
import { can } from "#app/domain/policy.ts";
import { read, submit, type Refusal } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { showOnce, shownOnce } from "#app/http/shown-once.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const HERE = "/settings/calendar";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const feeds = shownOnce(context) ? [] : await read(() => listCalendarFeeds(context, actor));
  const asked = new URL(request.url).searchParams;
  const children = actor.wards.filter(({ childId }) => can(actor, "lesson:view", childId)).map(({ childId, name }) => ({ id: childId, name }));
  return { title: messagesFor(actor.locale).calendars.title, feeds, children, revoking: feeds.find(({ id }) => id === asked.get("revoke")) ?? null, revoked: asked.has("revoked") };
}

const Form = z.discriminatedUnion("act", [NewCalendarFeedInput.extend({ act: z.literal("make") }), z.object({ act: z.literal("revoke"), feedId: z.string("missing").max(60, "too_long") })]);

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Form, async (input) => {
    if (input.act === "revoke") {
      await revokeCalendarFeedOf(context, actor, input.feedId);
      return redirect(`${HERE}?revoked`, 303);
    }
    // The address is shown this once: its page is the answer to the form itself.
    const { name, address } = await makeCalendarFeed(context, actor, input);
    return showOnce(context, { made: { name, address } });
  });
}

export default function Calendars() {
  const { m: { calendars: m, shell } } = useLanguage();
  const { feeds, children, revoking, revoked } = useLoaderData<typeof loader>();
  const answer = useActionData<{ refusal?: Refusal; made?: { name: string; address: string } }>();
  if (answer?.made) return <CalendarAddress {...answer.made} />;
  return (
    <>
      <PageHeader title={m.title} about={m.about} back={{ href: "/settings", label: shell.places.settings }} />
      {revoked && !answer?.refusal && <Notice tone="done">{m.revoked}</Notice>}
      <RefusalSummary refusal={answer?.refusal} />
      {revoking && <Confirm title={m.revokeAsk(revoking.name)} consequence={m.revokeConsequence} act="revoke" fields={{ feedId: revoking.id }} label={m.revoke} back={{ href: HERE, label: m.keep }} />}
      <CalendarFeedList feeds={feeds} />
      <CalendarFeedForm ofChildren={children} refusal={answer?.refusal} />
    </>
  );
}
