import { putLessonRules, selectBookingRules } from "#db/bookings.ts";
import { commit } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { authorize } from "../policy.ts";

/** Whether a lesson that the child books waits for a guardian. It does until somebody says otherwise. */
export async function getLessonRules(ctx: AppContext, actor: Actor, childId: string): Promise<{ approvalNeeded: boolean }> {
  authorize(actor, "lesson:view", childId);
  const [rules] = await selectBookingRules(ctx.db, childId);
  return { approvalNeeded: rules!.approvalNeeded };
}

export async function setLessonRules(ctx: AppContext, actor: Actor, childId: string, { approvalNeeded }: { approvalNeeded: boolean }): Promise<void> {
  authorize(actor, "lesson:schedule", childId);
  await commit(ctx.db, [
    putLessonRules(ctx.db, { childId, approvalNeeded, setBy: actor.userId, setAt: ctx.clock.now() }),
    record(ctx, actor, { action: "booking_rules.changed", subjectId: childId, childId, details: { approvalNeeded } }),
  ]);
}
