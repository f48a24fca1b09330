import { useLanguage } from "#app/i18n/use-messages.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

/** On every page while somebody looks through another's eyes, with the way out. */
export function ViewBanner({ name, until }: { name: string; until: number }) {
  const { m: { viewing: m }, f } = useLanguage();
  return (
    <Notice tone="waiting" title={m.banner(name)}>
      <p>{m.readOnly(f.until(until))}</p>
      <form method="post" action="/view-as"><Button weight="quiet" name="act" value="end">{m.stop}</Button></form>
    </Notice>
  );
}
