import type { Member } from "./member.ts";

/** What went wrong, each counted for every member of the room that saw it (or did not). */
export type Verdict = { lost: number; doubled: number; gaps: number; disordered: number };

const NOTHING: Verdict = { lost: 0, doubled: 0, gaps: 0, disordered: 0 };

/** Judges rooms by what their members have seen once all that they said is acknowledged. */
export const judgeRooms = (rooms: Member[][]): Verdict => rooms.flatMap((members) => members.map((member) => judge(member, members))).reduce(add, NOTHING);

function judge({ transcript }: Member, members: Member[]): Verdict {
  const seen = new Set(transcript.map(({ text }) => text));
  const neighbours = transcript.slice(1).map((entry, at) => [transcript[at]!, entry] as const);
  return {
    lost: members.flatMap(({ said }) => said).filter((text) => !seen.has(text)).length,
    doubled: transcript.length - seen.size,
    gaps: neighbours.filter(([one, next]) => next.seq > one.seq + 1).length + (transcript[0] && transcript[0].seq !== 1 ? 1 : 0),
    disordered: neighbours.filter(([one, next]) => next.seq <= one.seq).length + members.filter(({ name, said }) => !inOrder(transcript.map(({ text }) => text).filter((text) => text.startsWith(`${name} `)), said)).length,
  };
}

/** Whether what came of somebody came as they said it. */
const inOrder = (came: string[], said: string[]) => {
  const places = came.map((text) => said.indexOf(text));
  return places.every((place, at) => at === 0 || place > places[at - 1]!);
};

const add = (one: Verdict, other: Verdict): Verdict => ({ lost: one.lost + other.lost, doubled: one.doubled + other.doubled, gaps: one.gaps + other.gaps, disordered: one.disordered + other.disordered });
