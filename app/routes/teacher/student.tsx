import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ContactSection, EnrolmentSection, NotShared, ProfileSection } from "#app/components/students/student-sections.tsx";
import { ProgressSections } from "#app/components/learning/progress-sections.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { readStudent } from "#app/domain/students/student-page.server.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const student = await read(() => readStudent(context, actor, params.studentId ?? ""));
  return { title: student.name, student };
}

export default function Student() {
  const { m: { consent, families, students: m } } = useLanguage();
  const { student } = useLoaderData<typeof loader>();
  const teaches = student.capacities.some((as) => as === "teacher" || as === "tutor");
  return (
    <>
      <PageHeader title={student.name} picture={student.picture} about={[families.level(student.level), student.capacities.map((as) => m.capacities[as]).join(", ")].filter(Boolean).join(". ")} back={teaches ? { href: "/students", label: m.title } : undefined} />
      <h2>{m.enrolments}</h2>
      <EnrolmentSection enrolments={student.enrolments} />
      <ProgressSections student={student} />
      <h2>{consent.dataTypes.profile}</h2>
      {student.profile ? <ProfileSection profile={student.profile} /> : <NotShared name={student.name} />}
      <h2>{consent.dataTypes.contact}</h2>
      {student.contact ? <ContactSection contact={student.contact} /> : <NotShared name={student.name} />}
      {student.notShared.includes("media") && <p className="hint">{m.noPicture}</p>}
    </>
  );
}
