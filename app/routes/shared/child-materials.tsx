import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { MaterialShelf } from "#app/components/learning/material-shelf.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { wardOf } from "#app/domain/actor.ts";
import { listShared } from "#app/domain/learning/materials/list-materials.server.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A child's materials and plans, for the family and for those at school who may see progress. */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const shared = await read(() => listShared(context, actor, params.childId ?? "", { limit: 30, cursor: new URL(request.url).searchParams.get("before")?.slice(0, 60) }));
  const { learningWork: m } = messagesFor(actor.locale);
  const { id, name } = shared.student;
  const back = actor.userId === id ? null : wardOf(actor, id) ? `/children/${id}` : `/students/${id}`;
  return { title: back ? m.materialsOf(name) : m.myMaterials, back, shared };
}

export default function ChildMaterials() {
  const { m: { budgets } } = useLanguage();
  const { title, back, shared } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={title} back={back ? { href: back, label: budgets.backToChild(shared.student.name) } : undefined} />
      <MaterialShelf shared={shared} />
      <Pagination olderHref={shared.nextCursor && `/children/${shared.student.id}/materials?before=${shared.nextCursor}`} />
    </>
  );
}
