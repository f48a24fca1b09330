import { isTimeZone, localTime, MINUTE } from "../clock.ts";
import { instantPast, instantsShowing } from "../time-zones.ts";

/** `2026-11-24T16:00`: what the clocks of some zone show. */
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** Why a local time is no instant, as keys of the catalogue's `problems`. `nearest`: the first time that the clocks show after the one they skip. */
export type NoInstant = { problem: "time_zone_unknown" | "local_time_malformed" | "offset_not_shown" } | { problem: "time_skipped"; nearest: string };

/** The instant of a local time: of two the first, unless the offset (`+01:00`) names the other. */
export function instantOf(local: string, timeZone: string, offset?: string): number | NoInstant {
  if (!isTimeZone(timeZone)) return { problem: "time_zone_unknown" };
  const wall = wallOf(local);
  if (wall === null) return { problem: "local_time_malformed" };
  const found = instantsShowing(wall, timeZone);
  if (found.length === 0) return { problem: "time_skipped", nearest: localOf(instantPast(wall, timeZone), timeZone) };
  return found.find((instant) => offset === undefined || wall - instant === minutesOf(offset) * MINUTE) ?? { problem: "offset_not_shown" };
}

/** The same where a skipped time may be moved to the nearest: a series goes on in the week in which the clocks change. */
export function nearestInstantOf(local: string, timeZone: string): number | NoInstant {
  const found = instantOf(local, timeZone);
  return typeof found !== "number" && found.problem === "time_skipped" ? instantOf(found.nearest, timeZone) : found;
}

/** What the clocks of the zone show then, to the minute. */
export const localOf = (instant: number, timeZone: string): string => localTime(instant, timeZone).slice(0, 16);

function wallOf(local: string): number | null {
  const wall = LOCAL.test(local) ? Date.parse(`${local}Z`) : NaN;
  // 30 February is read as 2 March.
  return !Number.isNaN(wall) && new Date(wall).toISOString().startsWith(local) ? wall : null;
}

function minutesOf(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  return offset === "Z" ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
