import { useLanguage } from "#app/i18n/use-messages.ts";

/** On to older items; the browser's own way leads back. */
export function Pagination({ olderHref }: { olderHref: string | null }) {
  const { m } = useLanguage();
  return olderHref ? <p className="pagination"><a href={olderHref} rel="next">{m.shell.older}</a></p> : null;
}
