import type { Growth } from "#app/domain/learning/read-growth.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What needs attention, why, and what says so. */
export function FocusSection({ child, focus }: Pick<Growth, "child" | "focus">) {
  const { m: { learning: m }, f } = useLanguage();
  return (
    <>
      <h2>{child.isSelf ? m.focusChild : m.focus}</h2>
      {focus.length === 0 ? <p>{child.isSelf ? m.focusNoneChild : m.focusNone}</p> : (
        <ul className="rows">{focus.map((area) => (
          <li key={area.about === "competency" ? area.competency : area.subjectId}>
            <strong>{area.about === "competency" ? m.competencies[area.competency] : area.subject}</strong> <span>{m.focusWhy[area.why](area.level, child.isSelf)}</span>
            <p>{area.about === "competency"
              ? <a href={`/children/${child.id}/learning?competency=${area.competency}#evidence`}>{m.restsOn(area.pieces)}</a>
              : area.evidence.map((one) => <a key={one.id} href={`/assessments/${one.id}`}>{one.title}, {f.shortDate(one.on)}</a>)}</p>
          </li>
        ))}</ul>
      )}
    </>
  );
}

/** A week in sentences, and the way to the one before. */
export function WeekSection({ child, week }: Pick<Growth, "child" | "week">) {
  const { m: { learning: m }, f } = useLanguage();
  const here = `/children/${child.id}/learning`;
  return (
    <section id="week">
      <h2>{week.isThis ? m.thisWeek : m.week}</h2>
      <p className="hint">{m.weekOf(f.date(week.startsOn), f.date(week.lastDay))}</p>
      {m.weekTold(week, child, f).map((sentence) => <p key={sentence}>{sentence}</p>)}
      <p className="links"><a href={`${here}?week=${week.before}#week`}>{m.weekBefore}</a>{!week.isThis && <a href={here}>{m.thisWeek}</a>}</p>
    </section>
  );
}
