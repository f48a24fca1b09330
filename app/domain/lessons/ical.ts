/** iCalendar (RFC 5545), as far as a timetable needs it. */
export type CalendarEvent = { uid: string; startsAt: number; endsAt: number; changedAt: number; sequence: number; summary: string; location: string | null; url: string; status: "CONFIRMED" | "TENTATIVE" | "CANCELLED" };

const MOST_OCTETS = 75;

export function calendarOf(name: string, events: CalendarEvent[]): string {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kinboard//Timetable//EN", "CALSCALE:GREGORIAN", `X-WR-CALNAME:${escapeText(name)}`, "REFRESH-INTERVAL;VALUE=DURATION:PT1H", ...events.flatMap(linesOf), "END:VCALENDAR"];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

/** Instants in UTC: every calendar shows them by its owner's own clock, whatever it knows of zones. */
function linesOf(event: CalendarEvent): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    `DTSTAMP:${utc(event.changedAt)}`,
    `LAST-MODIFIED:${utc(event.changedAt)}`,
    `DTSTART:${utc(event.startsAt)}`,
    `DTEND:${utc(event.endsAt)}`,
    `SEQUENCE:${event.sequence}`,
    `SUMMARY:${escapeText(event.summary)}`,
    ...(event.location ? [`LOCATION:${escapeText(event.location)}`] : []),
    `URL:${event.url}`,
    `STATUS:${event.status}`,
    "END:VEVENT",
  ];
}

/** `20261124T130000Z` */
const utc = (instant: number) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");

/** Control characters may not stand in a text at all. */
export const escapeText = (text: string) => text
  .replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");

/** Lines of at most 75 octets, those that go on begin with a space; no character is cut in two. */
export function fold(line: string): string {
  let [folded, octets] = ["", 0];
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > MOST_OCTETS) [folded, octets] = [`${folded}\r\n `, 1];
    folded += character;
    octets += size;
  }
  return folded;
}

function octetsOf(character: string): number {
  const point = character.codePointAt(0)!;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
