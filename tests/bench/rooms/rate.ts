import { median } from "../measure.ts";
import { Member } from "./member.ts";
import type { Rooms, Shape } from "./rooms.ts";

const ROUNDS = 3;
/** What each says in a round: less than a socket may say at once. */
const EACH = 20;
const PATIENCE = 120_000;

type Rate = { perSecond: number; /** The median of the rounds' ratios. */ oursToIt: number };

/** Deliveries per second in a crowded room of each make, all open at once and measured in turns: A B C A B C. */
export async function rates(makes: Record<string, (shape: Shape) => Promise<Rooms>>, shape: Shape): Promise<Record<string, Rate>> {
  const crowds: [string, Member[], Rooms][] = [];
  try {
    for (const [make, open] of Object.entries(makes)) {
      const rooms = await open(shape);
      const members = rooms.people.map((person, nth) => new Member(`member-${nth}`, person.conversationId, (hearing) => rooms.dial(person, hearing)));
      crowds.push([make, members, rooms]);
      await Promise.all(members.map((member) => member.come()));
      await round(members); // warm
    }
    const measured: Record<string, number[]> = Object.fromEntries(crowds.map(([make]) => [make, []]));
    for (let nth = 0; nth < ROUNDS; nth++) {
      for (const [make, members] of crowds) measured[make]!.push(await round(members));
      console.log(`  round ${nth + 1}: ${crowds.map(([make]) => `${make} ${Math.round(measured[make]!.at(-1)!).toLocaleString("en")}/s`).join(", ")}`);
    }
    return Object.fromEntries(crowds.map(([make]) => [make, { perSecond: median(measured[make]!), oursToIt: median(measured[make]!.map((rate, nth) => measured.ours![nth]! / rate)) }]));
  } finally {
    for (const [, members, rooms] of crowds) {
      for (const member of members) member.leave();
      await rooms.close();
    }
  }
}

/** Everybody says their part as fast as it is acknowledged; over when everybody has seen all of it. */
async function round(members: Member[]): Promise<number> {
  const due = members.reduce((sum, { said }) => sum + said.length, 0) + members.length * EACH;
  const began = performance.now();
  for (const member of members) for (let time = 0; time < EACH; time++) member.say();
  await Promise.all(members.map((member) => member.hasSeen(due, PATIENCE)));
  return (members.length * members.length * EACH * 1000) / (performance.now() - began);
}
