import type { Competency } from "#app/domain/learning/competencies.ts";
import type { Growth } from "#app/domain/learning/read-growth.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Piece = NonNullable<Growth["evidence"]>[number];

/** What speaks for one competency: what it was, who saw it, when, the level, and the way to that very thing. */
export function EvidenceList({ childId, competency, evidence }: { childId: string; competency: Competency; evidence: Piece[] }) {
  const { m: { learning: m }, f } = useLanguage();
  return (
    <section id="evidence">
      <h2>{m.evidenceFor(competency)}</h2>
      {evidence.length === 0 ? <p>{m.noEvidence}</p> : (
        <ul className="rows">{evidence.map((piece) => (
          <li key={piece.id}>
            <p className="lead"><a href={placeOf(piece)}>{piece.about}</a><strong>{m.levelShort(piece.level)}</strong></p>
            <span className="hint">{[m.sources[piece.source], m.byOn(piece.by ?? "", f.date(piece.at))].join(" · ")}</span>
          </li>
        ))}</ul>
      )}
      <p><a href={`/children/${childId}/learning`}>{m.closeEvidence}</a></p>
    </section>
  );
}

const placeOf = ({ source, sourceId, submissionId }: Piece) => (source === "feedback" ? `/submissions/${submissionId}` : `/${source}s/${sourceId}`);
