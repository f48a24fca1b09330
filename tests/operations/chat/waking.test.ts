import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { and, eq } from "drizzle-orm";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { commit } from "#db/client.ts";
import { guardianships } from "#db/schema/families.ts";
import type { ChatRoom } from "#worker/durable-objects/chat-room.ts";
import type { RoomAudience } from "#worker/durable-objects/room-audience.ts";
import { parseEnv } from "#worker/env.ts";
import { IN_TIME } from "#tests/patience.ts";
import { livePage, type LivePage } from "#tests/live-browser.ts";
import { testContext } from "#tests/world.ts";
import { makeRoom, settled } from "./world.ts";

const ctx = testContext(Date.now());
const { ROOMS, INBOXES } = parseEnv(env);
type World = Awaited<ReturnType<typeof makeRoom>>;

const roomOf = ({ roomId }: World) => ROOMS.get(ROOMS.idFromName(roomId));
const inboxOf = (userId: string) => INBOXES.get(INBOXES.idFromName(userId));
/** Its memory is gone, as after a while without work; sockets stay. One that died and was not asked for since sleeps already. */
const sleep = (object: ReturnType<typeof roomOf> | ReturnType<typeof inboxOf>) => evictDurableObject(object as DurableObjectStub).catch((error: unknown) => {
  if (!String(error).includes("not currently running")) throw error;
});
/** As when the machine dies under it. */
const die = (room: ReturnType<typeof roomOf>) => runInDurableObject(room as DurableObjectStub, (_instance, state) => state.abort("killed")).catch(() => undefined);
const say = ({ roomId, teacherId }: World, text: string) => ctx.rooms.send(roomId, { senderId: teacherId, senderName: "Teacher", clientId: text, text, at: Date.now(), silent: false, files: [] });
const rightOf = ({ childId, otherGuardianId }: World, right: { active: boolean; endsAt: number | null }) =>
  commit(ctx.db, [ctx.db.update(guardianships).set(right).where(and(eq(guardianships.guardianId, otherGuardianId), eq(guardianships.childId, childId)))]);
const heard = (page: LivePage, text: string) => vi.waitFor(() => expect(page.texts(1)).toContain(text), IN_TIME);

test("CHT-3: a room that wakes tells whom it told last, though D1 does not answer", async () => {
  const world = await makeRoom(ctx);
  const { page } = await livePage(ctx, world.childId, [[1, world.roomId, 0, 0]]);
  await say(world, "Good night");
  await heard(page, "Good night");
  await settled(ctx, world.roomId);
  await sleep(roomOf(world));
  await runInDurableObject(roomOf(world) as unknown as DurableObjectStub<ChatRoom>, (room) => {
    vi.spyOn((room as unknown as { audience: RoomAudience }).audience, "ask").mockRejectedValue(new Error("D1 is away"));
  });
  await say(world, "Good morning");
  await heard(page, "Good morning");
  page.leave();
});

test("CHT-3: who opened a page while the room slept hears what waits with the first message", async () => {
  const world = await makeRoom(ctx);
  await say(world, "Good night");
  await settled(ctx, world.roomId);
  await sleep(roomOf(world));
  const { page } = await livePage(ctx, world.childId);
  await vi.waitFor(() => expect(page.counters?.messages).toBe(1), IN_TIME);
  await say(world, "Good morning");
  await vi.waitFor(() => expect(page.counters?.messages).toBe(2), IN_TIME);
  page.leave();
});

/** What may happen to a room with a child, a teacher and a guardian who looks on. */
const STEPS = ["says", "roomSleeps", "inboxSleeps", "roomDies", "lineIsCut", "rightEnds", "rightIsBack"] as const;

test("CHT-3: through any sleep and death everybody hears all once and in order, and who has no place there nothing", async () => {
  const world = await makeRoom(ctx);
  const { token, page: child } = await livePage(ctx, world.childId, [[1, world.roomId, 0, 0]]);
  const { page: guardian } = await livePage(ctx, world.otherGuardianId, [[1, world.roomId, 0, 0]]);
  const texts: string[] = [];
  let placed = true;
  const acts: Record<(typeof STEPS)[number], () => Promise<unknown>> = {
    async says() {
      const before = guardian.all("m").length;
      texts.push(`Message ${texts.length}`);
      // Whoever sends asks again where the room died under it.
      await vi.waitFor(() => say(world, texts.at(-1)!), IN_TIME);
      await heard(child, texts.at(-1)!);
      if (placed) return heard(guardian, texts.at(-1)!);
      await new Promise((done) => setTimeout(done, 100));
      expect(guardian.all("m").length).toBe(before);
    },
    roomSleeps: () => sleep(roomOf(world)),
    inboxSleeps: () => Promise.all([sleep(inboxOf(world.childId)), sleep(inboxOf(world.otherGuardianId))]),
    roomDies: () => die(roomOf(world)),
    async lineIsCut() {
      child.leave();
      await child.connect(token);
    },
    async rightEnds() {
      const gone = guardian.all("gone").length;
      await rightOf(world, { active: false, endsAt: Date.now() - 1 });
      if (placed) await vi.waitFor(() => expect(guardian.all("gone").length).toBe(gone + 1), IN_TIME);
      placed = false;
    },
    async rightIsBack() {
      const syncs = guardian.all("sync").length;
      await rightOf(world, { active: true, endsAt: null });
      guardian.say(["watch", 1, world.roomId, guardian.rooms.get(1)!.revision, 0]);
      await vi.waitFor(() => expect(guardian.all("sync").length).toBeGreaterThan(syncs), IN_TIME);
      placed = true;
    },
  };
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 4, maxLength: 14 }), async (history) => {
    for (const step of [...history, "rightIsBack", "says"] as const) await acts[step]();
    await vi.waitFor(() => expect([child.texts(1), guardian.texts(1)]).toEqual([texts, texts]), IN_TIME);
    expect([child, guardian].map((page) => page.rooms.get(1)!.twice)).toEqual([0, 0]);
  }), { numRuns: 6, endOnFailure: true, examples: [[["says", "roomSleeps", "rightEnds", "says", "inboxSleeps", "says"]], [["rightEnds", "says", "roomSleeps", "rightIsBack", "says", "roomDies", "says"]]] });
  for (const page of [child, guardian]) page.leave();
});
