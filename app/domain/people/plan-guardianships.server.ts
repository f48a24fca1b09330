import type { Write } from "#db/client.ts";
import { bumpRulesOf } from "#db/decisions.ts";
import { appointGuardian, bringHome } from "#db/school-guardians.ts";
import type { AppContext } from "../../context.ts";
import type { Actor, Rights } from "../actor.ts";
import { recordAll } from "../audit.server.ts";
import { notifyEach } from "../notifications/notify.server.ts";

/** What a guardian whom the school names beside a child's primary one may do at first; the primary one can say more. */
const FURTHER: Rights = { canApprovePurchases: false, canScheduleLessons: false, canViewProgress: true, canTalkWithTeachers: true };

export type Wards = { childId: string; name: string; /** Who looks after the child already, and is told. */ guardianIds: string[] }[];

/** A guardian for these students of the school: rows for the caller's batch, a handful however many students. */
export function planGuardianships(ctx: AppContext, actor: Actor, schoolId: string, guardianId: string, relationship: string, wards: Wards): { writes: Write[]; jobIds: string[] } {
  if (wards.length === 0) return { writes: [], jobIds: [] };
  const now = ctx.clock.now();
  const childIds = wards.map(({ childId }) => childId);
  const rows = wards.map(({ childId }) => ({ id: ctx.ids.make("gua"), childId }));
  const news = notifyEach(ctx, wards.flatMap(({ childId, name, guardianIds }) => guardianIds.map((userId) => ({
    type: "guardianship.changed" as const, userId, facts: { child: name, by: actor.name }, path: "/family/people", cause: ctx.ids.make("circle"), severity: "attention" as const, childId,
  }))));
  return {
    jobIds: news.jobIds,
    writes: [
      appointGuardian(ctx.db, { schoolId, guardianId, relationship, now }, rows, FURTHER),
      bringHome(ctx.db, guardianId, childIds, now),
      bumpRulesOf(ctx.db, childIds),
      ...recordAll(ctx, actor, rows.map(({ id, childId }) => ({ action: "guardianship.created", subjectId: id, childId, schoolId, details: { guardianId, relationship, bySchool: true } }))),
      ...news.writes,
    ],
  };
}
