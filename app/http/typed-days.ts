import { DAY, startOfDay } from "../domain/clock.ts";
import type { Typed } from "./forms.ts";

/**
 * Days typed into date fields as instants of that zone, in ISO 8601: of a `first` day its beginning, of a `last` day its end, because people
 * say the last day and ends are exclusive. What is no date stays as it is, for the schema to refuse.
 */
export function typedDays(typed: Typed, timeZone: string, fields: Record<string, "first" | "last">): Typed {
  const instants = Object.entries(fields).flatMap(([name, which]) => {
    const text = typed[name];
    const midnight = text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text) ? NaN : Date.parse(text);
    // The 31st of February is read as a day of March.
    if (Number.isNaN(midnight) || dateOf(midnight) !== text) return [];
    const day = which === "first" ? text : dateOf(midnight + DAY);
    return [[name, new Date(startOfDay(day, timeZone)).toISOString()]];
  });
  return { ...typed, ...Object.fromEntries(instants) as Typed };
}

const dateOf = (utc: number) => new Date(utc).toISOString().slice(0, 10);
