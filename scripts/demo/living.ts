import { and, eq } from "drizzle-orm";
import { ulid } from "ulid";
import type { AppContext } from "#app/context.ts";
import type { Actor } from "#app/domain/actor.ts";
import { DAY, HOUR } from "#app/domain/clock.ts";
import { through } from "#app/domain/identity/lens.ts";
import { hashToken } from "#app/domain/identity/sessions.ts";
import { runJob } from "#app/domain/run-job.server.ts";
import { findActorByToken } from "#db/identity.ts";
import { listDueJobs } from "#db/operation.ts";
import { jobs } from "#db/schema/operation.ts";
import { deleteSession, insertSession } from "#db/sessions.ts";

/** A clock and ids of its own, so that the product's own operations can live through the demo's thirty days. */
export type LivingWorld = { ctx: AppContext; setNow(instant: number): void; as<T>(userId: string, act: (actor: Actor) => Promise<T>): Promise<T>; settle(): Promise<void> };

export function livingWorld(base: AppContext): LivingWorld {
  let now = base.clock.now();
  // The same ids for the same day: a small generator with a fixed seed stands in for chance.
  let seed = 20_260;
  const chance = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const ids: AppContext["ids"] = { make: (prefix) => `${prefix}_${ulid(now, chance)}`, secret: () => ulid(now, chance) + ulid(now, chance), uuid: () => `00000000-0000-4000-8000-${ids.letters("0123456789abcdef", 12)}`, letters: (alphabet, length) => Array.from({ length }, () => alphabet[Math.floor(chance() * alphabet.length)]).join(""), digits: (length) => String(Math.floor(chance() * 10 ** length)).padStart(length, "0") };
  const ctx: AppContext = { ...base, ids, clock: { now: () => now }, log: () => undefined };
  return {
    ctx,
    setNow: (instant) => void (now = instant),
    async as(userId, act) {
      const [sessionId, token] = [ids.make("sess"), ids.secret()];
      await insertSession(ctx.db, { id: sessionId, tokenHash: await hashToken(token), userId, kind: "bearer", createdAt: now, lastSeenAt: now, expiresAt: now + DAY, steppedUpUntil: now + HOUR });
      const actor = await findActorByToken(ctx.db, await hashToken(token), now, through);
      if (!actor) throw new Error(`nobody is ${userId}`);
      try {
        return await act(actor);
      } finally {
        await deleteSession(ctx.db, userId, sessionId);
      }
    },
    async settle() {
      // Nobody reads the demo's past mail; the inbox has it.
      await ctx.db.update(jobs).set({ status: "done", finishedAt: now }).where(and(eq(jobs.kind, "deliver-notification"), eq(jobs.status, "waiting")));
      for (let due = await listDueJobs(ctx.db, now, 200); due.length > 0; due = await listDueJobs(ctx.db, now, 200)) for (const id of due) await runJob(ctx, id);
    },
  };
}
