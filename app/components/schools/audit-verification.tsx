import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import type { ChainVerification } from "#app/domain/audit/verify-audit-chain.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Whether the log is whole, in words; what does not fit, by entry. */
export function AuditVerification({ found, at = "/admin/audit" }: { found: ChainVerification; /** The page that verifies. */ at?: string }) {
  const { m: { audit: m }, f } = useLanguage();
  const { checked, faults, unsealed, erased, head, next } = found;
  return (
    <>
      <Notice tone={faults.length > 0 ? "refused" : "done"} title={faults.length > 0 ? m.broken : next ? m.stretch(checked) : m.whole(checked)}>
        {faults.length > 0 && <ul>{faults.map(({ code, eventId, at }) => <li key={code + eventId}>{m.faults[code]!(at === null ? m.unknownTime : f.dateTime(at))} <small>{m.entry(eventId)}</small></li>)}</ul>}
        {unsealed > 0 && <p>{m.unsealed(unsealed)}</p>}
        {erased > 0 && <p>{m.erased(erased)}</p>}
      </Notice>
      {next && <p><ButtonLink href={`${at}${at.includes("?") ? "&" : "?"}verify=${next}`}>{m.verifyOn}</ButtonLink></p>}
      {head && <p>{m.head} <code>{head.digest}</code></p>}
    </>
  );
}
