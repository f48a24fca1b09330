import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import { broke } from "#db/errors.ts";
import { linkWard, timeZoneOf } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { authorize } from "../policy.ts";
import type { StudentInput } from "./inputs.ts";
import { findWards, planChildren } from "./plan-children.server.ts";

/**
 * A child comes into one's family by the rules of a new one: made with the actor as primary guardian, or linked if it is theirs already.
 * Answers the child's id. Throws invalid_input at the username of a child that exists and is not theirs.
 */
export async function addStudent(ctx: AppContext, actor: Actor, familyId: string, student: StudentInput, repeat: Repeat | null = null): Promise<string> {
  authorize(actor, "family:edit", familyId);
  return once(ctx, actor.userId, repeat, async () => {
    const find = () => findWards(ctx, actor, [student], () => "");
    const ward = (await find()).get(student.username);
    const made = await planChildren(ctx, actor, familyId, timeZoneOf(familyId), ward === undefined ? [student] : []);
    const childId = ward ?? made.ids[0]!;
    try {
      await commit(ctx.db, [
        ...claimRepeat(ctx, actor.userId, repeat, childId),
        ...made.writes,
        linkWard(ctx.db, { familyId, childId, guardianId: actor.userId, now: ctx.clock.now() }),
        bumpRules(ctx.db, childId),
        record(ctx, actor, { action: "family.student_linked", subjectId: familyId, familyId, childId }),
      ]);
    } catch (error) {
      if (broke(error, "UNIQUE users.username")) await find();
      if (broke(error, "NOT NULL users.time_zone") || broke(error, "NOT NULL family_members.role")) throw notFound();
      throw broke(error, "UNIQUE users.username") ? new DomainError("conflict") : error;
    }
    return childId;
  });
}
