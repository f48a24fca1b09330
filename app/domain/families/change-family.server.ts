import { commit } from "#db/client.ts";
import { bumpRulesOfFamily, findLedFamily, updateFamily, type FamilyRow } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { authorize } from "../policy.ts";
import type { ChangeFamilyInput } from "./inputs.ts";

/** What is decided by these touches every child of the family, so only a primary guardian changes them. */
const SETTLED_BY_PRIMARY = ["timeZone", "decisionWindowHours"] as const;

/** Throws not_found, forbidden. */
export async function changeFamily(ctx: AppContext, actor: Actor, familyId: string, input: ChangeFamilyInput): Promise<void> {
  authorize(actor, "family:edit", familyId);
  const family = await findLedFamily(ctx.db, actor.userId, familyId, ctx.clock.now());
  if (!family || family.deletedAt !== null) throw notFound();
  const changed = Object.keys(input).filter((field) => JSON.stringify(input[field as keyof ChangeFamilyInput]) !== JSON.stringify(family[field as keyof FamilyRow])) as (keyof ChangeFamilyInput)[];
  if (changed.length === 0) return;
  if (!family.leads && SETTLED_BY_PRIMARY.some((field) => changed.includes(field))) throw new DomainError("forbidden", "primary_settles_this");
  const only = (from: object) => Object.fromEntries(changed.map((field) => [field, from[field as keyof object]]));
  await commit(ctx.db, [
    updateFamily(ctx.db, familyId, only(input)),
    ...(changed.includes("timeZone") ? [bumpRulesOfFamily(ctx.db, familyId)] : []),
    record(ctx, actor, { action: "family.changed", subjectId: familyId, familyId, details: { old: only(family), new: only(input) } }),
  ]);
}
