import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { ActivityFeed } from "#app/components/activity/activity-feed.tsx";
import { ActivityFigures } from "#app/components/activity/activity-figures.tsx";
import { TellForm } from "#app/components/activity/tell-form.tsx";
import { RangeForm } from "#app/components/learning/range-form.tsx";
import { useBackTo } from "#app/components/learning/use-back-to.ts";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { TellActivityInput } from "#app/domain/learning/activity/inputs.ts";
import { loadActivity } from "#app/domain/learning/activity/read-activity.server.ts";
import { tellActivity } from "#app/domain/learning/activity/tell-activity.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { typedRange } from "#app/http/typed-range.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const asked = new URL(request.url).searchParams;
  const page = await read(() => loadActivity(context, actor, params.childId ?? "", typedRange(request), { cursor: asked.get("before")?.slice(0, 100), limit: 15 }));
  const { activity: m } = messagesFor(actor.locale);
  return { title: page.child.as === "self" ? m.titleOwn : m.title(page.child.name), done: asked.has("done"), key: context.ids.secret(), ...page };
}

const Tell = TellActivityInput.extend({ key: z.string("missing").max(60, "too_long") });

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const studentId = params.childId ?? "";
  return submit(request, Tell, async ({ key, ...told }) => {
    await tellActivity(context, actor, studentId, told, key);
    return redirect(`/children/${studentId}/activity?done`, 303);
  });
}

export default function Activity() {
  const { m: { activity: m } } = useLanguage();
  const { title, done, key, child, today, range, days, weeks, streaks, feed, mayTell } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={m.about} back={useBackTo(child)} />
      {done && !refusal && <Notice tone="done" title={m.done} />}
      <RefusalSummary refusal={refusal} />
      <ActivityFigures days={days} weeks={weeks} streaks={streaks} />
      <RangeForm {...range} />
      {mayTell && <TellForm today={today} idempotencyKey={key} refusal={refusal} />}
      <h2>{m.feed}</h2>
      <ActivityFeed items={feed.items} />
      <Pagination olderHref={feed.nextCursor && `/children/${child.id}/activity?from=${range.from}&to=${range.to}&before=${feed.nextCursor}`} />
    </>
  );
}
