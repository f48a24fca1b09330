import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { HOUR } from "#app/domain/clock.ts";
import { hashToken } from "#app/domain/identity/sessions.ts";
import type { Bundle } from "#scripts/bundle.ts";
import { parts } from "#scripts/parts.ts";
import { deployedWorkers, PRODUCTION } from "#tests/deployed.ts";
import { dialSocket, type Person, type Rooms, type Shape } from "./rooms.ts";
import { bundleWorker, openWorkerd } from "./workerd.ts";

export type OwnRooms = Rooms & { pid: number; /** How often the objects of a person and their room were made. */ made(person: Person): Promise<{ room: number; inbox: number }> };

/** Our rooms as they would be deployed: a ticket from the API, a socket at the person's inbox, the room behind it, D1 beside it; all kept on disk. */
export async function openOwnRooms(bundle: Bundle, shape: Shape): Promise<OwnRooms> {
  const state = mkdtempSync(join(tmpdir(), "kinboard-rooms-"));
  const [rooms] = deployedWorkers(bundle, { which: ["rooms"], modules: [{ type: "ESModule", path: "bench.js", contents: await bundleWorker("tests/bench/rooms/own-worker.ts", { "#worker/parts/rooms.ts": "./index.js" }) }] });
  const workerd = await openWorkerd({
    workers: [{ ...rooms!, serviceBindings: { API: parts.api.name! } }, ...deployedWorkers(bundle, { which: ["api"] })],
    d1Persist: join(state, "d1"),
    durableObjectsPersist: join(state, "do"),
  });
  const people = await furnish(await workerd.miniflare.getD1Database("DB", parts.rooms.name), shape);
  const ask = (path: string, { conversationId, userId }: Person) => fetch(`${workerd.url}/bench/${path}?room=${conversationId}&inbox=${userId}`);
  return {
    people,
    get pid() {
      return workerd.pid;
    },
    async dial(person, hearing) {
      const answer = await fetch(`${workerd.url}/api/v1/live/ticket`, { method: "POST", headers: { Authorization: `Bearer ${tokenOf(person)}`, "Content-Type": "application/json" }, body: "{}" });
      if (!answer.ok) throw new Error(`no ticket: ${answer.status} ${await answer.text()}`);
      const { ticket } = (await answer.json()) as { ticket: string };
      return dialSocket(`${workerd.url.replace("http", "ws")}/live?ticket=${ticket}`, hearing, { Origin: PRODUCTION.ORIGIN });
    },
    evict: async (what, person) => void (await ask(`evict-${what}`, person)),
    made: async (person) => (await ask("made", person)).json() as Promise<{ room: number; inbox: number }>,
    kill: () => workerd.kill(),
    async close() {
      await workerd.close();
      rmSync(state, { recursive: true, force: true });
    },
  };
}

const tokenOf = ({ userId }: Person) => `bench-token-of-${userId}`;

/** Each room is somebody's question to a school of its own, whose whole staff answers: all write. */
async function furnish(db: D1Database, { rooms, members }: Shape): Promise<Person[]> {
  for (const { queries } of await readD1Migrations("migrations")) await db.batch(queries.map((query) => db.prepare(query)));
  const now = Date.now();
  const people: Person[] = [];
  for (let room = 0; room < rooms; room++) {
    const [schoolId, conversationId] = [`school_bench_${room}`, `conv_bench_${room}`];
    const persons = Array.from({ length: members }, (_, nth) => ({ userId: `user_bench_${room}_${nth}`, conversationId }));
    await db.batch([
      db.prepare("INSERT INTO schools (id, name, currency, time_zone, created_at) VALUES (?1, ?1, 'KES', 'Africa/Nairobi', ?2)").bind(schoolId, now),
      ...persons.map(({ userId }) => db.prepare("INSERT INTO users (id, kind, name, email, created_at) VALUES (?1, 'adult', ?1, ?1 || '@bench.test', ?2)").bind(userId, now)),
      ...persons.slice(1).map(({ userId }) => db.prepare("INSERT INTO memberships (id, user_id, school_id, role, created_at) VALUES ('mem_' || ?1, ?1, ?2, 'school_staff', ?3)").bind(userId, schoolId, now)),
      db.prepare("INSERT INTO conversations (id, kind, school_id, opened_by, created_at) VALUES (?1, 'support', ?2, ?3, ?4)").bind(conversationId, schoolId, persons[0]!.userId, now),
    ]);
    for (const person of persons) {
      await db.prepare("INSERT INTO sessions (id, token_hash, user_id, kind, created_at, last_seen_at, expires_at) VALUES ('sess_' || ?1, ?2, ?1, 'bearer', ?3, ?3, ?4)").bind(person.userId, await hashToken(tokenOf(person)), now, now + HOUR).run();
    }
    people.push(...persons);
  }
  return people;
}
