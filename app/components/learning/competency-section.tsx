import { LEVELS } from "#app/domain/learning/competencies.ts";
import type { Growth } from "#app/domain/learning/read-growth.server.ts";
import type { Competency } from "#app/domain/learning/competencies.ts";
import { RadarChart } from "#app/components/charts/radar-chart.tsx";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

const RINGS = [{ step: 2, label: "BE" }, { step: 4, label: "AE" }, { step: 6, label: "ME" }, { step: 8, label: "EE" }];

/** The radar with the finding above and the table beside it; each spoke and each line opens what speaks for it. */
export function CompetencySection({ child, competencies }: Pick<Growth, "child" | "competencies">) {
  const { m: { learning: m }, f } = useLanguage();
  const opens = (competency: Competency) => `/children/${child.id}/learning?competency=${competency}#evidence`;
  const finding = m.finding(competencies, child);
  return (
    <>
      <h2>{m.radar}</h2>
      <figure className="beside">
        <figcaption>{finding}</figcaption>
        <div>
          <RadarChart finding={finding} rings={RINGS} steps={[...LEVELS]} spokes={competencies.map(({ competency, level }) => ({
            label: m.competencies[competency], short: m.shortly[competency], value: level === null ? null : LEVELS.indexOf(level) + 1, text: level === null ? m.notEnough : m.levelWord(level), href: opens(competency),
          }))} />
        </div>
        <DataTable caption={m.rule} rows={competencies} rowKey={(row) => row.competency} columns={[
          { heading: m.competency, cell: (row) => <a href={opens(row.competency)}>{m.competencies[row.competency]}</a> },
          { heading: m.level, cell: (row) => (row.level === null ? <span className="hint">{m.notEnoughOf(row.pieces)}</span> : <span><strong>{m.levelShort(row.level)}</strong>{row.trend && `, ${m.trends[row.trend].toLowerCase()}`}</span>) },
          { heading: m.evidence, cell: (row) => (row.sureness === null ? null : `${m.pieces(row.pieces)}, ${m.sureness[row.sureness]}${row.latestAt === null ? "" : `, ${f.shortDate(row.latestAt)}`}`) },
        ]} />
      </figure>
    </>
  );
}
