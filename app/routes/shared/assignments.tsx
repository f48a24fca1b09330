import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { GivenList, PendingList, ReceivedList } from "#app/components/learning/assignment-list.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { listGiven, listPendingReviews, listReceived } from "#app/domain/learning/assignments/list-assignments.server.ts";
import { SHOWN } from "#app/domain/learning/assignments/rules.ts";
import { childMeant } from "#app/http/chosen-child.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const GIVEN = ["waiting", "open", "draft", "closed"] as const;
const PAGE = 20;

/** A teacher's own with what waits for feedback, or a child's: one's own, or of one of one's children. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const page = { limit: PAGE, cursor: query.get("after")?.slice(0, 80) };
  const { learningWork: m } = messagesFor(actor.locale);
  if (!query.has("child") && actor.memberships.some(({ role }) => role === "teacher")) {
    const tab = GIVEN.find((one) => one === query.get("show")) ?? "waiting";
    return { title: m.assignments, shown: null, tab, pending: tab === "waiting" ? await read(() => listPendingReviews(context, actor, page)) : null, given: tab === "waiting" ? null : await read(() => listGiven(context, actor, { status: tab, ...page })), received: null, isWard: false };
  }
  const childId = childMeant(actor, request);
  const shown = SHOWN.find((one) => one === query.get("show")) ?? "todo";
  const received = childId === null ? null : await read(() => listReceived(context, actor, childId, { shown, ...page }));
  return { title: !received ? m.assignments : actor.userId === childId ? m.myAssignments : m.assignmentsOf(received.student.name), shown, tab: null, pending: null, given: null, received, isWard: actor.wards.some((ward) => ward.childId === childId) };
}

export default function Assignments() {
  const { m: { learningWork: m } } = useLanguage();
  const { title, shown, tab, pending, given, received, isWard } = useLoaderData<typeof loader>();
  if (received && shown) {
    const at = (show: string) => `/assignments?child=${received.student.id}&show=${show}`;
    return (
      <>
        <PageHeader title={title} back={isWard ? { href: `/children/${received.student.id}`, label: received.student.name } : undefined} />
        <TabLinks label={m.shown.label} tabs={SHOWN.map((one) => ({ href: at(one), label: m.shown[one], current: one === shown }))} />
        <ReceivedList items={received.items} shown={shown} opens={received.atHome} />
        <Pagination olderHref={received.nextCursor && `${at(shown)}&after=${received.nextCursor}`} />
      </>
    );
  }
  if (tab === null) return <><PageHeader title={title} /><EmptyState title={m.nothingTodo.todo}><p>{m.nothingTodoText}</p></EmptyState></>;
  const more = (pending ?? given)?.nextCursor;
  return (
    <>
      <PageHeader title={title} />
      <p><ButtonLink href="/assignments/new" weight="primary">{m.newAssignment}</ButtonLink></p>
      <TabLinks label={m.given.label} tabs={GIVEN.map((one) => ({ href: `/assignments?show=${one}`, label: one === "waiting" ? m.pending : m.given[one], current: one === tab }))} />
      {pending && <PendingList items={pending.items} />}
      {given && <GivenList items={given.items} />}
      <Pagination olderHref={more ? `/assignments?show=${tab}&after=${more}` : null} />
    </>
  );
}
