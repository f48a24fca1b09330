import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { CompetencySection } from "#app/components/learning/competency-section.tsx";
import { EvidenceList } from "#app/components/learning/evidence-list.tsx";
import { FocusSection, WeekSection } from "#app/components/learning/journey-sections.tsx";
import { RecordList } from "#app/components/learning/record-list.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { LocalDay } from "#app/domain/learning/attendance-inputs.ts";
import { readGrowth } from "#app/domain/learning/read-growth.server.ts";
import { CompetencyName } from "#app/domain/learning/written-inputs.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const asked = new URL(request.url).searchParams;
  const competency = CompetencyName.safeParse(asked.get("competency")).data ?? null;
  const growth = await read(() => readGrowth(context, actor, params.childId ?? "", { week: LocalDay.safeParse(asked.get("week")).data ?? null, competency }));
  return { title: messagesFor(actor.locale).learning.titleOf(growth.child), competency, growth };
}

export default function Learning() {
  const { m: { learning: m, shell }, f } = useLanguage();
  const { title, competency, growth } = useLoaderData<typeof loader>();
  const { child, atHome, evidence, observations, notes, assessments, mayAttendance } = growth;
  const all = (place: string) => `/students/${child.id}/${place}`;
  return (
    <>
      <PageHeader title={title} about={child.isSelf ? m.aboutChild : m.about} back={{ href: `/${atHome ? "children" : "students"}/${child.id}`, label: child.isSelf ? shell.places.me : child.name }} />
      <CompetencySection {...growth} />
      {competency !== null && evidence && <EvidenceList childId={child.id} competency={competency} evidence={evidence} />}
      <FocusSection {...growth} />
      <WeekSection {...growth} />
      <h2>{m.observations}</h2>
      <RecordList kind="observation" items={observations} staff={!atHome} />
      <p><a href={all("observations")}>{m.all.observation}</a></p>
      {assessments && (
        <>
          <h2>{m.assessments}</h2>
          {assessments.length === 0 ? <p>{m.none.assessment}</p> : <ul className="rows">{assessments.map((one) => <li key={one.id}><p className="lead"><a href={`/assessments/${one.id}`}>{one.title}</a><strong>{m.levelShort(one.level)}</strong></p><span className="hint">{m.byOn(one.subject, f.date(one.on))}</span></li>)}</ul>}
          <p><a href={all("assessments")}>{m.all.assessment}</a></p>
        </>
      )}
      {notes.length > 0 && <><h2>{m.notes}</h2><RecordList kind="note" items={notes} staff={!atHome} /><p><a href={all("notes")}>{m.all.note}</a></p></>}
      {mayAttendance && <p><a href={all("attendance")}>{m.all.attendance}</a></p>}
    </>
  );
}
