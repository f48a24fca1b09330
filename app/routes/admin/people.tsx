import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { FindPeople } from "#app/components/people/find-people.tsx";
import { PeopleList } from "#app/components/people/people-list.tsx";
import { WaitingInvitations } from "#app/components/people/waiting-invitations.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { assignGuardian, type Assigned } from "#app/domain/people/assign-guardian.server.ts";
import { AssignGuardianInput, ListPeopleInput } from "#app/domain/people/inputs.ts";
import { loadPeople } from "#app/domain/people/people-page.server.ts";
import { KINDS } from "#app/domain/schools/roles.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What the address asks for; what it says wrongly is as if it were not there. */
function askedOf(request: Request): { asked: ListPeopleInput; assign: string | null } {
  const said = Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ""));
  const parsed = ListPeopleInput.safeParse({ ...said, limit: 20 });
  return { asked: parsed.success ? parsed.data : ListPeopleInput.parse({}), assign: said.assign ?? null };
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const school = requireSchool(actor, request);
  const { asked, assign } = askedOf(request);
  return { title: messagesFor(actor.locale).people.title, school, asked, ...(await read(() => loadPeople(context, actor, school.schoolId, asked, assign))) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, AssignGuardianInput, async (input, { schoolId }) => data({ assigned: await assignGuardian(context, actor, schoolId ?? "", input) }),
    (typed) => ({ guardianId: typed.guardianId, studentIds: Object.keys(typed).filter((name) => name.startsWith("student.")).map((name) => name.slice("student.".length)) }));
}

export default function People() {
  const { m: { people: m, schools } } = useLanguage();
  const { school, asked, items, nextCursor, invitations, assignee } = useLoaderData<typeof loader>();
  const assigned = useActionData<{ assigned?: Assigned[] }>()?.assigned;
  const refusal = useRefusal();
  const kind = KINDS.find((each) => each === asked.role);
  const { limit: _limit, cursor: _cursor, ...kept } = asked;
  const older = new URLSearchParams({ ...kept, ...(assignee ? { assign: assignee.id } : {}), cursor: nextCursor ?? "" });
  const count = (outcome: Assigned["outcome"]) => assigned?.filter((each) => each.outcome === outcome).length ?? 0;
  const list = <PeopleList caption={kind ? m.kinds[kind] : m.title} people={items} choosing={assignee !== null} assigned={assigned} />;
  return (
    <>
      <PageHeader title={m.title} about={school.schoolName} back={{ href: "/admin", label: schools.admin }} />
      {assigned && <Notice tone="done" title={m.assignedSum(count("done"), count("already"), count("refused"))} />}
      <RefusalSummary refusal={refusal} />
      {assignee === null && <TabLinks label={m.title} tabs={KINDS.map((each) => ({ href: `/admin/people?role=${each}`, label: m.kinds[each], current: each === kind }))} />}
      {assignee && <Notice title={m.assignTo(assignee.name)}><p>{m.assignHint}</p></Notice>}
      <FindPeople asked={asked} assign={assignee?.id ?? null} />
      {kind && assignee === null && <p><ButtonLink href={`/admin/people/new?role=${kind}`}>{m.add[kind]}</ButtonLink></p>}
      {items.length === 0 && <EmptyState title={m.nobody}><p>{m.nobodyText}</p></EmptyState>}
      {items.length > 0 && assignee === null && list}
      {items.length > 0 && assignee && (
        <form method="post" id="studentIds">
          <input type="hidden" name="schoolId" value={school.schoolId} />
          <input type="hidden" name="guardianId" value={assignee.id} />
          {list}
          <Button>{m.assign(assignee.name)}</Button> <ButtonLink href={`/admin/people/${assignee.id}`}>{m.keep}</ButtonLink>
        </form>
      )}
      <Pagination olderHref={nextCursor && `/admin/people?${older}`} />
      {assignee === null && invitations.length > 0 && <><h2>{m.waiting}</h2><WaitingInvitations invitations={invitations} /></>}
      {assignee === null && <p><a href="/admin/people/invitations">{m.allInvitations}</a></p>}
    </>
  );
}
