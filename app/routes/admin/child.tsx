import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { RestrictionList } from "#app/components/restrictions/restriction-list.tsx";
import { RestrictionQuestion } from "#app/components/restrictions/restriction-question.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { Timeline } from "#app/components/ui/timeline.tsx";
import { SetRestrictionInput } from "#app/domain/restrictions/inputs.ts";
import { liftRestriction } from "#app/domain/restrictions/lift-restriction.server.ts";
import { listRestrictions } from "#app/domain/restrictions/list-restrictions.server.ts";
import { setRestriction } from "#app/domain/restrictions/set-restriction.server.ts";
import { typedDays } from "#app/http/typed-days.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { pupil, ...found } = await read(() => listRestrictions(context, actor, params.childId ?? ""));
  return { title: messagesFor(actor.locale).restrictions.title(pupil.name), child: { id: pupil.id, name: pupil.name }, asked: Object.fromEntries(new URL(request.url).searchParams), ...found };
}

const Act = z.discriminatedUnion("act", [
  z.object({ act: z.literal("set"), ...SetRestrictionInput.shape }),
  z.object({ act: z.literal("lift"), restrictionId: z.string("missing") }),
]);

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const childId = params.childId ?? "";
  return submit(request, Act, async ({ ...input }) => {
    if (input.act === "set") await setRestriction(context, actor, childId, input);
    else await liftRestriction(context, actor, childId, input.restrictionId);
    return redirect(`/admin/children/${childId}?done=${input.act === "set" ? "set" : "lifted"}`, 303);
  }, (typed) => typedDays(typed, actor.timeZone, { startsAt: "first", endsAt: "last" }));
}

export default function AdminChild() {
  const { m: { restrictions: m, viewing } } = useLanguage();
  const { child, restrictions, attempts, people, asked } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const done = m.done[asked.done ?? ""];
  return (
    <>
      <PageHeader title={m.title(child.name)} back={{ href: `/admin/people/${child.id}`, label: child.name }} />
      {done && !refusal && <Notice tone="done" title={done} />}
      <RefusalSummary refusal={refusal} />
      <p>{m.about}</p>
      <RestrictionQuestion child={child} people={people} restrictions={restrictions} asked={asked} refusal={refusal} />
      <RestrictionList restrictions={restrictions} />
      {!asked.set && <p><ButtonLink href="?set=yes">{m.set}</ButtonLink></p>}
      <h2>{viewing.guardians}</h2>
      <ul className="rows">
        {people.filter((person) => person.isGuardian && !restrictions.some((each) => each.personId === person.id && each.standing === "in_force")).map((person) => (
          <li key={person.id}><p><strong>{person.name}</strong> <a href={`/view-as?person=${person.id}`}>{viewing.of(person.name)}</a></p></li>
        ))}
      </ul>
      <h2>{m.attempts}</h2>
      {attempts.length === 0 ? <p className="hint">{m.attemptsNone}</p> : (
        <Timeline items={attempts.map((each) => ({ at: each.lastAt, text: <>{m.attempt(each.personName, each.count)}<p className="hint">{m.lastly(each.lastPath, each.address)}</p></> }))} />
      )}
    </>
  );
}
