import { MINUTE } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { instantOf, localOf, type NoInstant } from "./local-time.ts";
import { timesProblem, type Times } from "./rules.ts";

/** When a lesson is: by the clock of its zone, and for good. */
export type Moment = Times & { timeZone: string; localStart: string; localEnd: string };

type Given = { localStart?: string | undefined; localEnd?: string | undefined; minutes?: number | undefined; timeZone?: string | undefined };

/** The moment that was typed; what was not given is as before. Throws invalid_input, naming the field and the rule. */
export function momentOf(given: Given, before: Partial<Moment> & { timeZone: string }, now: number): Moment {
  const timeZone = given.timeZone ?? before.timeZone;
  // A lesson keeps its wall-clock times in another zone; in its own also the one of two instants that it has.
  const kept = (instant: number | undefined, local: string | undefined, field: string) => (timeZone === before.timeZone && instant !== undefined ? instant : at(field, local!, timeZone));
  const startsAt = given.localStart === undefined ? kept(before.startsAt, before.localStart, "localStart") : at("localStart", given.localStart, timeZone);
  const endsAt = given.minutes !== undefined ? startsAt + given.minutes * MINUTE : given.localEnd === undefined ? kept(before.endsAt, before.localEnd, "localEnd") : at("localEnd", given.localEnd, timeZone);
  return checked({ startsAt, endsAt, timeZone, localStart: localOf(startsAt, timeZone), localEnd: localOf(endsAt, timeZone) }, now);
}

export function checked(moment: Moment, now: number): Moment {
  const problem = timesProblem(moment, now);
  if (problem) throw refused(FIELD[problem] ?? "localStart", problem, { localStart: moment.localStart });
  return moment;
}
const FIELD: Record<string, string> = { lesson_ends_before_start: "localEnd", lesson_too_short: "localEnd", lesson_too_long: "localEnd" };

function at(field: string, typed: string, timeZone: string): number {
  const found = instantOf(typed.slice(0, 16), timeZone, typed.slice(16) || undefined);
  if (typeof found === "number") return found;
  throw noInstant(field, found);
}

export const noInstant = (field: string, found: NoInstant) =>
  refused(found.problem === "time_zone_unknown" ? "timeZone" : field, found.problem, "nearest" in found ? { nearest: found.nearest } : {});

const refused = (path: string, message: string, extra: Record<string, unknown>) => new DomainError("invalid_input", "invalid_input", { fields: [{ path, message }], extra });
