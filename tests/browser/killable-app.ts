import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { DAY, HOUR } from "#app/domain/clock.ts";
import { hashToken } from "#app/domain/identity/sessions.ts";
import { openDb } from "#db/client.ts";
import { insertSession } from "#db/sessions.ts";
import { conversations } from "#db/schema/conversations.ts";
import { families, familyMembers, guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { devVariables } from "#scripts/dev-env.ts";
import { configOf } from "#scripts/parts.ts";
import { run } from "#scripts/process.ts";
import { openWorkerd } from "#tests/bench/rooms/workerd.ts";
import { freePort } from "./app.ts";

export type KillableApp = Awaited<ReturnType<typeof openKillableApp>>;

/** An app of one's own whose workerd can be killed and comes back on the same state, with a family in it that has a room. */
export async function openKillableApp() {
  const [folder, port] = [mkdtempSync(join(tmpdir(), "kinboard-killable-")), await freePort()];
  await run("wrangler", ["deploy", "--dry-run", "--config", configOf("whole"), "--outdir", folder], { quiet: true, env: { ...process.env, WRANGLER_SEND_METRICS: "false" } });
  const workerd = await openWorkerd({
    workers: [{
      ...unstable_getMiniflareWorkerOptions(configOf("whole")).workerOptions, name: "kinboard", bindings: devVariables({ app: port, vendors: port }),
      modules: [{ type: "ESModule", path: "index.js", contents: readFileSync(join(folder, "index.js"), "utf8") }],
    }],
    port, d1Persist: join(folder, "d1"), durableObjectsPersist: join(folder, "do"),
  });
  const d1 = await workerd.miniflare.getD1Database("DB", "kinboard");
  for (const { queries } of await readD1Migrations("migrations")) await d1.batch(queries.map((query) => d1.prepare(query)));
  return {
    origin: `http://localhost:${port}`,
    ...(await furnish(d1)),
    kill: () => workerd.kill(),
    async close() {
      await workerd.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A child and both parents, each with a session, and the room in which all of them write. */
async function furnish(d1: D1Database) {
  const [db, now] = [openDb(d1, () => undefined), Date.now()];
  const people = [["Amani", "child"], ["Baraka", "adult"], ["Chausiku", "adult"]] as const;
  const idOf = (name: string) => `user_${name.toLowerCase()}`;
  const child = idOf("Amani");
  const [familyId, roomId] = ["fam_killable", "conv_killable"];
  await db.insert(families).values({ id: familyId, name: "Otieno", currency: "KES", timeZone: "Africa/Nairobi", preferredProgrammes: [], createdAt: now - DAY });
  for (const [name, kind] of people) {
    const id = idOf(name);
    await db.insert(users).values({ id, kind, name, ...(kind === "child" ? { username: name.toLowerCase() } : { email: `${name.toLowerCase()}@example.test`, emailVerifiedAt: now }), timeZone: "Africa/Nairobi", createdAt: now - DAY });
    await db.insert(familyMembers).values({ familyId, userId: id, role: kind === "child" ? "student" : "guardian", joinedAt: now - DAY });
    if (kind === "adult") {
      await db.insert(guardianships).values({
        id: `gua_${id}`, guardianId: id, childId: child, relationship: "parent", isPrimary: name === "Baraka", contactPriority: name === "Baraka" ? 1 : 2,
        canApprovePurchases: true, canScheduleLessons: true, canViewProgress: true, canTalkWithTeachers: true, startsAt: now - DAY, createdAt: now - DAY,
      });
    }
    await insertSession(db, { id: `sess_${id}`, tokenHash: await hashToken(tokenOf(name)), userId: id, kind: "browser", createdAt: now, lastSeenAt: now, expiresAt: now + HOUR, steppedUpUntil: null });
  }
  await db.insert(conversations).values({ id: roomId, kind: "family", familyId, openedBy: idOf("Baraka"), createdAt: now });
  return { room: `/messages/${roomId}`, tokenOf };
}

const tokenOf = (name: string) => `token-of-${name.toLowerCase()}-in-the-app-that-is-killed`;
