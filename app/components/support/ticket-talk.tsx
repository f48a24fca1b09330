import { useLanguage } from "#app/i18n/use-messages.ts";

export type Said = { seq: number; senderName: string; at: number; text: string; deleted: boolean };

/** What was said, in order; words stay as they were written, whichever way they run. */
export function TicketTalk({ messages }: { messages: Said[] }) {
  const { m: { support: m }, f } = useLanguage();
  return (
    <ol className="timeline">
      {messages.map(({ seq, senderName, at, text, deleted }) => (
        <li key={seq} id={`m${seq}`}><bdi>{senderName}</bdi>, <time dateTime={new Date(at).toISOString()}>{f.dateTime(at)}</time><div dir="auto">{deleted ? m.deleted : text.split("\n").map((line, index) => <p key={index}>{line}</p>)}</div></li>
      ))}
    </ol>
  );
}
