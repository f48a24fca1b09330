import type { MoodToday } from "#app/domain/learning/moods/read-moods.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** How a child said today feels, in one line, or the way to say it. For pages about several things. */
export function MoodRow({ childId, name, today }: { childId: string; name: string; today: MoodToday | undefined }) {
  const { m: { moods: m } } = useLanguage();
  const href = `/children/${childId}/mood`;
  if (!today || today.entries.length === 0) return <p><a href={href}>{m.ask(name)}</a></p>;
  return <p><a href={href}>{m.feels(name)}</a> {today.entries.map(({ id, mood, energy, recorder }) => <span key={id}>{m.faces[mood]} {m.moods[mood]}, {m.energyOf(energy)} <span className="hint">({recorder})</span> </span>)}</p>;
}
