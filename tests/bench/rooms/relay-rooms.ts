import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kind } from "./relay-worker.ts";
import { dialSocket, type Person, type Rooms, type Shape } from "./rooms.ts";
import { bundleWorker, openWorkerd } from "./workerd.ts";

export async function openRelayRooms(kind: Kind, { rooms, members }: Shape): Promise<Rooms> {
  const state = mkdtempSync(join(tmpdir(), "kinboard-relay-"));
  const objects = { RELAYS: "Relay", LATE: "Late", RAW: "Raw", SOCKETS: "Sockets" };
  const workerd = await openWorkerd({
    compatibilityDate: "2026-06-30",
    modules: [{ type: "ESModule", path: "relay.js", contents: await bundleWorker("tests/bench/rooms/relay-worker.ts") }],
    durableObjects: Object.fromEntries(Object.entries(objects).map(([name, className]) => [name, { className, useSQLite: true }])),
    durableObjectsPersist: state,
  });
  const people: Person[] = Array.from({ length: rooms * members }, (_, nth) => ({ userId: String(nth % members), conversationId: `${kind}/${Math.floor(nth / members)}/${members}` }));
  const at = (path: string, { conversationId, userId }: Person) => `${workerd.url}/${path}?room=${conversationId}&member=${userId}`;
  return {
    people,
    dial: (person, hearing) => dialSocket(at("live", person).replace("http", "ws"), hearing),
    evict: async (what, person) => void (await fetch(at(`evict-${what}`, person))),
    kill: () => workerd.kill(),
    async close() {
      await workerd.close();
      rmSync(state, { recursive: true, force: true });
    },
  };
}
