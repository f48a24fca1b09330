import * as z from "zod";

const DAY = 86_400_000;

/** A local date so many days later, or earlier. */
export const addDays = (date: string, days: number): string => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

const LONGEST = 366;

/** Local dates, both included. What is left out follows from the reader's day. */
export const DaysInput = z.object({ from: z.iso.date("wrong_form").optional(), to: z.iso.date("wrong_form").optional() })
  .refine(({ from, to }) => !from || !to || from <= to, { path: ["to"], message: "range_backwards" })
  .refine(({ from, to }) => !from || !to || daysBetween(from, to) < LONGEST, { path: ["from"], message: "range_too_long" });
export type DaysInput = z.infer<typeof DaysInput>;

type Days = { from: string; to: string };

/** The days asked for, else the `usual` number of them that end today. */
export function daysOf({ from, to }: DaysInput, today: string, usual: number): Days {
  const end = to ?? (from === undefined || from <= today ? today : from);
  const begin = from ?? addDays(end, 1 - usual);
  return { from: daysBetween(begin, end) < LONGEST ? begin : addDays(end, 1 - LONGEST), to: end };
}
