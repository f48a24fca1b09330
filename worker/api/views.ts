import * as z from "zod";
import { localTime } from "#app/domain/clock.ts";

/** An instant on the wire: ISO 8601 with offset. */
export const Instant = z.iso.datetime({ offset: true });

/** An instant as the API says it, in UTC unless a zone is named. */
export function isoTime(instant: number, timeZone = "UTC"): string {
  return timeZone === "UTC" ? new Date(instant).toISOString() : localTime(instant, timeZone);
}
export const isoTimeOrNull = (instant: number | null) => (instant === null ? null : isoTime(instant));

/** Minor units and currency, or null. */
export const moneyView = (amount: number | null, currency: string) => (amount === null ? null : { amount, currency });
export const MoneyView = z.object({ amount: z.int(), currency: z.string() });

export const BudgetEffectView = z.object({ kind: z.enum(["week", "month"]), startsOn: z.iso.date(), limit: MoneyView, leftBefore: MoneyView, leftAfter: MoneyView, overBy: MoneyView }).meta({ id: "BudgetEffect" });
