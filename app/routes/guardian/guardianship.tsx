import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { GuardianshipQuestion } from "#app/components/families/guardianship-question.tsx";
import { StandingOfGuardian } from "#app/components/families/standing-of-guardian.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { Timeline } from "#app/components/ui/timeline.tsx";
import { localDate } from "#app/domain/clock.ts";
import { changeGuardianship } from "#app/domain/families/change-guardianship.server.ts";
import { endGuardianship } from "#app/domain/families/end-guardianship.server.ts";
import { loadGuardianship } from "#app/domain/families/guardianship-page.server.ts";
import { lendRights } from "#app/domain/families/lend-rights.server.ts";
import { makePrimary } from "#app/domain/families/make-primary.server.ts";
import { GuardianshipAct, guardianshipActFrom } from "#app/domain/families/people-acts.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { typedDays } from "#app/http/typed-days.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const row = await read(() => loadGuardianship(context, actor, params.guardianshipId ?? ""));
  // Ends are exclusive, and people say the last day.
  const endsOn = row.endsAt === null ? undefined : localDate(row.endsAt - 1, actor.timeZone).toString();
  return { title: messagesFor(actor.locale).kin.guardianTitle(row.guardianName, row.childName), row, endsOn, asked: Object.fromEntries(new URL(request.url).searchParams) };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.guardianshipId ?? "";
  return submit(request, GuardianshipAct, async ({ ...input }) => {
    switch (input.act) {
      case "change": {
        const { act: _act, ...change } = input;
        await changeGuardianship(context, actor, id, change);
        break;
      }
      case "make-primary": await makePrimary(context, actor, id); break;
      case "end": await endGuardianship(context, actor, id); return redirect("/family/people?done=guardianship", 303);
      case "lend": {
        const { act: _act, ...loan } = input;
        return redirect(`/family/people/${await lendRights(context, actor, id, loan)}?done=lent`, 303);
      }
    }
    return redirect(`/family/people/${id}?done=guardianship`, 303);
  }, (typed) => guardianshipActFrom(typedDays(typed, actor.timeZone, { startsAt: "first", endsAt: "last" })));
}

export default function Guardianship() {
  const { m: { families: m, kin, viewing } } = useLanguage();
  const { row, endsOn, asked } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const done = m.done[asked.done ?? ""];
  const here = `/family/people/${row.id}`;
  const { change, lend, makePrimary: primary, end } = row.may;
  const asks = ({ change, lend, primary, end } as Record<string, boolean>)[asked.do ?? ""];
  return (
    <>
      <PageHeader title={kin.guardianTitle(row.guardianName, row.childName)} about={m.relationships[row.relationship]} back={{ href: "/family/people", label: m.people }} />
      {done && !refusal && <Notice tone="done" title={done} />}
      <RefusalSummary refusal={refusal} />
      <GuardianshipQuestion row={row} asked={asked.do} endsOn={endsOn} refusal={refusal} />
      {row.over && <Notice tone="info" title={kin.over} />}
      <section className="card"><StandingOfGuardian of={row} /></section>
      {!asks && <p>
        {change && <ButtonLink href={`${here}?do=change`}>{m.change}</ButtonLink>}
        {row.may.viewAs && <ButtonLink href={`/view-as?person=${row.guardianId}`}>{viewing.of(row.guardianName)}</ButtonLink>}
        {lend && <ButtonLink href={`${here}?do=lend`}>{kin.lendNow}</ButtonLink>}
      </p>}
      {!asks && <p className="links">
        {primary && <a href={`${here}?do=primary`}>{m.makePrimary}</a>}
        {end && <a href={`${here}?do=end`}>{m.endGuardianship}</a>}
      </p>}
      {row.history.length > 0 && <h2>{kin.history}</h2>}
      <Timeline items={row.history.map((each) => ({ at: each.at, text: <>{kin.happenings[each.action] ?? each.action}{each.by && ` (${each.by})`}{each.changed.length > 0 && <p className="hint">{each.changed.map((field) => m.rights[field as keyof typeof m.rights] ?? kin.fields[field] ?? field).join(", ")}</p>}</> }))} />
    </>
  );
}
