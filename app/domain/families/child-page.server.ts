import { selectChild, selectGuardiansOf, selectSiblings } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import { hasEveryRight, wardOf, type Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { noteLook } from "../consent/note-look.server.ts";
import { pictureOf } from "../identity/avatar.ts";
import { authorize, can } from "../policy.ts";

/** The child's profile, who looks after them, and their siblings as far as these are the reader's too. */
export async function loadChild(ctx: AppContext, actor: Actor, childId: string) {
  authorize(actor, "child:view", childId);
  const now = ctx.clock.now();
  const [[child], guardians, siblings] = await ctx.db.batch([
    selectChild(ctx.db, actor.userId, now, childId),
    selectGuardiansOf(ctx.db, childId, now),
    selectSiblings(ctx.db, actor.userId, now, childId),
  ]);
  if (!child) throw notFound();
  const ward = wardOf(actor, childId);
  // Who else looks after the child is how it is reached: kept from a guardian beside the primary one where the family closed that.
  const shown = (["profile", "contact"] as const).filter((dataType) => !ward?.closed.includes(dataType));
  noteLook(ctx, actor, { childId, capacity: ward ? "guardian" : "self", dataTypes: shown });
  return {
    child, picture: pictureOf(actor, childId), isSelf: actor.userId === childId, givesPin: ward !== undefined && hasEveryRight(ward), managesGuardians: can(actor, "guardianship:manage", childId),
    guardians: !shown.includes("contact") ? null : guardians.map(({ id, name, relationship, isPrimary }) => ({ id, name, relationship, isPrimary })),
    siblings: siblings.filter(({ id }) => wardOf(actor, id) ?? actor.userId === childId).map(({ id, name }) => ({ id, name })),
  };
}
