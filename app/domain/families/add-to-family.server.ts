import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import { linkWard } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { notFound } from "../errors.ts";
import { authorize } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import { getFamily } from "./read-family.server.ts";

/** Adds one's own child to one's own family. Adults are invited instead: anybody else is not found, known or not. Again changes nothing. */
export async function addToFamily(ctx: AppContext, actor: Actor, userId: string, familyId: string): Promise<void> {
  authorize(actor, "family:edit", familyId);
  const home = await getFamily(ctx, actor, familyId);
  if (home.parentIds.includes(userId) || home.studentIds.includes(userId)) return;
  if (!wardOf(actor, userId)) throw notFound();
  await commit(ctx.db, [
    linkWard(ctx.db, { familyId, childId: userId, guardianId: actor.userId, now: ctx.clock.now() }),
    bumpRules(ctx.db, userId),
    record(ctx, actor, { action: "family.student_linked", subjectId: familyId, familyId, childId: userId }),
  ]).catch(overtaken(notFound, "NOT NULL family_members.role"));
}
