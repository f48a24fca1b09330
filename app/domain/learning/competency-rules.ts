import { DAY } from "../clock.ts";
import { COMPETENCIES, type Competency } from "./competencies.ts";

/** One thing that a teacher saw, as points of the rubric. */
export type Piece = { competency: Competency; points: number; at: number };
/** How much the level rests on: by the number of pieces alone, so that one more never makes it less. */
type Sureness = "low" | "fair" | "high";
/** Where a competency stands now. `points` null: not enough evidence yet. Never a sum or mean of several, and never beside another child's. */
export type Standing = { competency: Competency; points: number | null; trend: "rising" | "steady" | "falling" | null; sureness: Sureness | null; pieces: number; latestAt: number | null };

/** What is older says what was. */
export const COUNTS_FOR = 180 * DAY;
const RECENT = 60 * DAY;
export const ENOUGH = 3;

/** A piece of the last sixty days weighs as much as two of the sixty before, and as four of the sixty before these. */
const weightOf = (piece: Piece, now: number) => (now - piece.at < RECENT ? 4 : now - piece.at < 2 * RECENT ? 2 : 1);

/** The level of the weighted middle: one piece far off does not move it as it would a mean, and it is always a level that was really given. Between two it is the lower. */
function middleOf(pieces: Piece[], weight: (piece: Piece) => number): number {
  const sorted = [...pieces].sort((one, other) => one.points - other.points);
  const half = sorted.reduce((sum, piece) => sum + weight(piece), 0) / 2;
  let reached = 0;
  return sorted.find((piece) => (reached += weight(piece)) >= half)!.points;
}

/** How the competency stands by what this reader may see. */
export function standingOf(competency: Competency, evidence: readonly Piece[], now: number): Standing {
  const counted = evidence.filter((piece) => piece.competency === competency && now - piece.at < COUNTS_FOR);
  const latestAt = counted.length === 0 ? null : Math.max(...counted.map((piece) => piece.at));
  if (counted.length < ENOUGH) return { competency, points: null, trend: null, sureness: null, pieces: counted.length, latestAt };
  return {
    competency, points: middleOf(counted, (piece) => weightOf(piece, now)), trend: trendOf(counted, now),
    sureness: counted.length >= 8 ? "high" : counted.length >= 5 ? "fair" : "low", pieces: counted.length, latestAt,
  };
}

export const standingsOf = (evidence: readonly Piece[], now: number): Standing[] => COMPETENCIES.map((competency) => standingOf(competency, evidence, now));

/** The middle of the last sixty days against that of before, where there are two pieces of each. */
function trendOf(counted: Piece[], now: number): Standing["trend"] {
  const [recent, before] = [counted.filter((piece) => now - piece.at < RECENT), counted.filter((piece) => now - piece.at >= RECENT)];
  if (recent.length < 2 || before.length < 2) return null;
  const step = middleOf(recent, () => 1) - middleOf(before, () => 1);
  return step > 0 ? "rising" : step < 0 ? "falling" : "steady";
}
