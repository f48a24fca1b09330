const digits = new Map<string, number | null>();

/** Decimal digits of a currency's minor unit (KES 2, JPY 0), or null if it is no currency. */
export function digitsOf(currency: string): number | null {
  let known = digits.get(currency);
  if (known === undefined) {
    known = Intl.supportedValuesOf("currency").includes(currency)
      ? new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits!
      : null;
    digits.set(currency, known);
  }
  return known;
}
