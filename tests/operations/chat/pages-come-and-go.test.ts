import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import { countWaiting } from "#app/domain/chat/count-waiting.server.ts";
import { parseEnv } from "#worker/env.ts";
import { IN_TIME } from "#tests/patience.ts";
import { LivePage } from "#tests/live-browser.ts";
import { actorOf, signedIn, testContext } from "#tests/world.ts";
import { die, makeRoom } from "./world.ts";

const ctx = testContext(Date.now());
const { ROOMS, INBOXES } = parseEnv(env);
let roomId: string;
let readers: Reader[];

type Reader = { userId: string; token: string; writes: boolean; actor: Awaited<ReturnType<typeof actorOf>>; pages: LivePage[]; opening: Set<LivePage> };

beforeAll(async () => {
  const world = await makeRoom(ctx);
  roomId = world.roomId;
  const reader = async (userId: string, writes: boolean): Promise<Reader> => ({ userId, writes, token: await signedIn(ctx, userId), actor: await actorOf(ctx, userId), pages: [], opening: new Set() });
  readers = await Promise.all([reader(world.teacherId, true), reader(world.childId, true), reader(world.guardianId, false)]);
});

const WORDS = ["opensRoom", "opensHome", "closes", "isForgotten", "inboxDies", "roomDies", "writes"] as const;
type Step = { word: (typeof WORDS)[number]; who: number; /** Until the next step, in milliseconds; null: when this one is done. */ pause: number | null };

const ROOM = 1;
const inbox = ({ userId }: Reader) => INBOXES.get(INBOXES.idFromName(userId)) as DurableObjectStub;
const acts: Record<Step["word"], (reader: Reader) => Promise<unknown>> = {
  opensRoom: (reader) => opens(reader, [[ROOM, roomId, 0, 0]]),
  opensHome: (reader) => opens(reader, []),
  closes: async ({ pages }) => pages.pop()?.cut(),
  // What the inbox does ten seconds after the last page was closed.
  isForgotten: (reader) => runDurableObjectAlarm(inbox(reader)).catch(() => undefined),
  inboxDies: async (reader) => {
    await die(inbox(reader));
    for (const page of reader.opening) page.cut();
    await Promise.all(reader.pages.map((page) => again(() => (page.cut(), page.connect(reader.token)))));
  },
  roomDies: () => die(ROOMS.get(ROOMS.idFromName(roomId))),
  writes: () => {
    const message = { senderId: readers[0]!.userId, senderName: "Teacher", clientId: crypto.randomUUID(), text: crypto.randomUUID(), at: Date.now(), silent: false, files: [] };
    return again(() => ctx.rooms.send(roomId, message));
  },
};

async function opens(reader: Reader, rooms: Parameters<typeof LivePage.open>[1]): Promise<void> {
  const page = new LivePage();
  reader.opening.add(page);
  await again(() => page.connect(reader.token, rooms)).finally(() => reader.opening.delete(page));
  reader.pages.push(page);
}

/** What broke is tried again, as pages and inboxes do. */
const again = <T>(act: () => Promise<T>): Promise<T> => act().catch(() => scheduler.wait(50).then(act)).catch(() => scheduler.wait(500).then(act));

/** Whom the page shows to have the room open. */
function shown(page: LivePage): (string | null | undefined)[] {
  const last = page.frames.findLast((frame) => frame[0] === "here" || frame[0] === "sync");
  const present = last?.[0] === "here" ? last[2] : last?.[0] === "sync" ? last[6] : [];
  return present.map((number) => page.rooms.get(ROOM)!.authors.find(([n]) => n === number)?.[1]);
}

async function judge(): Promise<void> {
  const texts = (await ctx.rooms.history(roomId, { readsFrom: 0, limit: 500 })).messages.map(({ text }) => text);
  const there = readers.filter(({ writes, pages }) => writes && pages.some(({ rooms }) => rooms.has(ROOM))).map(({ userId }) => userId);
  ctx.setNow(Date.now());
  for (const { actor, pages } of readers) {
    const waiting = await countWaiting(ctx, actor);
    for (const page of pages) {
      expect(page.counters).toEqual(waiting);
      if (!page.rooms.has(ROOM)) continue;
      expect(page.texts(ROOM)).toEqual(texts);
      expect(shown(page)).toEqual(expect.arrayContaining(there));
    }
  }
}

const step = fc.record({ word: fc.constantFrom(...WORDS), who: fc.nat(2), pause: fc.constantFrom(null, null, 0, 3, 30, 300) });

test("CHT-3, NOT-4: however pages come and go, whoever has one open hears all that is said, what waits, and who is there", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20, size: "max" }), async (steps) => {
    const done: Promise<unknown>[] = [];
    for (const { word, who, pause } of steps) {
      const act = acts[word](readers[who]!);
      done.push(act);
      await (pause === null ? act : scheduler.wait(pause));
    }
    await Promise.all(done);
    await vi.waitFor(judge, IN_TIME);
    for (const { pages } of readers) for (const page of pages.splice(0)) page.leave();
  }), { numRuns: 12, endOnFailure: true, examples: [[(["opensRoom", "closes", "isForgotten", "opensRoom", "writes"] as const).map((word): Step => ({ word, who: 1, pause: word === "closes" ? 30 : null }))]] });
}, 240_000);

test("CHT-3: an inbox that was woken by its alarm, which does not say whose it is, greets the next page", async () => {
  const reader = readers[1]!;
  const page = await LivePage.open(reader.token);
  page.leave();
  await die(inbox(reader));
  const nameless = INBOXES.get(INBOXES.idFromString(INBOXES.idFromName(reader.userId).toString())) as DurableObjectStub;
  await runDurableObjectAlarm(nameless);
  (await LivePage.open(reader.token)).leave();
});
