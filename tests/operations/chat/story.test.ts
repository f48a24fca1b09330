import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { play } from "#tests/bench/rooms/play.ts";
import { breaksIn, drawSchedule, messagesIn } from "#tests/bench/rooms/schedule.ts";
import { testContext } from "#tests/world.ts";
import { openRooms } from "./rooms-under-test.ts";

const { TALK_MESSAGES: messages, TALK_SEED: seed } = env as unknown as { TALK_MESSAGES: number; TALK_SEED: number };
const SHAPE = { rooms: 2, members: 4 };
const BREAKS = 20;

/** As `npm run bench -- q-8` lets a whole process live through it, and others beside ours. */
test(`CHT-3, Q-8: ${messages} messages through resends, cut lines, evictions and kills: none lost, none doubled, no gaps, in order for everybody`, { timeout: 60_000 + messages * 60 }, async () => {
  const steps = drawSchedule(seed, { messages, breaks: BREAKS, members: SHAPE.rooms * SHAPE.members, stretch: Math.ceil(messages / BREAKS) });
  const { deliveries, seconds, ...verdict } = await play(await openRooms(testContext(Date.now()), SHAPE), steps);
  console.info(`seed ${seed}: ${messagesIn(steps)} messages, ${breaksIn(steps)} kills and evictions, ${deliveries} deliveries in ${seconds.toFixed(0)} s`);
  expect(verdict).toEqual({ lost: 0, doubled: 0, gaps: 0, disordered: 0 });
  expect(messagesIn(steps)).toBeGreaterThanOrEqual(messages);
  expect(breaksIn(steps)).toBeGreaterThanOrEqual(BREAKS);
});
