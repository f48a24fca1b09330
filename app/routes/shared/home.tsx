import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ChildHome } from "#app/components/home/child-home.tsx";
import { GuardianHome } from "#app/components/home/guardian-home.tsx";
import { SchoolHome } from "#app/components/home/school-home.tsx";
import { TeacherHome } from "#app/components/home/teacher-home.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { getChildHome, getGuardianHome } from "#app/domain/families/home-page.server.ts";
import { getTeacherHome, worksAtSchool } from "#app/domain/students/teacher-home.server.ts";
import { sectionsFor } from "#app/domain/navigation/sections.ts";
import { administeredSchools } from "#app/domain/schools/rules.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { title } = messagesFor(actor.locale).home;
  const about = { title, name: actor.name, today: context.clock.now() };
  if (actor.kind === "adult" && actor.wards.length === 0 && worksAtSchool(actor)) return { ...about, school: await getTeacherHome(context, actor) };
  const schools = administeredSchools(actor).map(({ schoolName }) => schoolName);
  if (schools.length > 0 && actor.wards.length === 0 && actor.familyIds.length === 0) return { ...about, schools, pages: sectionsFor(actor, "/home").find(({ name }) => name === "admin")?.pages ?? [] };
  return actor.kind === "child"
    ? { ...about, own: { id: actor.userId, ...(await getChildHome(context, actor)) } }
    : { ...about, family: { ...(await getGuardianHome(context, actor)), administers: schools.length > 0, home: actor.familyIds[0] } };
}

export default function Home() {
  const page = useLoaderData<typeof loader>();
  const { m: { home: m }, f } = useLanguage();
  return (
    <>
      <PageHeader title={"own" in page ? m.hello(page.name) : m.title} about={f.day(page.today)} />
      {"own" in page ? <ChildHome {...page.own} /> : "school" in page ? <TeacherHome {...page.school} /> : "schools" in page ? <SchoolHome {...page} /> : <GuardianHome {...page.family} />}
    </>
  );
}
