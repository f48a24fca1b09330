import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import { selectGuardiansOf } from "#db/guardianships.ts";
import { endLent } from "#db/lent-rights.ts";
import { insertRestriction, passPrimaryOn, selectConcerned, selectRestrictions } from "#db/restrictions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import { guardianshipNews } from "../families/guardianship-news.server.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { requireStepUp } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import type { SetRestrictionInput } from "./inputs.ts";
import { administered, pupilOf } from "./pupil.server.ts";
import { isOver } from "./rules.ts";

/**
 * Keeps somebody away from a pupil of one's school: from the next request on the child is unknown to them, and they are told nothing.
 * A primary guardian's place goes to the next guardian who stays. Throws conflict `kept_away_last_guardian` (the child needs another first), `already_kept_away`.
 */
export async function setRestriction(ctx: AppContext, actor: Actor, childId: string, input: SetRestrictionInput, repeat: Repeat | null = null): Promise<string> {
  const now = ctx.clock.now();
  const asked = pupilOf(ctx, actor, childId);
  const schoolIds = administered(actor);
  const [pupils, [person], earlier, guardians] = await ctx.db.batch([
    asked.select, selectConcerned(ctx.db, childId, schoolIds, now, input.personId), selectRestrictions(ctx.db, childId, schoolIds), selectGuardiansOf(ctx.db, childId, now),
  ]);
  const pupil = asked.require(pupils);
  requireStepUp(actor, now);
  return once(ctx, actor.userId, repeat, async () => {
    if (!person || person.id === actor.userId) throw invalid("personId", "person_unknown");
    const startsAt = Math.max(input.startsAt ?? now, now);
    const endsAt = input.endsAt ?? null;
    if (endsAt !== null && endsAt <= startsAt) throw invalid("endsAt", "ends_before_start");
    if (person.isPrimary && startsAt > now) throw invalid("startsAt", "primary_at_once");
    if (earlier.some(({ restriction }) => restriction.personId === person.id && restriction.schoolId === pupil.schoolId && !isOver(restriction, now))) throw new DomainError("conflict", "already_kept_away");
    const id = ctx.ids.make("rest");
    const next = guardians.find((guardian) => guardian.guardianId !== person.id && guardian.endsAt === null && guardian.contactAs === null);
    const news = guardianshipNews(ctx, actor, next ? [next.guardianId] : [], pupil);
    await commit(ctx.db, [
      ...claimRepeat(ctx, actor.userId, repeat, id),
      insertRestriction(ctx.db, { id, childId, personId: person.id, schoolId: pupil.schoolId, reason: input.reason, setBy: actor.userId, startsAt, endsAt, createdAt: now }, now),
      ...(person.isPrimary ? passPrimaryOn(ctx.db, childId, person.id, now) : []),
      endLent(ctx.db, person.id, childId, startsAt, now),
      bumpRules(ctx.db, childId),
      record(ctx, actor, { action: "restriction.set", subjectId: id, childId, schoolId: pupil.schoolId, details: { personId: person.id, reason: input.reason, startsAt, endsAt, wasPrimary: person.isPrimary } }),
      ...news.writes,
    ]).catch(overtaken(() => new DomainError("conflict", "kept_away_last_guardian"), "NOT NULL restrictions.reason"))
      .catch(overtaken(() => new DomainError("conflict", "already_kept_away"), "UNIQUE restrictions.child_id"));
    await ctx.jobs.ring(news.jobIds);
    return id;
  });
}
