import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

const TONES = { waiting: "waiting", returned: "refused", reviewed: "done" } as const;

/** How an attempt stands, and that it was late. */
export function AttemptTag({ status, late }: { status: keyof typeof TONES; late: boolean }) {
  const { m: { learningWork: m } } = useLanguage();
  return <span><Tag tone={TONES[status]}>{m.tried[status]}</Tag>{late && <> <Tag tone="refused">{m.late}</Tag></>}</span>;
}
