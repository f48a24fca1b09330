import { Notice } from "#app/components/ui/notice.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { ClashList } from "./refused-times.tsx";

export type Foreseen = { lessons: { localStart: string; localEnd: string; skipped: boolean }[]; clashes: { localStart: string; busy: string }[] };

/** Each lesson that a series would have, those named that a change of the clocks moves, and what stands in the way. */
export function SeriesPreview({ foreseen }: { foreseen: Foreseen }) {
  const { m: { lessons: m }, f } = useLanguage();
  const { lessons, clashes } = foreseen;
  return (
    <Notice tone={clashes.length > 0 ? "refused" : "info"} title={m.previewTitle(lessons.length)}>
      {clashes.length > 0 && <><p>{m.clashesOn}</p><ClashList clashes={clashes} /></>}
      <ul>{lessons.map(({ localStart, localEnd, skipped }) => <li key={localStart}>{`${f.date(localStart.slice(0, 10))}, ${localStart.slice(11)} – ${localEnd.slice(11)}`}{skipped && <strong>{`: ${m.skipped}`}</strong>}</li>)}</ul>
    </Notice>
  );
}
