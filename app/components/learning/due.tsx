import { useLanguage } from "#app/i18n/use-messages.ts";
import { formatterFor } from "#app/i18n/format.ts";

/** When something is due, by the clocks of the place it was said for. */
export function Due({ at, timeZone }: { at: number; timeZone: string }) {
  const { m: { learningWork: m }, f } = useLanguage();
  const there = formatterFor("en", timeZone).until(at);
  const here = f.until(at);
  return <time dateTime={new Date(at).toISOString()}>{m.dueAt(here, here === there ? null : m.dueAt(there, timeZone))}</time>;
}
