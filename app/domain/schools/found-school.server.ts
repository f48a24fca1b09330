import { commit } from "#db/client.ts";
import { insertMembership, insertSchool } from "#db/school-members.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import { requireAdult } from "../identity/require-adult.ts";
import type { FoundSchoolInput } from "./school-inputs.ts";

/** Any adult may found a school, and owns it. Answers its id. */
export async function foundSchool(ctx: AppContext, actor: Actor, input: FoundSchoolInput, repeat: Repeat | null): Promise<string> {
  requireAdult(actor);
  const attempt = limitedTry(ctx, LIMITS.foundSchool, actor.userId);
  attempt.permit(await attempt.count);
  return once(ctx, actor.userId, repeat, async () => {
    const id = ctx.ids.make("school");
    const now = ctx.clock.now();
    await commit(ctx.db, [
      ...claimRepeat(ctx, actor.userId, repeat, id),
      insertSchool(ctx.db, { id, ...input, createdAt: now }),
      insertMembership(ctx.db, { id: ctx.ids.make("mem"), userId: actor.userId, schoolId: id, role: "school_owner", createdAt: now }),
      record(ctx, actor, { action: "school.founded", subjectId: id, schoolId: id, details: input }),
    ]);
    return id;
  });
}
