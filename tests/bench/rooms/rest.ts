import { setTimeout as sleep } from "node:timers/promises";
import { atMost, bytes, median, ratio, type Figure } from "../measure.ts";
import { Member } from "./member.ts";
import type { OwnRooms } from "./own-rooms.ts";

/** Longer than workerd waits before it lets an idle object go. */
const ASLEEP = 14_000;
const NIGHTS = 2;
const WARM = 20;
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

async function wake(rooms: OwnRooms, pairs: Pair[]): Promise<Figure[]> {
  for (const pair of pairs) await say(pair);
  const [woken, warm]: [number[], number[]] = [[], []];
  let slept = 0;
  for (let night = 0; night < NIGHTS; night++) {
    const objects = (pair: Pair) => Promise.all([0, 1].map((of) => rooms.made(rooms.people[pair.place + of]!)));
    const before = await Promise.all(pairs.map(objects));
    await sleep(ASLEEP);
    for (const pair of pairs) woken.push(await say(pair));
    const after = await Promise.all(pairs.map(objects));
    slept += after.filter((each, nth) => each.every(({ room, inbox }, of) => room > before[nth]![of]!.room && inbox > before[nth]![of]!.inbox)).length;
    for (const pair of pairs) for (let time = 0; time < WARM; time++) warm.push(await say(pair));
  }
  const rooms_ = pairs.length * NIGHTS;
  return [
    { what: "rooms with both inboxes made anew after a pause, sockets held", target: `${rooms_} of ${rooms_}`, figure: `${slept} of ${rooms_}`, good: slept === rooms_ },
    atMost(`woken to warm (${median(woken).toFixed(1)} ms to ${median(warm).toFixed(1)} ms)`, median(woken) / median(warm), 2.5, ratio),
  ];
}

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
