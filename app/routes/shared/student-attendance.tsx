import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { AttendanceList } from "#app/components/learning/attendance-list.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { listAttendance } from "#app/domain/learning/list-attendance.server.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const cursor = new URL(request.url).searchParams.get("cursor")?.slice(0, 100) ?? undefined;
  const page = await read(() => listAttendance(context, actor, params.studentId ?? "", { limit: 20, cursor }));
  return { title: messagesFor(actor.locale).learning.attendanceOf(page.student.name), ...page, atHome: actor.userId === page.student.id || actor.wards.some((ward) => ward.childId === page.student.id) };
}

export default function StudentAttendance() {
  const { m: { learning: m } } = useLanguage();
  const { title, student, items, nextCursor, atHome } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={title} back={{ href: atHome ? `/children/${student.id}/learning` : `/students/${student.id}`, label: atHome ? m.title : student.name }} />
      <AttendanceList items={items} />
      <Pagination olderHref={nextCursor && `/students/${student.id}/attendance?cursor=${nextCursor}`} />
    </>
  );
}
