import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import { closeLapsed, insertGuardianshipBy, selectAdultOfSharedFamily } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import { guardianshipNews } from "./guardianship-news.server.ts";
import type { CreateGuardianshipInput } from "./inputs.ts";
import { grantOf } from "./presets.ts";
import { requireDates } from "./rules.ts";

/** Makes an adult of the family a guardian too. Anybody else is invited first, and is not found here. */
export async function createGuardianship(ctx: AppContext, actor: Actor, input: CreateGuardianshipInput, repeat: Repeat | null): Promise<string> {
  authorize(actor, "guardianship:manage", input.childId);
  const now = ctx.clock.now();
  requireStepUp(actor, now);
  if ((await selectAdultOfSharedFamily(ctx.db, actor.userId, input.childId, input.guardianId, now)).length === 0) throw notFound();
  const child = { id: input.childId, name: wardOf(actor, input.childId)!.name };
  return once(ctx, actor.userId, repeat, async () => {
    const { rights, preset, startsAt = now, endsAt = null, ...row } = input;
    requireDates({ startsAt, endsAt }, now);
    const grant = grantOf(preset, rights);
    const made = ctx.ids.make("gua");
    const news = guardianshipNews(ctx, actor, [input.guardianId], child);
    await commit(ctx.db, [
      ...claimRepeat(ctx, actor.userId, repeat, made),
      closeLapsed(ctx.db, row.guardianId, child.id, now),
      insertGuardianshipBy(ctx.db, actor.userId, { id: made, ...row, ...grant, startsAt, endsAt, createdAt: now }, now),
      bumpRules(ctx.db, child.id),
      record(ctx, actor, { action: "guardianship.created", subjectId: made, childId: child.id, details: { guardianId: row.guardianId, relationship: row.relationship, rights: grant, startsAt, endsAt } }),
      ...news.writes,
    ]).catch(overtaken(() => new DomainError("conflict", "already_guardian"), "UNIQUE guardianships.guardian_id"))
      .catch(overtaken(() => new DomainError("conflict", "primary_moved"), "NOT NULL guardianships.relationship"));
    await ctx.jobs.ring(news.jobIds);
    return made;
  });
}
