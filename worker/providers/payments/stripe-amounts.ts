import { digitsOf } from "#app/domain/currencies.ts";
import type { Money } from "#app/domain/money.ts";

/** Stripe keeps two decimals for these although ISO 4217 has none (docs.stripe.com/currencies, special cases). */
const TWO_DECIMALS = new Set(["ISK", "UGX"]);

const factor = (currency: string) => (TWO_DECIMALS.has(currency) && digitsOf(currency) === 0 ? 100 : 1);

export function toStripe({ amount, currency }: Money): { amount: number; currency: string } {
  return { amount: amount * factor(currency), currency: currency.toLowerCase() };
}

export function fromStripe(amount: number, currency: string): Money {
  const code = currency.toUpperCase();
  return { amount: amount / factor(code), currency: code };
}
