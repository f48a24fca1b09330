import { Notice } from "#app/components/ui/notice.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Clash = { localStart: string; busy: string };

/** Beside a refusal: when somebody is not free, and how many hours there are. */
export function RefusedTimes({ refusal }: { refusal: Refusal | undefined }) {
  const { m: { lessons: m } } = useLanguage();
  const clashes = (refusal?.extra.clashes ?? []) as Clash[];
  const free = (refusal?.extra.minutes as { free: number } | undefined)?.free;
  if (clashes.length === 0 && free === undefined) return null;
  return (
    <Notice tone="refused">
      {free !== undefined && <p>{m.free(free)}</p>}
      {clashes.length > 0 && <><p>{m.clashesOn}</p><ClashList clashes={clashes} /></>}
    </Notice>
  );
}

export function ClashList({ clashes }: { clashes: Clash[] }) {
  const { m: { lessons: m }, f } = useLanguage();
  return <ul>{clashes.map(({ localStart, busy }) => <li key={localStart}>{`${f.date(localStart.slice(0, 10))}, ${localStart.slice(11)}: ${m.busy[busy] ?? busy}`}</li>)}</ul>;
}
