import { Button } from "#app/components/ui/button.tsx";
import type { PlannedMessage } from "#app/domain/chat/rooms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What waits to be said; each can be called off until its time. */
export function PlannedList({ planned }: { planned: PlannedMessage[] }) {
  const { m: { announcements: m }, f } = useLanguage();
  if (planned.length === 0) return null;
  return (
    <section>
      <h2>{m.planned}</h2>
      <ul className="rows">
        {planned.map(({ id, dueAt, text, silent }) => (
          <li key={id}>
            <p dir="auto">{text}</p>
            <p className="hint">{m.plannedFor(f.dateTime(dueAt))}{silent && `, ${m.silent.toLowerCase()}`}</p>
            <form method="post"><input type="hidden" name="plannedId" value={id} /><Button weight="link" name="act" value="off">{m.callOff}</Button></form>
          </li>
        ))}
      </ul>
    </section>
  );
}
