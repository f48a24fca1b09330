export const MOODS = ["happy", "calm", "tired", "worried", "sad", "angry"] as const;
export type Mood = (typeof MOODS)[number];

type Entry = { recordedBy: string; onDate: string };

/** Why this person may not change the entry now: it is somebody else's, or its day is over where the child is. Null: they may. */
export function whyFixed(entry: Entry, userId: string, today: string): "mood_not_yours" | "mood_day_over" | null {
  if (entry.recordedBy !== userId) return "mood_not_yours";
  return entry.onDate === today ? null : "mood_day_over";
}

type DayOfEnergy = { date: string; energy: number };

/** One figure a day, oldest first: the middle of what was said that day, to the half. */
export function energyByDay(entries: { onDate: string; energy: number }[]): DayOfEnergy[] {
  const days = Map.groupBy(entries, (entry) => entry.onDate);
  return [...days].map(([date, of]) => ({ date, energy: Math.round((of.reduce((sum, { energy }) => sum + energy, 0) / of.length) * 2) / 2 })).sort((one, other) => (one.date < other.date ? -1 : 1));
}

const ENOUGH_DAYS = 4;
const CLEARLY = 0.5;

/** Whether the later half of the days had more energy than the earlier one. Too few days say nothing. */
export function trendOf(days: DayOfEnergy[]): "up" | "down" | "steady" | "unknown" {
  if (days.length < ENOUGH_DAYS) return "unknown";
  const middle = (of: DayOfEnergy[]) => of.reduce((sum, { energy }) => sum + energy, 0) / of.length;
  const half = Math.floor(days.length / 2);
  const change = middle(days.slice(-half)) - middle(days.slice(0, half));
  return change >= CLEARLY ? "up" : change <= -CLEARLY ? "down" : "steady";
}
