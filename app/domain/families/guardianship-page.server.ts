import { selectFamilies, selectPeople } from "#db/families.ts";
import { selectGuardianship } from "#db/guardianships.ts";
import { selectAuditEvents } from "#db/operation.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { adultsRound } from "./people-page.server.ts";
import { presetOf } from "./presets.ts";
import { fillIn } from "./read-family.server.ts";

/** One guardianship: what it allows and until when, how it came to be so, and what its reader can do about it. */
export async function loadGuardianship(ctx: AppContext, actor: Actor, id: string) {
  const now = ctx.clock.now();
  const [[found], events, families, people] = await ctx.db.batch([
    selectGuardianship(ctx.db, actor.userId, id, now), selectAuditEvents(ctx.db, id), selectFamilies(ctx.db, actor.userId, now), selectPeople(ctx.db, actor.userId, now),
  ]);
  if (!found) throw notFound();
  const { guardianship: row, ...names } = found;
  const runs = row.active && (row.endsAt === null || now < row.endsAt);
  const manages = wardOf(actor, row.childId)?.isPrimary === true;
  const isMine = row.guardianId === actor.userId;
  const lent = row.delegatedBy !== null;
  return {
    ...row, ...names, preset: presetOf(row), isMine, comes: runs && now < row.startsAt, over: !runs,
    may: {
      change: runs && manages, end: runs && !row.isPrimary && (manages || isMine || row.delegatedBy === actor.userId), makePrimary: runs && manages && !row.isPrimary && !lent && row.contactAs === null && row.endsAt === null,
      lend: runs && isMine && !lent && row.startsAt <= now, viewAs: runs && manages && !isMine && !names.isKeptAway && row.startsAt <= now,
    },
    candidates: adultsRound(fillIn(families, people), row.childId).filter((adult) => adult.id !== row.guardianId),
    history: events.map(({ at, action, actorName, details }) => ({ at, action, by: actorName, changed: Object.keys((details.new ?? {}) as object) })),
  };
}
export type GuardianshipOnPage = Awaited<ReturnType<typeof loadGuardianship>>;
