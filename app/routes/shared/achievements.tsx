import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { AchievementList } from "#app/components/achievements/achievement-list.tsx";
import { RevokeQuestion } from "#app/components/achievements/revoke-question.tsx";
import { useBackTo } from "#app/components/learning/use-back-to.ts";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { RevokeInput } from "#app/domain/learning/achievements/inputs.ts";
import { readAchievements } from "#app/domain/learning/achievements/read-achievements.server.ts";
import { closeLink, openLink, revokeAchievement } from "#app/domain/learning/achievements/revoke-achievement.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const asked = new URL(request.url).searchParams;
  const page = await read(() => readAchievements(context, actor, params.childId ?? "", { cursor: asked.get("before")?.slice(0, 100), limit: 15 }));
  const { achievements: m } = messagesFor(actor.locale);
  return { title: page.child.as === "self" ? m.titleOwn : m.title(page.child.name), asked: { done: asked.get("done"), revoke: asked.get("revoke") }, ...page };
}

const achievementId = z.string("missing").max(60, "too_long");
const Act = z.discriminatedUnion("act", [
  RevokeInput.extend({ act: z.literal("revoke"), achievementId }), z.object({ act: z.literal("close-link"), achievementId }), z.object({ act: z.literal("open-link"), achievementId }),
]);

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const back = (done: string) => redirect(`/children/${params.childId}/achievements?done=${done}`, 303);
  return submit(request, Act, async (input) => {
    if (input.act === "revoke") return revokeAchievement(context, actor, input.achievementId, input.reason).then(() => back("revoked"));
    if (input.act === "close-link") return closeLink(context, actor, input.achievementId).then(() => back("closed"));
    return openLink(context, actor, input.achievementId).then(() => back("opened"));
  });
}

export default function Achievements() {
  const { m: { achievements: m } } = useLanguage();
  const { title, asked, child, items, mayGive, mayLink, nextCursor } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const at = `/children/${child.id}/achievements`;
  const done = m.done[asked.done ?? ""];
  const toRevoke = items.find((item) => item.id === (asked.revoke ?? refusal?.values.achievementId) && item.mayRevoke);
  return (
    <>
      <PageHeader title={title} about={m.about} back={useBackTo(child)} />
      {done && !refusal && <Notice tone="done" title={done} />}
      <RefusalSummary refusal={refusal} />
      {toRevoke && <RevokeQuestion item={toRevoke} back={at} refusal={refusal} />}
      {mayGive && <p><ButtonLink href={`/students/${child.id}/achievements/new`}>{m.give}</ButtonLink></p>}
      <AchievementList items={items} mayLink={mayLink} />
      <Pagination olderHref={nextCursor && `${at}?before=${nextCursor}`} />
    </>
  );
}
