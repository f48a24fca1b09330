import type { ConsentEvent } from "#app/domain/consent/consent-history.server.ts";
import { deviceOf } from "#app/domain/identity/device.ts";
import { Timeline } from "#app/components/ui/timeline.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

const SHOWN = 3;
const device = (userAgent: string | null) => Object.values(deviceOf(userAgent)).filter(Boolean).join(", ") || null;

/** Each act with what was so before and after, the reason, and where it came from. */
export function ConsentHistory({ events }: { events: ConsentEvent[] }) {
  const { m: { consent, privacy: m }, f } = useLanguage();
  const state = ({ granted, until }: { granted: boolean; until: number | null }) => m.state(granted, until === null ? null : f.until(until));
  const line = ({ dataType, recipient, from, to }: ConsentEvent["changes"][number]) => m.changed(consent.dataTypes[dataType], consent.recipients[recipient], state(from), state(to));
  return (
    <Timeline items={events.map((event) => ({
      at: event.at,
      text: (
        <>
          <strong>{event.actor ?? m.bySystem}: {m.acts[event.action] ?? event.action}</strong>
          <Lines of={event.changes.slice(0, SHOWN).map(line)} />
          {event.changes.length > SHOWN && <details><summary>{m.more(event.changes.length - SHOWN)}</summary><Lines of={event.changes.slice(SHOWN).map(line)} /></details>}
          <p className="hint">{event.reason && `${consent.reasonWas(event.reason)} `}{m.from(event.address, device(event.userAgent))}</p>
        </>
      ),
    }))} />
  );
}

const Lines = ({ of }: { of: string[] }) => <>{of.map((text) => <p key={text}>{text}</p>)}</>;
