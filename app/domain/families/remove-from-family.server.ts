import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import { releaseGuardian, releaseStudent, selectLedFamily, selectPeople } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { authorize } from "../policy.ts";
import { overtaken } from "../races.server.ts";

/**
 * Takes somebody out of a family: oneself, another adult (by who leads the family), or one's child (by the primary guardian).
 * Their guardianships stay as they are. Throws conflict `last_guardian` or `only_family`.
 */
export async function removeFromFamily(ctx: AppContext, actor: Actor, userId: string, familyId: string): Promise<void> {
  authorize(actor, "family:view", familyId);
  const now = ctx.clock.now();
  const [people, [led]] = await ctx.db.batch([selectPeople(ctx.db, actor.userId, now, familyId), selectLedFamily(ctx.db, actor.userId, familyId, now)]);
  const person = people.find((each) => each.userId === userId);
  if (!person) throw notFound();
  const isStudent = person.role === "student";
  if (isStudent) authorize(actor, "guardianship:manage", userId);
  else if (userId !== actor.userId && !led?.leads) throw new DomainError("forbidden", "primary_settles_this");
  await commit(ctx.db, [
    ...(isStudent ? [...releaseStudent(ctx.db, familyId, userId, actor.userId, now), bumpRules(ctx.db, userId)] : releaseGuardian(ctx.db, familyId, userId, now)),
    record(ctx, actor, { action: userId === actor.userId ? "family.left" : "family.member_removed", subjectId: familyId, familyId, ...(isStudent ? { childId: userId } : {}), details: { userId } }),
  ]).catch(overtaken(() => new DomainError("conflict", isStudent ? "only_family" : "last_guardian"), "NOT NULL family_members.role"));
}
