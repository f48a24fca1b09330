import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { CellList } from "#app/components/consent/cell-list.tsx";
import { ChildTabs } from "#app/components/consent/child-tabs.tsx";
import { OpenQuestion } from "#app/components/consent/open-question.tsx";
import { ProposalList } from "#app/components/consent/proposal-list.tsx";
import { WaysIn } from "#app/components/consent/ways-in.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { answerProposal } from "#app/domain/consent/answer-proposal.server.ts";
import { ConsentAct, consentActFrom } from "#app/domain/consent/consent-acts.ts";
import { readConsents } from "#app/domain/consent/consent-page.server.ts";
import { DATA_TYPES, RECIPIENTS } from "#app/domain/consent/rules.ts";
import { setConsents } from "#app/domain/consent/set-consents.server.ts";
import { childMeant } from "#app/http/chosen-child.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const childId = childMeant(actor, request);
  const asked = { to: RECIPIENTS.find((one) => one === query.get("to")), of: DATA_TYPES.find((one) => one === query.get("of")), open: query.get("open"), done: query.get("done"), count: Number(query.get("count")) };
  const wards = actor.wards.map((ward) => ({ id: ward.childId, name: ward.name }));
  return { title: messagesFor(actor.locale).consent.title, isSelf: childId === actor.userId, child: wards.find((ward) => ward.id === childId)?.name ?? actor.name, wards, asked, page: childId === null ? null : await read(() => readConsents(context, actor, childId)) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { searchParams } = new URL(request.url);
  return submit(request, ConsentAct, async (input) => {
    const back = (childId: string, said: Record<string, string>) => {
      const kept = Object.fromEntries([...searchParams].filter(([name]) => name === "to" || name === "of"));
      return redirect(`/settings/consent?${new URLSearchParams({ child: childId, ...kept, ...said })}`, 303);
    };
    if (input.act !== "set") return back(await answerProposal(context, actor, input.proposalId, input.act), { done: input.act });
    const plan = await setConsents(context, actor, input);
    const count = (outcome: string) => plan.filter((cell) => cell.outcome === outcome).length;
    const done: Record<string, string> = count("done") > 0 ? { done: input.granted ? "opened" : "closed", count: String(count("done")) } : count("proposed") > 0 ? { done: "proposed", count: String(count("proposed")) } : { done: "nothing" };
    return back(input.childId, done);
  }, consentActFrom(actor.timeZone));
}

export default function Consent() {
  const { m: { consent: m, shell } } = useLanguage();
  const { page, child, isSelf, wards, asked } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  if (!page) return <><PageHeader title={m.title} back={{ href: "/settings", label: shell.places.settings }} /><EmptyState title={m.noChildrenTitle}><p>{m.noChildrenText}</p></EmptyState></>;
  const at = `/settings/consent?child=${page.childId}`;
  const chosen = page.cells.filter((cell) => (!asked.to || cell.recipient === asked.to) && (!asked.of || cell.dataType === asked.of));
  const toOpen = asked.open === "all" ? chosen.filter((cell) => !cell.open) : page.cells.filter((cell) => `${cell.dataType}.${cell.recipient}` === asked.open);
  const asking = page.maySet && toOpen.length > 0;
  const title = asked.to ? m.recipients[asked.to] : asked.of ? m.dataTypes[asked.of] : isSelf ? m.ownTitle : m.title;
  const said = m.done[asked.done as keyof typeof m.done] as string | ((count: number) => string) | undefined;
  const listed = asked.to !== undefined || asked.of !== undefined;
  return (
    <>
      <PageHeader title={title} about={isSelf ? m.ownAbout : m.about(child)} back={listed ? { href: at, label: isSelf ? m.ownTitle : m.title } : { href: "/settings", label: shell.places.settings }} />
      {said && !refusal && <Notice tone="done" title={typeof said === "function" ? said(asked.count) : said} />}
      <RefusalSummary refusal={refusal} />
      {!listed && <ChildTabs path="/settings/consent" wards={wards} chosen={page.childId} />}
      {!isSelf && !page.maySet && <Notice title={m.readOnly} />}
      {!listed && !asking && <ProposalList page={page} />}
      {asking ? <OpenQuestion page={page} child={child} cells={toOpen} all={asked.open === "all"} back={{ to: asked.to, of: asked.of }} refusal={refusal} />
        : listed ? <CellList page={page} child={child} cells={chosen} to={asked.to} of={asked.of} />
        : <WaysIn page={page} child={child} />}
    </>
  );
}
