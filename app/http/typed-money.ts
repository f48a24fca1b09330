import { DomainError, type FieldProblem } from "../domain/errors.ts";
import { parseAmount, type Money } from "../domain/money.ts";
import type { Typed } from "./forms.ts";

/** What was typed into amount fields, as money; an empty field is null. Throws invalid_input with every field that is no amount. */
export function typedMoney<N extends string>(typed: Typed, names: readonly N[], currency: string): Record<N, Money | null> {
  const problems: FieldProblem[] = [];
  const amounts = {} as Record<N, Money | null>;
  for (const name of names) {
    const text = typed[name];
    const amount = text === undefined ? null : parseAmount(text, currency);
    if (typeof amount === "string") problems.push({ path: name, message: amount });
    amounts[name] = typeof amount === "number" ? { amount, currency } : null;
  }
  if (problems.length > 0) throw new DomainError("invalid_input", "invalid_input", { fields: problems });
  return amounts;
}
