import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { FamilyCard } from "#app/components/families/family-card.tsx";
import { FamilyQuestion } from "#app/components/families/family-question.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { addStudent } from "#app/domain/families/add-student.server.ts";
import { addToFamily } from "#app/domain/families/add-to-family.server.ts";
import { changeFamily } from "#app/domain/families/change-family.server.ts";
import { deleteFamily, restoreFamily } from "#app/domain/families/delete-family.server.ts";
import { FamilyAct, familyActFrom } from "#app/domain/families/family-acts.ts";
import { loadFamilies } from "#app/domain/families/family-page.server.ts";
import { removeFromFamily } from "#app/domain/families/remove-from-family.server.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).families.family, asked: Object.fromEntries(new URL(request.url).searchParams), repeat: context.ids.secret(), ...(await loadFamilies(context, actor)) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, FamilyAct, async (input, { repeat }) => {
    const done = await act();
    return redirect(`/family?done=${done}`, 303);

    async function act(): Promise<string> {
      switch (input.act) {
        case "change": {
          const { act: _act, familyId, ...change } = input;
          await changeFamily(context, actor, familyId, change);
          return "changed";
        }
        case "delete": await deleteFamily(context, actor, input.familyId); return "deleted";
        case "restore": await restoreFamily(context, actor, input.familyId); return "restored";
        case "add": await addToFamily(context, actor, input.userId, input.familyId); return "added";
        case "new-child": {
          const { act: _act, familyId, ...student } = input;
          const { pin: _pin, ...asked } = student;
          await addStudent(context, actor, familyId, student, await repeatOf(repeat, ["new-child", familyId, asked]));
          return "newChild";
        }
        case "remove": await removeFromFamily(context, actor, input.userId, input.familyId); return "removed";
      }
    }
  }, familyActFrom);
}

export default function FamilyPage() {
  const { m: { families: m } } = useLanguage();
  const { homes, away, isAdult, me, asked, repeat } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const done = m.done[asked.done ?? ""];
  return (
    <>
      <PageHeader title={m.family} />
      {done && !refusal && <Notice tone="done" title={done} />}
      <RefusalSummary refusal={refusal} />
      <FamilyQuestion homes={homes} asked={asked} me={me} repeat={repeat} refusal={refusal} />
      {isAdult && homes.length > 0 && <p><a href="/family/people">{m.people}</a></p>}
      {homes.length === 0 && <EmptyState title={m.noFamilyTitle}><p>{m.noFamilyText}</p></EmptyState>}
      {homes.map((home) => <FamilyCard key={home.id} home={home} me={me} isAdult={isAdult} />)}
      {isAdult && <p><ButtonLink href="/families/new">{m.newFamily}</ButtonLink></p>}
      {away.length > 0 && (
        <>
          <h2>{m.deletedFamilies}</h2>
          <ul className="rows">
            {away.map((family) => (
              <li key={family.id}>
                <form method="post"><input type="hidden" name="familyId" value={family.id} />{family.name} <Button weight="quiet" name="act" value="restore">{m.restore}</Button></form>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
