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
import { takeBackActivity, tellActivity } from "#app/domain/learning/activity/tell-activity.server.ts";
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
  return { title: page.child.as === "self" ? m.titleOwn : m.title(page.child.name), done: m.done[asked.get("done") ?? ""], key: context.ids.secret(), ...page };
}

const Act = z.discriminatedUnion("act", [
  TellActivityInput.extend({ act: z.literal("tell"), key: z.string("missing").max(60, "too_long") }), z.object({ act: z.literal("take-back"), activityId: z.string("missing").max(60, "too_long") }),
], "not_a_choice");

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const studentId = params.childId ?? "";
  return submit(request, Act, async (input) => {
    if (input.act === "tell") await tellActivity(context, actor, studentId, { kind: input.kind, about: input.about, minutes: input.minutes, onDate: input.onDate }, input.key);
    else await takeBackActivity(context, actor, studentId, input.activityId);
    return redirect(`/children/${studentId}/activity?done=${input.act === "tell" ? "told" : "back"}`, 303);
  });
}

export default function Activity() {
  const { m: { activity: m } } = useLanguage();
  const { title, done, key, child, today, range, days, weeks, streaks, feed, mayTell } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={m.about} back={useBackTo(child)} />
      {done && !refusal && <Notice tone="done" title={done} />}
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
