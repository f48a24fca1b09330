import type { Tone } from "../ui/notice.tsx";

/** A day of the week as its column is headed; `today` marks it. */
type WeekDay = { label: string; /** For the list: "Tuesday 24 November". */ long: string; today?: boolean };
/** `from` and `to` in minutes of the day, by the wall clock of the week shown. `time` as written: "16:00 – 17:00". */
export type WeekBlock = { id: string; day: number; from: number; to: number; title: string; time: string; about?: string; href: string; tone?: Tone };

/** Three lines of a lesson of 45 minutes. */
const HOUR_HIGH = 80;
const HEAD = 36;
const GUTTER = 6;

/** A week at a glance where there is room; on a phone, and wherever two things are at one time and could not be read side by side, the same by day. */
export function WeekGrid({ caption, days, blocks, empty }: { caption: string; days: WeekDay[]; blocks: WeekBlock[]; empty: string }) {
  return (
    <figure className="week">
      <figcaption className="for-readers">{caption}</figcaption>
      {!blocks.some((block) => isBesideAnother(block, blocks)) && <DrawnWeek caption={caption} days={days} blocks={blocks} />}
      <ol className="days">
        {days.map((day, index) => {
          const on = blocks.filter((block) => block.day === index).sort((one, other) => one.from - other.from);
          return (
            <li key={day.label}>
              <h3>{day.long}</h3>
              {on.length === 0 ? <p className="hint">{empty}</p> : on.map((block) => <BlockLink key={block.id} block={block} />)}
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

/** Only the hours from the first with something to the last. */
function DrawnWeek({ caption, days, blocks }: { caption: string; days: WeekDay[]; blocks: WeekBlock[] }) {
  const first = Math.min(...blocks.map((block) => Math.floor(block.from / 60)));
  const last = Math.max(...blocks.map((block) => Math.ceil(block.to / 60)));
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const wide = (100 - GUTTER) / days.length;
  const y = (minutes: number) => HEAD + ((minutes - first * 60) * HOUR_HIGH) / 60;
  return (
    <svg width="100%" height={y(last * 60)} role="group" aria-label={caption}>
      {hours.map((hour) => <g key={hour} className="ring"><line x1={`${GUTTER}%`} x2="100%" y1={y(hour * 60)} y2={y(hour * 60)} /><text x="0" y={y(hour * 60) + 5}>{`${hour}:00`}</text></g>)}
      {days.map((day, index) => <text key={day.label} className={day.today ? "today" : undefined} x={`${GUTTER + wide * (index + 0.5)}%`} y="20">{day.label}</text>)}
      {blocks.map((block) => (
        <foreignObject key={block.id} x={`${GUTTER + wide * block.day}%`} y={y(block.from)} width={`${wide}%`} height={Math.max(30, y(block.to) - y(block.from))}>
          <BlockLink block={block} />
        </foreignObject>
      ))}
    </svg>
  );
}

function BlockLink({ block: { href, tone, title, time, about } }: { block: WeekBlock }) {
  return <a className="block" href={href} data-tone={tone ?? "info"}><strong>{title}</strong> <span>{time}</span>{about && <> <span>{about}</span></>}</a>;
}

const isBesideAnother = (block: WeekBlock, blocks: WeekBlock[]) => blocks.some((other) => other !== block && other.day === block.day && other.from < block.to && block.from < other.to);
