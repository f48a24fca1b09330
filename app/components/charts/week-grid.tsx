import type { Tone } from "../ui/notice.tsx";

/** A day of the week as its column is headed; `today` marks it. */
export type WeekDay = { label: string; /** For the list: "Tuesday 24 November". */ long: string; today?: boolean };
/** `from` and `to` in minutes of the day, by the wall clock of the week shown. `time` as written: "16:00 – 17:00". */
export type WeekBlock = { id: string; day: number; from: number; to: number; title: string; time: string; about?: string; href: string; tone?: Tone };

const HOUR_HIGH = 52;
const HEAD = 36;
const GUTTER = 6;

/** A week at a glance where there is room, the same as a list by day on a phone and to a reader of lists. `fromHour` and `toHour` bound the hours drawn and stretch to whatever lies outside. */
export function WeekGrid({ caption, days, blocks, fromHour = 8, toHour = 18, empty }: { caption: string; days: WeekDay[]; blocks: WeekBlock[]; fromHour?: number; toHour?: number; empty: string }) {
  const first = Math.min(fromHour, ...blocks.map((block) => Math.floor(block.from / 60)));
  const last = Math.max(toHour, ...blocks.map((block) => Math.ceil(block.to / 60)));
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const wide = (100 - GUTTER) / days.length;
  const y = (minutes: number) => HEAD + ((minutes - first * 60) * HOUR_HIGH) / 60;
  const high = HEAD + hours.length * HOUR_HIGH;
  return (
    <figure className="week">
      <figcaption>{caption}</figcaption>
      <svg width="100%" height={high} role="group" aria-label={caption}>
        {hours.map((hour) => <g key={hour} className="ring"><line x1={`${GUTTER}%`} x2="100%" y1={y(hour * 60)} y2={y(hour * 60)} /><text x="0" y={y(hour * 60) + 5}>{`${hour}:00`}</text></g>)}
        {days.map((day, index) => <text key={day.label} className={day.today ? "today" : undefined} x={`${GUTTER + wide * (index + 0.5)}%`} y="20">{day.label}</text>)}
        {blocks.map((block) => {
          const { of, at } = besideEachOther(block, blocks);
          return (
            <foreignObject key={block.id} x={`${GUTTER + wide * (block.day + at / of)}%`} y={y(block.from)} width={`${wide / of}%`} height={Math.max(30, y(block.to) - y(block.from))}>
              <a className="block" href={block.href} data-tone={block.tone ?? "info"}><strong>{block.title}</strong> <span>{block.time}</span>{block.about && <> <span>{block.about}</span></>}</a>
            </foreignObject>
          );
        })}
      </svg>
      <ol className="days">
        {days.map((day, index) => {
          const on = blocks.filter((block) => block.day === index).sort((one, other) => one.from - other.from);
          return (
            <li key={day.label}>
              <h3>{day.long}</h3>
              {on.length === 0 ? <p className="hint">{empty}</p> : on.map((block) => <a key={block.id} className="block" href={block.href} data-tone={block.tone ?? "info"}><strong>{block.title}</strong> <span>{block.time}</span>{block.about && <> <span>{block.about}</span></>}</a>)}
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

/** Blocks of one time share its width, in the order in which they begin. */
function besideEachOther(block: WeekBlock, blocks: WeekBlock[]): { of: number; at: number } {
  const together = blocks.filter((other) => other.day === block.day && other.from < block.to && block.from < other.to).sort((one, other) => one.from - other.from || (one.id < other.id ? -1 : 1));
  return { of: together.length, at: together.indexOf(block) };
}
