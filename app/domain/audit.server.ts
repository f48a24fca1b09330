import type { Write } from "#db/client.ts";
import { insertAuditEvent, insertAuditEventOfRoom, insertAuditEvents, type NewAuditEvent } from "#db/operation.ts";
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
  return insertAuditEvent(ctx.db, eventOf(ctx, actor, act));
}

/** The same for many acts at once, by one statement. */
export const recordAll = (ctx: AppContext, actor: Pick<Actor, "userId">, acts: Act[]): Write[] => insertAuditEvents(ctx.db, acts.map((act) => eventOf(ctx, actor, act)));

/** The same for an act in a room, to stand beside the read that says whether the actor has a place there: without one nothing is written. */
export const recordInRoom = (ctx: AppContext, actor: Pick<Actor, "userId">, action: string, conversationId: string): Write =>
  insertAuditEventOfRoom(ctx.db, { ...eventOf(ctx, actor, { action, subjectId: conversationId }), actorId: actor.userId });

function eventOf(ctx: AppContext, actor: Pick<Actor, "userId"> | null, act: Act): NewAuditEvent {
  return {
    id: act.id ?? ctx.ids.make("audit"),
    at: ctx.clock.now(),
    actorId: actor?.userId ?? null,
    action: act.action,
    subjectId: act.subjectId,
    childId: act.childId ?? null,
    familyId: act.familyId ?? null,
    schoolId: act.schoolId ?? null,
    details: act.details ?? {},
    address: ctx.visit.address,
    userAgent: ctx.visit.userAgent,
    requestId: ctx.visit.requestId,
  };
}
