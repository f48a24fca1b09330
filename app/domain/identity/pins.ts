/** A PIN that anybody would try first: one figure or one pair repeated, a run up or down, or a date of birth. */
export function isGuessablePin(pin: string, birthDate: string | null = null): boolean {
  const steps = new Set([...pin].slice(1).map((figure, index) => Number(figure) - Number(pin[index])));
  if (steps.size === 1 && [0, 1, -1].includes([...steps][0]!)) return true;
  return /^(\d\d)\1+$/.test(pin) || (birthDate !== null && waysToWrite(birthDate).includes(pin));
}

function waysToWrite(date: string): string[] {
  const [year, month, day] = date.split("-") as [string, string, string];
  const short = year.slice(2);
  return [year, day + month, month + day, month + short, short + month, day + month + short, month + day + short, short + month + day, day + month + year, month + day + year, year + month + day, month + year, year + month];
}

const LENGTH = 6;

/** One of the given random figures' PINs that nobody would try first. */
export function pinFrom(digits: (length: number) => string): string {
  for (;;) {
    const pin = digits(LENGTH);
    if (!isGuessablePin(pin)) return pin;
  }
}
