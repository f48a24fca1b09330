import { DaysInput } from "../domain/learning/days.ts";

/** The days that a page's address names; what it names wrongly it does not name. */
export function typedRange(request: Request): DaysInput {
  const { from, to } = Object.fromEntries(new URL(request.url).searchParams);
  const asked = DaysInput.safeParse({ from: from || undefined, to: to || undefined });
  return asked.success ? asked.data : {};
}
