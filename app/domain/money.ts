import * as z from "zod";
import { digitsOf } from "./currencies.ts";

/** An amount in minor units (cents) with its ISO 4217 currency. Never a float. */
export type Money = { amount: number; currency: string };

/** Far below 2^53, so that no sum of amounts that fit can lose a cent. */
export const LARGEST_AMOUNT = 1_000_000_000_00;

export const Currency = z.string().regex(/^[A-Z]{3}$/, "currency_unknown").refine((code) => digitsOf(code) !== null, "currency_unknown");

export const MoneyInput = z.object({
  amount: z.int("amount_whole").min(0, "amount_negative").max(LARGEST_AMOUNT, "amount_too_large"),
  currency: Currency,
}).meta({ id: "Money", description: "An amount in minor units with its ISO 4217 currency" });

type AmountProblem = "amount_missing" | "amount_not_a_number" | "amount_negative" | "amount_too_fine" | "amount_too_large";

/** What a person typed ("1,200", "1 200.50") as minor units, or why it is no amount of that currency. Decimal point or comma. */
export function parseAmount(typed: string, currency: string): number | AmountProblem {
  const text = typed.replace(/[\s\u00a0\u202f']/g, "");
  if (text === "") return "amount_missing";
  if (/^[-−]/.test(text)) return "amount_negative";
  const places = digitsOf(currency) ?? 2;
  // A comma or point before exactly three last digits groups thousands, unless a zero leads or the currency has three decimals; else it is the decimal sign.
  const decimals = places === 3 ? /^(\d+)[.,](\d*)$/.exec(text) : /^(0+)[.,](\d*)$/.exec(text);
  const parts = decimals ?? /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d*))?$/.exec(text);
  if (!parts) return "amount_not_a_number";
  const whole = parts[1]!.replace(/[.,]/g, "");
  const fraction = (parts[2] ?? "").replace(/0+$/, "");
  if (fraction.length > places) return "amount_too_fine";
  const minor = Number(whole + fraction.padEnd(places, "0"));
  return minor > LARGEST_AMOUNT ? "amount_too_large" : minor;
}

/** The amount as a person would type it: 150000 KES is "1500", 150050 is "1500.50". */
export function typedAmount({ amount, currency }: Money): string {
  const places = digitsOf(currency) ?? 2;
  const text = String(Math.abs(amount)).padStart(places + 1, "0");
  const fraction = places === 0 ? "" : text.slice(-places);
  const whole = places === 0 ? text : text.slice(0, -places);
  return `${amount < 0 ? "-" : ""}${whole}${Number(fraction) ? `.${fraction}` : ""}`;
}
