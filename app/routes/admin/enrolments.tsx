import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { EnrolmentFilter } from "#app/components/teaching/enrolment-filter.tsx";
import { EnrolmentTable } from "#app/components/teaching/enrolment-table.tsx";
import { ClassForm, EnrolForm, SubjectForm } from "#app/components/teaching/teaching-forms.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { assignTutor } from "#app/domain/schools/teaching/assign-tutor.server.ts";
import { endEnrolment } from "#app/domain/schools/teaching/change-enrolment.server.ts";
import { createClass } from "#app/domain/schools/teaching/classes.server.ts";
import { enrolStudents } from "#app/domain/schools/teaching/enrol-students.server.ts";
import { loadEnrolmentForm, loadEnrolments } from "#app/domain/schools/teaching/enrolments-page.server.ts";
import { ClassInput, EnrolInput, SubjectInput } from "#app/domain/schools/teaching/inputs.ts";
import { countOf } from "#app/domain/schools/teaching/rules.ts";
import { createSubject } from "#app/domain/schools/teaching/subjects.server.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { tickedStudents } from "#app/http/enrolment-acts.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const PATH = "/admin/enrolments";

/** The address says what is shown, what is added, what would be ended, and what was done. */
function asked(request: Request) {
  const at = new URL(request.url).searchParams;
  const given = (name: string) => at.get(name) || undefined;
  return { add: given("add"), done: given("done"), end: given("end"), level: given("level"), classId: given("classId"), subjectId: given("subjectId"), q: given("q"), cursor: given("after") };
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const school = requireSchool(actor, request);
  const { add, done, end, level, ...filter } = asked(request);
  const [form, list] = await read(async () => add === undefined
    ? [null, await loadEnrolments(context, actor, school.schoolId, { ...filter, limit: 20 })] as const
    : [await loadEnrolmentForm(context, actor, school.schoolId, { level, q: filter.q }), null] as const);
  return { title: messagesFor(actor.locale).teaching.title, school, add, done, form, list, filter, level, ending: list?.items.find((item) => item.id === end) ?? null };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { schoolId } = requireSchool(actor, request);
  const { add, end } = asked(request);
  if (end !== undefined) return submit(request, z.object({}), async () => {
    await endEnrolment(context, actor, end);
    return redirect(`${PATH}?done=ended`, 303);
  }, () => ({}));
  if (add === "subject") return submit(request, SubjectInput, async (input) => {
    await createSubject(context, actor, schoolId, input);
    return redirect(`${PATH}?done=subject`, 303);
  });
  if (add === "class") return submit(request, ClassInput, async (input) => {
    await createClass(context, actor, schoolId, input);
    return redirect(`${PATH}?done=class`, 303);
  });
  return submit(request, EnrolInput, async (input, { act }) => {
    const results = act === "tutor" ? await assignTutor(context, actor, schoolId, { ...input, tutorId: input.tutorId ?? "" }) : await enrolStudents(context, actor, schoolId, input);
    return redirect(`${PATH}?done=${countOf(results)}`, 303);
  }, (typed) => ({ ...typed, studentIds: tickedStudents(typed) }));
}

export default function Enrolments() {
  const { m: { entry, teaching: m, schools } } = useLanguage();
  const { school, add, done, form, list, filter, level, ending } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const [, enrolled = "", already = "", refused = ""] = /^(\d+)-(\d+)-(\d+)$/.exec(done ?? "") ?? [];
  const said = enrolled ? m.enrolled(Number(enrolled), Number(already), Number(refused)) : m.done[done ?? ""];
  const classIn = list?.classes.find(({ id }) => id === filter.classId);
  const filtered = new URLSearchParams(Object.entries(filter).filter(([name, value]) => value && name !== "cursor") as [string, string][]);
  return (
    <>
      <PageHeader title={m.title} about={school.schoolName} back={add ? { href: PATH, label: m.title } : { href: "/admin", label: schools.admin }} />
      {said && !refusal && <Notice tone="done" title={said} />}
      <RefusalSummary refusal={refusal} />
      {form && add === "subject" && <SubjectForm refusal={refusal} />}
      {form && add === "class" && <ClassForm offered={form} refusal={refusal} />}
      {form && add === "enrolment" && <EnrolForm offered={form} refusal={refusal} whom={{ level, q: filter.q }} />}
      {ending && <Confirm title={m.endQuestion(ending.studentName, ending.subjectName)} consequence={m.endConsequence(ending.teacherName)} act="end" fields={{}} label={m.end} back={{ href: PATH, label: m.keep }} />}
      {list && (
        <>
          <p>
            <ButtonLink weight="primary" href={`${PATH}?add=enrolment`}>{m.enrol}</ButtonLink>
            <ButtonLink href={`${PATH}?add=class`}>{m.addClass}</ButtonLink>
            <ButtonLink href={`${PATH}?add=subject`}>{m.addSubject}</ButtonLink>
          </p>
          <EnrolmentFilter subjects={list.subjects} classes={list.classes} asked={filter} />
          {classIn && <p><ButtonLink href={`/classes/${classIn.id}/code`}>{entry.classCodeTitle(classIn.name)}</ButtonLink></p>}
          <EnrolmentTable items={list.items} classHref={(id) => `${PATH}?classId=${id}`} endHref={(id) => `${PATH}?${new URLSearchParams([...filtered, ["end", id]]).toString()}`} />
          <Pagination olderHref={list.nextCursor && `${PATH}?${new URLSearchParams([...filtered, ["after", list.nextCursor]]).toString()}`} />
        </>
      )}
    </>
  );
}
