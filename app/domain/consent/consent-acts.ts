import * as z from "zod";
import { startOfDay } from "../clock.ts";
import { cellsNamed, SetConsentsInput } from "./inputs.ts";

const proposalId = z.string("missing").max(60, "too_long");

/** What the forms of /settings/consent ask for. */
export const ConsentAct = z.discriminatedUnion("act", [
  SetConsentsInput.extend({ act: z.literal("set"), until: z.number().or(z.string().transform(() => NaN).refine(Number.isFinite, "until_unusable")).nullable().default(null) }),
  z.object({ act: z.enum(["agreed", "declined", "withdrawn"]), proposalId }),
]);

/** A day is meant where the person is: the grant ends as it begins. A recipient or a kind of data alone means the whole row or column. */
export const consentActFrom = (timeZone: string) => ({ granted, until, to, of, ...typed }: Record<string, string>): unknown =>
  typed.act !== "set" ? typed : { ...typed, granted: granted === "yes", ...(until === undefined ? {} : { until: dayBegins(until, timeZone) }), cells: to === undefined && of === undefined ? [] : cellsNamed(to, of) };

function dayBegins(day: string, timeZone: string): number | string {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(day) ? startOfDay(day, timeZone) : day;
  } catch {
    return day;
  }
}
