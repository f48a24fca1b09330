import { commit } from "#db/client.ts";
import { bumpRulesOfFamily, findLedFamily, setFamilyDeleted } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { authorize } from "../policy.ts";

/** Puts the family away with all that belongs to it; `restoreFamily` brings it back. */
export async function deleteFamily(ctx: AppContext, actor: Actor, familyId: string): Promise<void> {
  authorize(actor, "family:edit", familyId);
  await setDeleted(ctx, actor, familyId, true);
}

/** Brings a deleted family back as it was. The actor was one of its adults; nobody else can know of it. */
export async function restoreFamily(ctx: AppContext, actor: Actor, familyId: string): Promise<void> {
  if (actor.kind !== "adult") throw notFound();
  await setDeleted(ctx, actor, familyId, false);
}

async function setDeleted(ctx: AppContext, actor: Actor, familyId: string, deleted: boolean): Promise<void> {
  const now = ctx.clock.now();
  const family = await findLedFamily(ctx.db, actor.userId, familyId, now);
  if (!family) throw notFound();
  if (!family.leads) throw new DomainError("forbidden", "primary_settles_this");
  if (deleted === (family.deletedAt !== null)) return;
  await commit(ctx.db, [
    setFamilyDeleted(ctx.db, familyId, deleted ? now : null),
    bumpRulesOfFamily(ctx.db, familyId),
    record(ctx, actor, { action: deleted ? "family.deleted" : "family.restored", subjectId: familyId, familyId }),
  ]);
}
