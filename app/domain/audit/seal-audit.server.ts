import { insertSeals, readUnsealed } from "#db/audit-chain.ts";
import { broke, constraintFailure } from "#db/errors.ts";
import type { AppContext } from "../../context.ts";
import { sealAll } from "./chain.ts";

const STRETCH = 500;
const STRETCHES = 10;

/** Seals what was recorded since the last time, a bounded stretch after the other. Another that seals the same at that moment is let go first. */
export async function sealAudit(ctx: AppContext): Promise<number> {
  let sealed = 0;
  for (let round = 0; round < STRETCHES; round++) {
    const { head, events } = await readUnsealed(ctx.db, STRETCH);
    if (events.length === 0) break;
    try {
      await insertSeals(ctx.db, await sealAll(events, head), ctx.clock.now());
    } catch (error) {
      if (broke(constraintFailure(error), "UNIQUE audit_seals.position", "UNIQUE audit_seals.event_id")) break;
      throw error;
    }
    sealed += events.length;
    if (events.length < STRETCH) break;
  }
  return sealed;
}
