import type { Standing } from "./competency-rules.ts";

type SubjectLevel = { id: string; subjectId: string; subject: string; title: string; points: number; on: string };
type Why = "low" | "falling";
/** What needs attention now, and what says so. */
type FocusArea =
  | { about: "competency"; competency: Standing["competency"]; why: Why; points: number; pieces: number }
  | { about: "subject"; subjectId: string; subject: string; why: Why; points: number; evidence: SubjectLevel[] };

/** AE1 and below: approaching what is expected, or below. */
const LOW = 4;
/** ME1: who falls from exceeding to meeting needs no attention. */
const MEETING = 6;
const MOST = 3;

/** At most three, low ones first, the lowest of them before others: what a family can hold in mind. `levels` from the latest. */
export function focusAreas(standings: readonly Standing[], levels: readonly SubjectLevel[]): FocusArea[] {
  const competencies = standings.flatMap(({ competency, points, trend, pieces }): FocusArea[] => {
    const why = points === null ? null : points <= LOW ? "low" : trend === "falling" && points <= MEETING ? "falling" : null;
    return why === null ? [] : [{ about: "competency", competency, why, points: points!, pieces }];
  });
  const subjects = [...new Set(levels.map(({ subjectId }) => subjectId))].flatMap((id): FocusArea[] => {
    // One level is a day; two say something.
    const [latest, before] = levels.filter(({ subjectId }) => subjectId === id);
    if (!latest || !before) return [];
    const why = latest.points <= LOW && before.points <= LOW ? "low" : latest.points < before.points && latest.points <= MEETING ? "falling" : null;
    return why === null ? [] : [{ about: "subject", subjectId: id, subject: latest.subject, why, points: latest.points, evidence: [latest, before] }];
  });
  const rank = ({ why, points }: FocusArea) => (why === "low" ? 0 : 10) + points;
  return [...competencies, ...subjects].sort((one, other) => rank(one) - rank(other)).slice(0, MOST);
}
