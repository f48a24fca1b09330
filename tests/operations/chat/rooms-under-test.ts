import { env } from "cloudflare:workers";
import { conversations } from "#db/schema/conversations.ts";
import { parseEnv } from "#worker/env.ts";
import type { Dial } from "#tests/bench/rooms/member.ts";
import type { Person, Rooms, Shape } from "#tests/bench/rooms/rooms.ts";
import { knockLive, ticketOf } from "#tests/live-browser.ts";
import { makeSchool, makeStaff, makeUser, signedIn, type TestContext } from "../../world.ts";
import { die } from "./world.ts";

/** Our rooms inside the test's own workerd, to be put through what those of the bench are. */
export async function openRooms(ctx: TestContext, { rooms, members }: Shape): Promise<Rooms> {
  const tokens = new Map<string, string>();
  const lines = new Map<Person, () => void>();
  const people = (await Promise.all(Array.from({ length: rooms }, () => furnish(ctx, members)))).flat();
  for (const { userId } of people) tokens.set(userId, await signedIn(ctx, userId));
  const { ROOMS, INBOXES } = parseEnv(env);
  const room = ({ conversationId }: Person) => ROOMS.get(ROOMS.idFromName(conversationId));
  const inbox = ({ userId }: Person) => INBOXES.get(INBOXES.idFromName(userId));
  /** Its lines break with it. */
  const dieUnder = async (person: Person) => {
    await die(inbox(person));
    lines.get(person)?.();
    lines.delete(person);
  };
  return {
    people,
    async dial(person, { heard, closed }) {
      const line = await dial(tokens.get(person.userId)!, { heard, closed });
      lines.set(person, () => (line.cut(), closed()));
      return line;
    },
    evict: (what, person) => (what === "room" ? die(room(person)) : dieUnder(person)),
    // The process is the test's own: all that it holds of these rooms goes at once.
    kill: async () => void (await Promise.all(people.flatMap((person) => [dieUnder(person), ...(person.opener ? [die(room(person))] : [])]))),
    close: async () => undefined,
  };
}

/** Somebody's question to a school, whose whole staff answers: all write. */
async function furnish(ctx: TestContext, members: number): Promise<(Person & { opener: boolean })[]> {
  const { schoolId } = await makeSchool(ctx);
  const openedBy = await makeUser(ctx, "adult");
  const staff = await Promise.all(Array.from({ length: members - 1 }, () => makeStaff(ctx, schoolId)));
  const conversationId = ctx.ids.make("conv");
  await ctx.db.insert(conversations).values({ id: conversationId, kind: "support", schoolId, openedBy, createdAt: ctx.clock.now() });
  return [openedBy, ...staff].map((userId) => ({ userId, conversationId, opener: userId === openedBy }));
}

async function dial(token: string, { heard, closed }: Parameters<Dial>[0]): ReturnType<Dial> {
  const { webSocket } = await knockLive(await ticketOf(token));
  if (!webSocket) throw new Error("no socket");
  const ending = new AbortController();
  webSocket.accept();
  webSocket.addEventListener("message", ({ data }) => void (ending.signal.aborted || heard(data as string)));
  for (const end of ["close", "error"] as const) webSocket.addEventListener(end, () => void (ending.signal.aborted || (ending.abort(), closed())));
  return {
    send: (frame) => void (webSocket.readyState === WebSocket.OPEN && webSocket.send(JSON.stringify(frame))),
    cut: () => {
      ending.abort();
      webSocket.close(1000);
    },
  };
}
