import type { Write } from "#db/client.ts";
import { insertAuditEvent } from "#db/operation.ts";
import type { AppContext } from "../context.ts";
import type { Actor } from "./actor.ts";

export type Act = {
  /** Where the id must be known before. */
  id?: string;
  /** Dotted verb: `purchase.approved`, `budget_control.changed`. */
  action: string;
  subjectId: string;
  childId?: string;
  familyId?: string;
  schoolId?: string;
  /** Old and new values, amounts, reasons. No secrets. */
  details?: Record<string, unknown>;
};

/** The audit event of an act, to stand in the same batch as the act. `actor` null: the system itself. */
export function record(ctx: AppContext, actor: Pick<Actor, "userId"> | null, act: Act): Write {
  return insertAuditEvent(ctx.db, {
    id: act.id ?? ctx.ids.make("audit"),
    at: ctx.clock.now(),
    actorId: actor?.userId ?? null,
    action: act.action,
    subjectId: act.subjectId,
    childId: act.childId,
    familyId: act.familyId,
    schoolId: act.schoolId,
    details: act.details ?? {},
    address: ctx.visit.address,
    userAgent: ctx.visit.userAgent,
    requestId: ctx.visit.requestId,
  });
}
