import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { MaterialShelf } from "#app/components/learning/material-shelf.tsx";
import { WrittenList } from "#app/components/learning/written-list.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { listShared, listWritten } from "#app/domain/learning/materials/list-materials.server.ts";
import { childMeant } from "#app/http/chosen-child.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const STATES = ["shared", "draft", "archived"] as const;

/** A teacher's own, or what is shared with a child: oneself, or one of one's children. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const cursor = query.get("before")?.slice(0, 60);
  const { learningWork: m } = messagesFor(actor.locale);
  const status = STATES.find((state) => state === query.get("show")) ?? "shared";
  if (!query.has("child") && actor.memberships.some(({ role }) => role === "teacher")) {
    return { title: m.materials, status, written: await listWritten(context, actor, { status, limit: 30, cursor }), shared: null };
  }
  const childId = childMeant(actor, request);
  const shared = childId === null ? null : await read(() => listShared(context, actor, childId, { limit: 30, cursor }));
  return { title: !shared ? m.materials : actor.userId === childId ? m.myMaterials : m.materialsOf(shared.student.name), status, written: null, shared };
}

export default function Materials() {
  const { m: { learningWork: m } } = useLanguage();
  const { title, status, written, shared } = useLoaderData<typeof loader>();
  if (shared) {
    return (
      <>
        <PageHeader title={title} />
        <MaterialShelf shared={shared} />
        <Pagination olderHref={shared.nextCursor && `/materials?child=${shared.student.id}&before=${shared.nextCursor}`} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={title} about={written ? m.materialsTeacher : m.materialsAbout} />
      {written === null ? <EmptyState title={m.noMaterials}><p>{m.noMaterialsText}</p></EmptyState> : (
        <>
          <p><ButtonLink href="/materials/new" weight="primary">{m.newMaterial}</ButtonLink></p>
          <TabLinks label={m.state} tabs={STATES.map((state) => ({ href: `/materials?show=${state}`, label: m.materialStatus[state], current: state === status }))} />
          <WrittenList items={written.items} />
          <Pagination olderHref={written.nextCursor && `/materials?show=${status}&before=${written.nextCursor}`} />
        </>
      )}
    </>
  );
}
