import { setTimeout as sleep } from "node:timers/promises";
import { atMost, bytes, median, ratio, type Figure } from "../measure.ts";
import { Member } from "./member.ts";
import type { OwnRooms } from "./own-rooms.ts";

/** Longer than workerd waits before it lets an idle object go, and shorter. */
const ASLEEP = 14_000;
const IDLE = 6_000;
const NIGHTS = 2;
const PAUSES = 2;
const AT_ONCE = 10;
const PATIENCE = 20_000;

type Pair = { says: Member; hears: Member; place: number };

/** Our rooms with two in each, when little is said: waking, coming back, and what one message weighs. */
export async function rest(open: () => Promise<OwnRooms>): Promise<Figure[]> {
  const rooms = await open();
  try {
    const members = rooms.people.map((person, nth) => new Member(`member-${nth}`, person.conversationId, (hearing) => rooms.dial(person, hearing)));
    await Promise.all(members.map((member) => member.come()));
    const pairs: Pair[] = members.flatMap((says, nth) => (nth % 2 === 0 ? [{ says, hears: members[nth + 1]!, place: nth }] : []));
    const figures = [...(await wake(rooms, pairs)), await weigh(pairs[0]!), await comeBack(pairs[1]!)];
    for (const member of members) member.leave();
    return figures;
  } finally {
    await rooms.close();
  }
}

/** From one who says it to the other who hears it, in milliseconds. */
async function say({ says, hears }: Pair): Promise<number> {
  const began = performance.now();
  says.say();
  await hears.hasSeen(says.said.length + hears.said.length, PATIENCE);
  return performance.now() - began;
}

/** The first message after a pause: once all its objects have gone to sleep, and while they are still there. */
async function wake(rooms: OwnRooms, pairs: Pair[]): Promise<Figure[]> {
  for (const pair of pairs) await say(pair);
  const [woken, awake, atOnce]: [number[], number[], number[]] = [[], [], []];
  const sayAll = async (into: number[]) => {
    for (const pair of pairs) into.push(await say(pair));
  };
  let [slept, stayed] = [0, 0];
  for (let night = 0; night < NIGHTS; night++) {
    const evening = await madeOf(rooms, pairs);
    await sleep(ASLEEP);
    await sayAll(woken);
    const morning = await madeOf(rooms, pairs);
    slept += pairs.filter((_, nth) => morning[nth]!.every((made, of) => made > evening[nth]![of]!)).length;
    for (let pause = 0; pause < PAUSES; pause++) {
      await sleep(IDLE);
      await sayAll(awake);
    }
    for (let time = 0; time < AT_ONCE; time++) await sayAll(atOnce);
    const noon = await madeOf(rooms, pairs);
    stayed += pairs.filter((_, nth) => noon[nth]!.every((made, of) => made === morning[nth]![of]!)).length;
  }
  const nights = pairs.length * NIGHTS;
  const told = (times: number[]) => `${median(times).toFixed(1)} ms`;
  return [
    { what: `rooms with both inboxes made anew after ${ASLEEP / 1000} s, sockets held; and not after ${IDLE / 1000} s`, target: `${nights}, ${nights}`, figure: `${slept}, ${stayed}`, good: slept === nights && stayed === nights },
    atMost(`woken from hibernation to awake, the first message after a pause (${told(woken)} to ${told(awake)})`, median(woken) / median(awake), 2.5, ratio),
    { what: `the same to one message right after the other (${told(atOnce)})`, target: "(told)", figure: ratio(median(woken) / median(atOnce)), good: true },
  ];
}

/** How often the room and the inboxes of each pair were made. */
const madeOf = (rooms: OwnRooms, pairs: Pair[]) => Promise.all(pairs.map(async ({ place }) => {
  const [one, other] = await Promise.all([rooms.made(rooms.people[place]!), rooms.made(rooms.people[place + 1]!)]);
  return [one.room, one.inbox, other.inbox];
}));

/** One message after the other, so that none shares a frame. */
async function weigh(pair: Pair): Promise<Figure> {
  const [before, messages] = [pair.hears.traffic.bytes, 50];
  for (let nth = 0; nth < messages; nth++) await say(pair);
  await sleep(1000);
  return atMost("a delivered message of 40 characters, all frames and headers", Math.ceil((pair.hears.traffic.bytes - before) / messages), 120, bytes);
}

async function comeBack({ says, hears }: Pair): Promise<Figure> {
  hears.cut(3000);
  for (let nth = 0; nth < 50; nth++) says.say();
  const sent = hears.traffic.sent;
  await hears.hasSeen(says.said.length + hears.said.length, PATIENCE);
  return atMost("frames a page sends until it has the 50 messages that it missed", hears.traffic.sent - sent, 1);
}
