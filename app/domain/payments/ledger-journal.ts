import { digitsOf } from "../currencies.ts";

type JournalEntry = { id: string; at: number; kind: string; debit: string; credit: string; amount: number; unit: string };

/** The books as a plain-text journal that independent programs (hledger, ledger) read and add up. */
export function ledgerJournal(entries: JournalEntry[]): string {
  return entries.map(({ id, at, kind, debit, credit, amount, unit }) => {
    const moved = `${inUnits(amount, unit)} ${unit}`;
    return `${new Date(at).toISOString().slice(0, 10)} * (${id}) ${kind.replaceAll("_", " ")}\n    ${debit}  ${moved}\n    ${credit}  -${moved}\n`;
  }).join("\n");
}

/** Minor units with their decimal point, written without ever being a fraction. */
function inUnits(amount: number, unit: string): string {
  const places = digitsOf(unit) ?? 0;
  const text = String(amount).padStart(places + 1, "0");
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}
