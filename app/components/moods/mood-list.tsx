import type { MoodPage } from "#app/domain/learning/moods/read-moods.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What was said, the latest first: a line for the day and the mood, and who said what about it. */
export function MoodList({ entries }: { entries: MoodPage["entries"] }) {
  const { m: { moods: m }, f } = useLanguage();
  return (
    <>
      <h2>{m.history}</h2>
      <ul className="rows">
        {entries.map((entry) => (
          <li key={entry.id}>
            <p className="lead"><span>{m.faces[entry.mood]} {m.moods[entry.mood]}, {m.energyOf(entry.energy)}</span><time dateTime={entry.onDate}>{f.shortDate(entry.onDate)}</time></p>
            {entry.note && <p>{entry.note}</p>}
            <p className="hint">{entry.recorder}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
