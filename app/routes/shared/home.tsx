import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { GuardianHome } from "#app/components/home/guardian-home.tsx";
import { SchoolHome } from "#app/components/home/school-home.tsx";
import { StudentHome } from "#app/components/home/student-home.tsx";
import { TeacherHome } from "#app/components/home/teacher-home.tsx";
import { TutorHome } from "#app/components/home/tutor-home.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { getGuardianDashboard } from "#app/domain/dashboards/guardian-dashboard.server.ts";
import { homesOf } from "#app/domain/dashboards/homes.ts";
import { getSchoolDashboard } from "#app/domain/dashboards/school-dashboard.server.ts";
import { getStudentDashboard } from "#app/domain/dashboards/student-dashboard.server.ts";
import { getTeacherDashboard, getTutorDashboard } from "#app/domain/dashboards/teacher-dashboard.server.ts";
import { sectionsFor } from "#app/domain/navigation/sections.ts";
import { administeredSchools } from "#app/domain/schools/rules.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const homes = homesOf(actor);
  const asked = new URL(request.url).searchParams.get("as");
  const shown = homes.find((home) => home === asked) ?? homes[0]!;
  const about = { title: messagesFor(actor.locale).home.title, name: actor.name, today: context.clock.now(), homes, shown };
  if (shown === "own") return { ...about, own: { id: actor.userId, ...(await getStudentDashboard(context, actor)) } };
  if (shown === "teaching") return { ...about, teaching: { unread: actor.counts.messages, ...(await getTeacherDashboard(context, actor)) } };
  if (shown === "tutoring") return { ...about, tutoring: { unread: actor.counts.messages, ...(await getTutorDashboard(context, actor)) } };
  if (shown === "school") return { ...about, school: { ...(await getSchoolDashboard(context, actor)), pages: sectionsFor(actor, "/home").find(({ name }) => name === "admin")?.pages ?? [] } };
  return { ...about, family: { ...(await getGuardianDashboard(context, actor)), administers: administeredSchools(actor).length > 0, home: actor.familyIds[0] } };
}

export default function Home() {
  const page = useLoaderData<typeof loader>();
  const { m: { home: m }, f } = useLanguage();
  return (
    <>
      <PageHeader title={"own" in page ? m.hello(page.name) : m.title} about={f.day(page.today)} />
      {page.homes.length > 1 && <TabLinks label={m.hats} tabs={page.homes.map((home) => ({ href: `/home?as=${home}`, label: m.hat[home as keyof typeof m.hat], current: home === page.shown }))} />}
      {"own" in page ? <StudentHome {...page.own} /> : "teaching" in page ? <TeacherHome {...page.teaching} /> : "tutoring" in page ? <TutorHome {...page.tutoring} />
        : "school" in page ? <SchoolHome {...page.school} /> : <GuardianHome {...page.family} />}
    </>
  );
}
