import type { StandingRows } from "#db/standings.ts";
import { standingNow } from "./decision-facts.server.ts";
import type { Standing } from "./rules.ts";

export type ChildStanding = { currency: string; week: Standing; month: Standing };

/** How the budget of each child stands now. A child without a family has none. */
export function standingsOf([homes, controlRows, limitRows, periodRows]: StandingRows, now: number): Map<string, ChildStanding> {
  return new Map(homes.filter((home) => home.currency !== null).map(({ childId, currency, timeZone }) => {
    const controls = controlRows.filter(({ control }) => control.childId === childId)
      .map(({ control, guardianName }) => ({ ...control, guardianName, limitsFrom: limitRows.map((row) => row.limit).filter((limit) => limit.controlId === control.id) }));
    const periods = periodRows.filter((row) => row.childId === childId).map(({ kind, startsOn, reserved, spent }) => ({ kind, startsOn, usage: { reserved, spent } }));
    const standing = (kind: "week" | "month") => standingNow(kind, now, timeZone, controls, periods);
    return [childId, { currency, week: standing("week"), month: standing("month") }];
  }));
}
