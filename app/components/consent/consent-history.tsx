import type { ConsentEvent } from "#app/domain/consent/consent-history.server.ts";
import { Timeline } from "#app/components/ui/timeline.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

const SHOWN = 3;

/** Each act with what was so before and after, the reason, and where it came from. */
export function ConsentHistory({ events }: { events: ConsentEvent[] }) {
  const { m: { consent, privacy: m }, f } = useLanguage();
  const state = ({ granted, until }: { granted: boolean; until: number | null }) => m.state(granted, until === null ? null : f.dateTime(until));
  const line = ({ dataType, recipient, from, to }: ConsentEvent["changes"][number]) => m.changed(consent.dataTypes[dataType], consent.recipients[recipient], state(from), state(to));
  return (
    <Timeline items={events.map((event) => ({
      at: event.at,
      text: (
        <>
          <strong>{event.actor ?? m.bySystem}: {m.acts[event.action] ?? event.action}</strong>
          <ul>{event.changes.slice(0, SHOWN).map((change) => <li key={`${change.dataType} ${change.recipient}`}>{line(change)}</li>)}</ul>
          {event.changes.length > SHOWN && <details><summary>{m.more(event.changes.length - SHOWN)}</summary><ul>{event.changes.slice(SHOWN).map((change) => <li key={`${change.dataType} ${change.recipient}`}>{line(change)}</li>)}</ul></details>}
          <p className="hint">{event.reason && `${consent.reasonWas(event.reason)} `}{m.from(event.address, event.userAgent)}</p>
        </>
      ),
    }))} />
  );
}
