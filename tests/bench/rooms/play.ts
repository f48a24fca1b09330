import { setTimeout as sleep } from "node:timers/promises";
import { judgeRooms, type Verdict } from "./judge.ts";
import { Member } from "./member.ts";
import type { Rooms } from "./rooms.ts";
import type { Step } from "./schedule.ts";

/** Between two steps: what all members say together must stay within what one socket may. */
const PACE = 8;
const PATIENCE = 60_000;

export type Played = Verdict & { deliveries: number; seconds: number };

/** Lets the members of some rooms live through a schedule, and judges what each of them has seen in the end. */
export async function play(rooms: Rooms, steps: Step[]): Promise<Played> {
  const members = rooms.people.map((person, nth) => new Member(`member-${nth}`, person.conversationId, (hearing) => rooms.dial(person, hearing)));
  await Promise.all(members.map((member) => member.come()));
  const began = performance.now();
  for (const step of steps) {
    await act(rooms, members, step);
    await sleep(PACE);
  }
  const byRoom = Object.values(Object.groupBy(members, (_, nth) => rooms.people[nth]!.conversationId)) as Member[][];
  await settle(byRoom);
  const seconds = (performance.now() - began) / 1000;
  for (const member of members) member.leave();
  return { ...judgeRooms(byRoom), deliveries: members.reduce((sum, { transcript }) => sum + transcript.length, 0), seconds };
}

async function act(rooms: Rooms, members: Member[], step: Step): Promise<void> {
  switch (step.act) {
    case "say":
      for (let time = 0; time < step.times; time++) members[step.member]!.say();
      return;
    case "again":
      return members[step.member]!.again();
    case "cut":
      return members[step.member]!.cut(step.away);
    case "evict":
      return rooms.evict(step.what, rooms.people[step.member]!);
    case "kill":
      return rooms.kill();
  }
}

/** Until all is acknowledged and everybody has seen everything, or nothing more comes. */
async function settle(rooms: Member[][]): Promise<void> {
  const members = rooms.flat();
  const until = Date.now() + PATIENCE;
  while (members.some(({ settled }) => !settled)) {
    if (Date.now() > until) throw new Error(`not acknowledged: ${members.map(({ unanswered }) => unanswered).join(" ")}`);
    await sleep(20);
  }
  const seen = () => members.reduce((sum, { transcript }) => sum + transcript.length, 0);
  const all = rooms.reduce((sum, room) => sum + room.length * room.reduce((said, member) => said + member.said.length, 0), 0);
  for (let [before, quiet] = [-1, 0]; seen() < all && quiet < 50; quiet = seen() === before ? quiet + 1 : 0) {
    before = seen();
    await sleep(100);
  }
}
